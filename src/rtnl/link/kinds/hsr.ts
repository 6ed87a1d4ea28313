import { mac } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-hsr-attrs", () => ({
  /** Index of the first link of the ring. */
  slave1: attr("IFLA_HSR_SLAVE1", 1, u32),
  /** Index of the second. */
  slave2: attr("IFLA_HSR_SLAVE2", 2, u32),
  /** Last byte of the supervision frames' destination. Only sent. */
  multicastSpec: attr("IFLA_HSR_MULTICAST_SPEC", 3, u8),
  /** Destination of supervision frames; only reported. */
  supervisionAddr: attr("IFLA_HSR_SUPERVISION_ADDR", 4, mac),
  /** Only reported. */
  seqNr: attr("IFLA_HSR_SEQ_NR", 5, u16),
  /** 0 for HSR of 2010, 1 of 2012. Only sent. */
  version: attr("IFLA_HSR_VERSION", 6, u8),
  protocol: attr("IFLA_HSR_PROTOCOL", 7, enumeration(u8, "HSR_PROTOCOL_", { hsr: 0, prp: 1 })),
  /** Index of the link to another network. */
  interlink: attr("IFLA_HSR_INTERLINK", 8, u32),
}));

/** Options of an HSR or PRP link (linux/if_link.h IFLA_HSR_*, IEC 62439-3, ip-link(8)). */
export interface HsrAttrs extends Infer<typeof set> {}
export const hsr: AttributeSet<HsrAttrs> = set;
