import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-vrf-attrs", () => ({
  /** Number of its routing table; not 0. */
  table: attr("IFLA_VRF_TABLE", 1, u32),
}));

/** Options of a VRF (linux/if_link.h IFLA_VRF_*, the kernel's vrf.rst, ip-link(8)). */
export interface VrfAttrs extends Infer<typeof set> {}
export const vrf: AttributeSet<VrfAttrs> = set;
