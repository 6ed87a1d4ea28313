import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";

const set = attributes("linkinfo-geneve-attrs", () => ({
  /** Virtual network identifier (VNI), 0 to 16777215. */
  id: attr("IFLA_GENEVE_ID", 1, u32),
  /** Far end over IPv4. */
  remote: attr("IFLA_GENEVE_REMOTE", 2, ipv4),
  /** 0 is the system's default. */
  ttl: attr("IFLA_GENEVE_TTL", 3, u8),
  /** 1 inherits the inner packet's. */
  tos: attr("IFLA_GENEVE_TOS", 4, u8),
  /** UDP destination port, network byte order on the wire; IANA's, 6081, unless said. */
  port: attr("IFLA_GENEVE_PORT", 5, be16),
  /** The tunnel's parameters come with each packet (`external`). */
  collectMetadata: attr("IFLA_GENEVE_COLLECT_METADATA", 6, flag),
  /** Far end over IPv6. */
  remote6: attr("IFLA_GENEVE_REMOTE6", 7, ipv6),
  udpCsum: attr("IFLA_GENEVE_UDP_CSUM", 8, bool8),
  udpZeroCsum6Tx: attr("IFLA_GENEVE_UDP_ZERO_CSUM6_TX", 9, bool8),
  udpZeroCsum6Rx: attr("IFLA_GENEVE_UDP_ZERO_CSUM6_RX", 10, bool8),
  /** IPv6 flow label, network byte order on the wire. */
  label: attr("IFLA_GENEVE_LABEL", 11, be32),
  ttlInherit: attr("IFLA_GENEVE_TTL_INHERIT", 12, bool8),
  df: attr("IFLA_GENEVE_DF", 13, enumeration(u8, "GENEVE_DF_", { unset: 0, set: 1, inherit: 2 })),
  /** Packets are IP or MPLS, without an Ethernet header. */
  innerProtoInherit: attr("IFLA_GENEVE_INNER_PROTO_INHERIT", 14, flag),
  /** UDP source ports, network byte order on the wire. */
  portRange: attr("IFLA_GENEVE_PORT_RANGE", 15, struct("ifla-geneve-port-range", { low: be16, high: be16 })),
  groHint: attr("IFLA_GENEVE_GRO_HINT", 16, flag),
  /** Source address over IPv4. */
  local: attr("IFLA_GENEVE_LOCAL", 17, ipv4),
  /** Source address over IPv6. */
  local6: attr("IFLA_GENEVE_LOCAL6", 18, ipv6),
}));

/** Options of a Geneve link (linux/if_link.h IFLA_GENEVE_*, RFC 8926, ip-link(8)). */
export interface GeneveAttrs extends Infer<typeof set> {}
export const geneve: AttributeSet<GeneveAttrs> = set;
