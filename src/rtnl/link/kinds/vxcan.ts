import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Link } from "../message.ts";
import { peerLink } from "./peer-link.ts";

/** Options of a pair of CAN links (linux/can/vxcan.h): the other end, a link of its own. Only sent, never reported. */
export interface VxcanAttrs {
  peer?: Partial<Link>;
}
export const vxcan: AttributeSet<VxcanAttrs> = attributes("linkinfo-vxcan-attrs", () => ({
  peer: attr("VXCAN_INFO_PEER", 1, peerLink),
}));
