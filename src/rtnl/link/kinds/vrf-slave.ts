import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-vrf-slave-attrs", () => ({
  /** The VRF's routing table. */
  table: attr("IFLA_VRF_PORT_TABLE", 1, u32),
}));

/** A link as a member of a VRF (linux/if_link.h IFLA_VRF_PORT_*); only reported. */
export interface VrfSlaveAttrs extends Infer<typeof set> {}
export const vrfSlave: AttributeSet<VrfSlaveAttrs> = set;
