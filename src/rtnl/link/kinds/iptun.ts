import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { innerProtocol, tunnelEncap, tunnelEncapFlags } from "./tunnel.ts";

const set = attributes("linkinfo-iptun-attrs", () => ({
  /** Index of the lower link. */
  link: attr("IFLA_IPTUN_LINK", 1, u32),
  /** Source address. */
  local: attr("IFLA_IPTUN_LOCAL", 2, ipv4),
  /** Far end. */
  remote: attr("IFLA_IPTUN_REMOTE", 3, ipv4),
  /** 0 inherits the inner packet's, which wants `pmtudisc`. */
  ttl: attr("IFLA_IPTUN_TTL", 4, u8),
  /** 1 inherits the inner packet's. */
  tos: attr("IFLA_IPTUN_TOS", 5, u8),
  /** Of tunnels over IPv6 alone. */
  encapLimit: attr("IFLA_IPTUN_ENCAP_LIMIT", 6, u8),
  /** Of tunnels over IPv6 alone. */
  flowinfo: attr("IFLA_IPTUN_FLOWINFO", 7, be32),
  /** Of `sit` alone. Host byte order, whatever the kernel's types and specs say. */
  flags: attr("IFLA_IPTUN_FLAGS", 8, flags(u16, "SIT_", { isatap: 1 })),
  proto: attr("IFLA_IPTUN_PROTO", 9, innerProtocol),
  pmtudisc: attr("IFLA_IPTUN_PMTUDISC", 10, bool8),
  /** Of `sit`: the provider's prefix of 6rd (RFC 5969). */
  "6rdPrefix": attr("IFLA_IPTUN_6RD_PREFIX", 11, ipv6),
  /** Of `sit`: the part of the IPv4 address that is left out. */
  "6rdRelayPrefix": attr("IFLA_IPTUN_6RD_RELAY_PREFIX", 12, ipv4),
  "6rdPrefixlen": attr("IFLA_IPTUN_6RD_PREFIXLEN", 13, u16),
  "6rdRelayPrefixlen": attr("IFLA_IPTUN_6RD_RELAY_PREFIXLEN", 14, u16),
  encapType: attr("IFLA_IPTUN_ENCAP_TYPE", 15, tunnelEncap),
  encapFlags: attr("IFLA_IPTUN_ENCAP_FLAGS", 16, tunnelEncapFlags),
  /** UDP source port, network byte order on the wire; 0 lets the kernel choose. */
  encapSport: attr("IFLA_IPTUN_ENCAP_SPORT", 17, be16),
  /** UDP destination port, network byte order on the wire. */
  encapDport: attr("IFLA_IPTUN_ENCAP_DPORT", 18, be16),
  /** The tunnel's parameters come with each packet (`external`). */
  collectMetadata: attr("IFLA_IPTUN_COLLECT_METADATA", 19, flag),
  fwmark: attr("IFLA_IPTUN_FWMARK", 20, u32),
}));

/** Options of an ipip or sit link (linux/if_tunnel.h IFLA_IPTUN_*, RFC 2003, RFC 4213, ip-link(8)). */
export interface IptunAttrs extends Infer<typeof set> {}
export const iptun: AttributeSet<IptunAttrs> = set;
