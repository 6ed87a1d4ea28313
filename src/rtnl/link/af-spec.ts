import { ipv6 } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { inetConf } from "./inet-conf.ts";
import { icmp6Stats, inet6Conf, inet6Stats } from "./inet6-numbers.ts";
import { iflaCacheinfo } from "./stats.ts";

const inetSet = attributes("ifla-attrs", () => ({
  conf: attr("IFLA_INET_CONF", 1, inetConf),
}));
/** IPv4's part of a link. */
export interface InetAttrs extends Infer<typeof inetSet> {}
export const inetAttrs: AttributeSet<InetAttrs> = inetSet;

/** IF_* of linux/if_link.h's neighbour net/if_inet6.h: state of IPv6 on the link. */
const inet6Flags = flags(u32, "IF_", {
  "ra-othermanaged": [0x80, "IF_RA_OTHERCONF"],
  "ra-managed": [0x40, "IF_RA_MANAGED"],
  "ra-rcvd": [0x20, "IF_RA_RCVD"],
  "rs-sent": [0x10, "IF_RS_SENT"],
  ready: [0x80000000, "IF_READY"],
});

const addrGenMode = enumeration(u8, "IN6_ADDR_GEN_MODE_", {
  eui64: 0,
  none: 1,
  "stable-privacy": 2,
  random: 3,
});

const inet6Set = attributes("ifla6-attrs", () => ({
  flags: attr("IFLA_INET6_FLAGS", 1, inet6Flags),
  /** Settings of net.ipv6.conf, in the order of DEVCONF_* (linux/ipv6.h). Only reported. */
  conf: attr("IFLA_INET6_CONF", 2, inet6Conf),
  /** Counters of packets and bytes, in the order of IPSTATS_MIB_*. Only reported. */
  stats: attr("IFLA_INET6_STATS", 3, inet6Stats),
  mcast: attr("IFLA_INET6_MCAST", 4, bytes),
  cacheinfo: attr("IFLA_INET6_CACHEINFO", 5, iflaCacheinfo),
  /** Counters of ICMPv6 messages, in the order of ICMP6_MIB_*. Only reported. */
  icmp6stats: attr("IFLA_INET6_ICMP6STATS", 6, icmp6Stats),
  /** Interface identifier for addresses made from router advertisements. */
  token: attr("IFLA_INET6_TOKEN", 7, ipv6),
  addrGenMode: attr("IFLA_INET6_ADDR_GEN_MODE", 8, addrGenMode),
  raMtu: attr("IFLA_INET6_RA_MTU", 9, withUnit(u32, "bytes")),
}));
/** IPv6's part of a link. */
export interface Inet6Attrs extends Infer<typeof inet6Set> {}
export const inet6Attrs: AttributeSet<Inet6Attrs> = inet6Set;

const mctpSet = attributes("mctp-attrs", () => ({
  net: attr("IFLA_MCTP_NET", 1, u32),
  physBinding: attr("IFLA_MCTP_PHYS_BINDING", 2, u8),
}));

const afSpecSet = attributes("af-spec-attrs", () => ({
  inet: attr("AF_INET", 2, inetAttrs),
  inet6: attr("AF_INET6", 10, inet6Attrs),
  mctp: attr("AF_MCTP", 45, mctpSet),
}));
/** IFLA_AF_SPEC by address family. */
export interface AfSpecAttrs extends Infer<typeof afSpecSet> {}
export const afSpecAttrs: AttributeSet<AfSpecAttrs> = afSpecSet;
