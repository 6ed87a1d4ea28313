import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const updateFlags = flags(u32, "TCA_CSUM_UPDATE_FLAG_", {
  ipv4hdr: 1,
  icmp: 2,
  igmp: 4,
  tcp: 8,
  udp: 16,
  udplite: 32,
  sctp: 64,
});

const tcCsumStruct = partialStruct("tc-csum", {
  ...generic,
  updateFlags,
});

/** struct tc_csum. */
export interface TcCsum extends Infer<typeof tcCsumStruct> {}
export const tcCsum: StructShape<TcCsum> = tcCsumStruct;

const set = attributes("act-csum-attrs", () => ({
  parms: attr("TCA_CSUM_PARMS", 1, tcCsum),
  /** Ages. */
  tm: attr("TCA_CSUM_TM", 2, tcfT),
  pad: attr("TCA_CSUM_PAD", 3, bytes),
}));

/** Computes checksums anew (tc-csum(8)). */
export interface CsumAttrs extends Infer<typeof set> {}
export const csum: AttributeSet<CsumAttrs> = set;
