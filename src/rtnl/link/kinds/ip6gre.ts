import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { be16, be32, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { greFlags, ip6tnlFlags, tunnelEncap, tunnelEncapFlags } from "./tunnel.ts";

const set = attributes("linkinfo-gre6-attrs", () => ({
  /** Index of the lower link. */
  link: attr("IFLA_GRE_LINK", 1, u32),
  /** What packets that come in have; with `key` counts `ikey`. */
  iflags: attr("IFLA_GRE_IFLAGS", 2, greFlags),
  /** What packets that go out have; with `key` counts `okey`. */
  oflags: attr("IFLA_GRE_OFLAGS", 3, greFlags),
  /** Network byte order on the wire; `ip -j` prints it in dotted form. */
  ikey: attr("IFLA_GRE_IKEY", 4, be32),
  /** Network byte order on the wire; `ip -j` prints it in dotted form. */
  okey: attr("IFLA_GRE_OKEY", 5, be32),
  /** Source address. */
  local: attr("IFLA_GRE_LOCAL", 6, ipv6),
  /** Far end, or multicast group. */
  remote: attr("IFLA_GRE_REMOTE", 7, ipv6),
  /** Hop limit; 0 inherits the inner packet's. */
  ttl: attr("IFLA_GRE_TTL", 8, u8),
  /** How often the packet may be put into another tunnel (RFC 2473). */
  encapLimit: attr("IFLA_GRE_ENCAP_LIMIT", 11, u8),
  /** Traffic class (bits 20 to 27) and flow label (bits 0 to 19), network byte order on the wire. */
  flowinfo: attr("IFLA_GRE_FLOWINFO", 12, be32),
  flags: attr("IFLA_GRE_FLAGS", 13, ip6tnlFlags),
  encapType: attr("IFLA_GRE_ENCAP_TYPE", 14, tunnelEncap),
  encapFlags: attr("IFLA_GRE_ENCAP_FLAGS", 15, tunnelEncapFlags),
  /** UDP source port, network byte order on the wire; 0 lets the kernel choose. */
  encapSport: attr("IFLA_GRE_ENCAP_SPORT", 16, be16),
  /** UDP destination port, network byte order on the wire. */
  encapDport: attr("IFLA_GRE_ENCAP_DPORT", 17, be16),
  /** The tunnel's parameters come with each packet (`external`). */
  collectMetadata: attr("IFLA_GRE_COLLECT_METADATA", 18, flag),
  fwmark: attr("IFLA_GRE_FWMARK", 20, u32),
  /** ERSPAN version 1: index of the mirrored port, 20 bits. */
  erspanIndex: attr("IFLA_GRE_ERSPAN_INDEX", 21, u32),
  /** ERSPAN version: 0, 1 or 2. */
  erspanVer: attr("IFLA_GRE_ERSPAN_VER", 22, u8),
  /** ERSPAN version 2: 0 ingress, 1 egress. */
  erspanDir: attr("IFLA_GRE_ERSPAN_DIR", 23, u8),
  /** ERSPAN version 2: hardware id, 6 bits. */
  erspanHwid: attr("IFLA_GRE_ERSPAN_HWID", 24, u16),
}));

/** Options of an ip6gre, ip6gretap or ip6erspan link (linux/if_tunnel.h IFLA_GRE_*, ip-link(8)). */
export interface Ip6greAttrs extends Infer<typeof set> {}
export const ip6gre: AttributeSet<Ip6greAttrs> = set;
