import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, type Shape, withUnit } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";

const df = enumeration(u8, "VXLAN_DF_", { unset: 0, set: 1, inherit: 2 });
/** Taken as a flag (its policy says NLA_FLAG), reported as a number. */
const ttlInherit: Shape<boolean> = {
  ...flag,
  size: undefined,
  accepts: (length) => length <= 1,
  decode: (input, at, length) => length === 0 || input.bytes[at] !== 0,
};
const labelPolicy = enumeration(u32, "VXLAN_LABEL_", { fixed: 0, inherit: 1 });

const set = attributes("linkinfo-vxlan-attrs", () => ({
  /** VXLAN network identifier (VNI), 0 to 16777215. */
  id: attr("IFLA_VXLAN_ID", 1, u32),
  /** Remote address, or multicast group, over IPv4. */
  group: attr("IFLA_VXLAN_GROUP", 2, ipv4),
  /** Index of the lower link. */
  link: attr("IFLA_VXLAN_LINK", 3, u32),
  /** Source address over IPv4. */
  local: attr("IFLA_VXLAN_LOCAL", 4, ipv4),
  ttl: attr("IFLA_VXLAN_TTL", 5, u8),
  /** 1 inherits the inner packet's. */
  tos: attr("IFLA_VXLAN_TOS", 6, u8),
  learning: attr("IFLA_VXLAN_LEARNING", 7, bool8),
  /** Lifetime of learnt entries; 0 keeps them. */
  ageing: attr("IFLA_VXLAN_AGEING", 8, withUnit(u32, "s")),
  /** Largest number of FDB entries; 0 is no limit. */
  limit: attr("IFLA_VXLAN_LIMIT", 9, u32),
  /** UDP source ports, network byte order on the wire. */
  portRange: attr("IFLA_VXLAN_PORT_RANGE", 10, struct("ifla-vxlan-port-range", { low: be16, high: be16 })),
  proxy: attr("IFLA_VXLAN_PROXY", 11, bool8),
  rsc: attr("IFLA_VXLAN_RSC", 12, bool8),
  l2miss: attr("IFLA_VXLAN_L2MISS", 13, bool8),
  l3miss: attr("IFLA_VXLAN_L3MISS", 14, bool8),
  /** UDP destination port, network byte order on the wire; IANA's is 4789, the kernel's default 8472. */
  port: attr("IFLA_VXLAN_PORT", 15, be16),
  /** Remote address, or multicast group, over IPv6. */
  group6: attr("IFLA_VXLAN_GROUP6", 16, ipv6),
  /** Source address over IPv6. */
  local6: attr("IFLA_VXLAN_LOCAL6", 17, ipv6),
  udpCsum: attr("IFLA_VXLAN_UDP_CSUM", 18, bool8),
  udpZeroCsum6Tx: attr("IFLA_VXLAN_UDP_ZERO_CSUM6_TX", 19, bool8),
  udpZeroCsum6Rx: attr("IFLA_VXLAN_UDP_ZERO_CSUM6_RX", 20, bool8),
  remcsumTx: attr("IFLA_VXLAN_REMCSUM_TX", 21, bool8),
  remcsumRx: attr("IFLA_VXLAN_REMCSUM_RX", 22, bool8),
  /** Group based policy extension. */
  gbp: attr("IFLA_VXLAN_GBP", 23, flag),
  remcsumNopartial: attr("IFLA_VXLAN_REMCSUM_NOPARTIAL", 24, flag),
  /** The tunnel's parameters come with each packet (`external`). */
  collectMetadata: attr("IFLA_VXLAN_COLLECT_METADATA", 25, bool8),
  /** IPv6 flow label, network byte order on the wire. */
  label: attr("IFLA_VXLAN_LABEL", 26, be32),
  /** Generic protocol extension. */
  gpe: attr("IFLA_VXLAN_GPE", 27, flag),
  ttlInherit: attr("IFLA_VXLAN_TTL_INHERIT", 28, ttlInherit),
  df: attr("IFLA_VXLAN_DF", 29, df),
  /** Receive only the VNIs of the filter; needs `collectMetadata`. */
  vnifilter: attr("IFLA_VXLAN_VNIFILTER", 30, bool8),
  localbypass: attr("IFLA_VXLAN_LOCALBYPASS", 31, bool8),
  labelPolicy: attr("IFLA_VXLAN_LABEL_POLICY", 32, labelPolicy),
  /** Header bits that are let through, 8 bytes. */
  reservedBits: attr("IFLA_VXLAN_RESERVED_BITS", 33, bytes),
  mcRoute: attr("IFLA_VXLAN_MC_ROUTE", 34, bool8),
}));

/** Options of a VXLAN link (linux/if_link.h IFLA_VXLAN_*, RFC 7348, ip-link(8)). */
export interface VxlanAttrs extends Infer<typeof set> {}
export const vxlan: AttributeSet<VxlanAttrs> = set;
