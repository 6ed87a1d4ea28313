import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const ipSet = attributes("tunnel-key-ip-attrs", () => ({
  src: attr("NFTA_TUNNEL_KEY_IP_SRC", 1, ipv4),
  dst: attr("NFTA_TUNNEL_KEY_IP_DST", 2, ipv4),
}));
export interface TunnelKeyIp extends Infer<typeof ipSet> {}
const ip: AttributeSet<TunnelKeyIp> = ipSet;

const ip6Set = attributes("tunnel-key-ip6-attrs", () => ({
  src: attr("NFTA_TUNNEL_KEY_IP6_SRC", 1, ipv6),
  dst: attr("NFTA_TUNNEL_KEY_IP6_DST", 2, ipv6),
  flowlabel: attr("NFTA_TUNNEL_KEY_IP6_FLOWLABEL", 3, be32),
}));
export interface TunnelKeyIp6 extends Infer<typeof ip6Set> {}
const ip6: AttributeSet<TunnelKeyIp6> = ip6Set;

const vxlanSet = attributes("tunnel-key-vxlan-attrs", () => ({
  gbp: attr("NFTA_TUNNEL_KEY_VXLAN_GBP", 1, be32),
}));
export interface TunnelKeyVxlan extends Infer<typeof vxlanSet> {}
const vxlan: AttributeSet<TunnelKeyVxlan> = vxlanSet;

const erspanSet = attributes("tunnel-key-erspan-attrs", () => ({
  version: attr("NFTA_TUNNEL_KEY_ERSPAN_VERSION", 1, be32),
  v1Index: attr("NFTA_TUNNEL_KEY_ERSPAN_V1_INDEX", 2, be32),
  v2Hwid: attr("NFTA_TUNNEL_KEY_ERSPAN_V2_HWID", 3, u8),
  v2Dir: attr("NFTA_TUNNEL_KEY_ERSPAN_V2_DIR", 4, u8),
}));
export interface TunnelKeyErspan extends Infer<typeof erspanSet> {}
const erspan: AttributeSet<TunnelKeyErspan> = erspanSet;

const geneveSet = attributes("tunnel-key-geneve-attrs", () => ({
  class: attr("NFTA_TUNNEL_KEY_GENEVE_CLASS", 1, be16),
  type: attr("NFTA_TUNNEL_KEY_GENEVE_TYPE", 2, u8),
  data: attr("NFTA_TUNNEL_KEY_GENEVE_DATA", 3, bytes),
}));
export interface TunnelKeyGeneve extends Infer<typeof geneveSet> {}
const geneve: AttributeSet<TunnelKeyGeneve> = geneveSet;

const optsSet = attributes("tunnel-key-opts-attrs", () => ({
  vxlan: attr("NFTA_TUNNEL_KEY_OPTS_VXLAN", 1, vxlan),
  erspan: attr("NFTA_TUNNEL_KEY_OPTS_ERSPAN", 2, erspan),
  geneve: attr("NFTA_TUNNEL_KEY_OPTS_GENEVE", 3, multi(geneve)),
}));
export interface TunnelKeyOpts extends Infer<typeof optsSet> {}
const opts: AttributeSet<TunnelKeyOpts> = optsSet;

const set = attributes("obj-tunnel-attrs", () => ({
  id: attr("NFTA_TUNNEL_KEY_ID", 1, be32),
  ip: attr("NFTA_TUNNEL_KEY_IP", 2, ip),
  ip6: attr("NFTA_TUNNEL_KEY_IP6", 3, ip6),
  flags: attr(
    "NFTA_TUNNEL_KEY_FLAGS",
    4,
    flags(be32, "NFT_TUNNEL_F_", { "zero-csum-tx": 1, "dont-fragment": 2, "seq-number": 4 }),
  ),
  tos: attr("NFTA_TUNNEL_KEY_TOS", 5, u8),
  ttl: attr("NFTA_TUNNEL_KEY_TTL", 6, u8),
  sport: attr("NFTA_TUNNEL_KEY_SPORT", 7, be16),
  dport: attr("NFTA_TUNNEL_KEY_DPORT", 8, be16),
  opts: attr("NFTA_TUNNEL_KEY_OPTS", 9, opts),
}));
/** What a tunnel's link is told of the packet: where to, and with which id. */
export interface TunnelObject extends Infer<typeof set> {}
export const tunnelKey: AttributeSet<TunnelObject> = set;
