import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { s32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("netconfmsg", { ncmFamily: addressFamily, pad: pad(3) });

/** struct netconfmsg (linux/netconf.h), padded to 4 bytes. */
export interface Netconfmsg extends Infer<typeof header> {}
export const netconfmsg: StructShape<Netconfmsg> = header;

const set = attributes("netconf-attrs", () => ({
  /** Index of the link; {@link NETCONFA_IFINDEX_ALL} and {@link NETCONFA_IFINDEX_DEFAULT} are none. */
  ifindex: attr("NETCONFA_IFINDEX", 1, s32),
  forwarding: attr("NETCONFA_FORWARDING", 2, s32),
  /** 0 off, 1 strict, 2 loose (RFC 3704). */
  rpFilter: attr("NETCONFA_RP_FILTER", 3, s32),
  mcForwarding: attr("NETCONFA_MC_FORWARDING", 4, s32),
  /** Proxy ARP, proxy NDP. */
  proxyNeigh: attr("NETCONFA_PROXY_NEIGH", 5, s32),
  ignoreRoutesWithLinkdown: attr("NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN", 6, s32),
  /** MPLS: whether labelled packets are taken in. */
  input: attr("NETCONFA_INPUT", 7, s32),
  bcForwarding: attr("NETCONFA_BC_FORWARDING", 8, s32),
  forceForwarding: attr("NETCONFA_FORCE_FORWARDING", 9, s32),
}));

export interface NetconfAttrs extends Infer<typeof set> {}
export const netconfAttrs: AttributeSet<NetconfAttrs> = set;

/** How one family's packets are treated on a link: some of `net.ipv4.conf`, read only (linux/netconf.h). */
export interface Netconf extends Netconfmsg, NetconfAttrs {
  trailing?: Uint8Array;
}
export const netconfMessage: Message<Netconf> = message(
  "netconf",
  netconfmsg,
  netconfAttrs,
) as Message<Netconf>;
