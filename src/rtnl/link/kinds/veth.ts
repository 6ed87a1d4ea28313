import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Link } from "../message.ts";
import { peerLink } from "./peer-link.ts";

/** Options of a veth pair (linux/veth.h): the other end, a link of its own. Only sent, never reported. */
export interface VethAttrs {
  peer?: Partial<Link>;
}
export const veth: AttributeSet<VethAttrs> = attributes("linkinfo-veth-attrs", () => ({
  peer: attr("VETH_INFO_PEER", 1, peerLink),
}));
