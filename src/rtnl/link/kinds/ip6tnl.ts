import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { innerProtocol, ip6tnlFlags, tunnelEncap, tunnelEncapFlags } from "./tunnel.ts";

const set = attributes("linkinfo-ip6tnl-attrs", () => ({
  /** Index of the lower link. */
  link: attr("IFLA_IPTUN_LINK", 1, u32),
  /** Source address. */
  local: attr("IFLA_IPTUN_LOCAL", 2, ipv6),
  /** Far end. */
  remote: attr("IFLA_IPTUN_REMOTE", 3, ipv6),
  /** Hop limit; 0 inherits the inner packet's. */
  ttl: attr("IFLA_IPTUN_TTL", 4, u8),
  /** How often the packet may be put into another tunnel (RFC 2473). */
  encapLimit: attr("IFLA_IPTUN_ENCAP_LIMIT", 6, u8),
  /** Traffic class (bits 20 to 27) and flow label (bits 0 to 19), network byte order on the wire. */
  flowinfo: attr("IFLA_IPTUN_FLOWINFO", 7, be32),
  flags: attr("IFLA_IPTUN_FLAGS", 8, ip6tnlFlags),
  /** What it carries: `ipip`, `ipv6`, or `ip` for both. */
  proto: attr("IFLA_IPTUN_PROTO", 9, innerProtocol),
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

/** Options of an ip6tnl link (linux/if_tunnel.h IFLA_IPTUN_*, RFC 2473, ip-link(8)). */
export interface Ip6tnlAttrs extends Infer<typeof set> {}
export const ip6tnl: AttributeSet<Ip6tnlAttrs> = set;
