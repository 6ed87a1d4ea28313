import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-ovpn-attrs", () => ({
  /** Point to point, or many peers. */
  mode: attr("IFLA_OVPN_MODE", 1, enumeration(u8, "OVPN_MODE_", { p2p: 0, mp: 1 })),
}));

/** Options of an OpenVPN link (linux/if_link.h IFLA_OVPN_*); peers and keys are set through the generic netlink family `ovpn`. */
export interface OvpnAttrs extends Infer<typeof set> {}
export const ovpn: AttributeSet<OvpnAttrs> = set;
