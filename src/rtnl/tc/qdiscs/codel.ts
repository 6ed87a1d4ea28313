import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { s32, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, microseconds, packets } from "../units.ts";

const set = attributes("codel-attrs", () => ({
  target: attr("TCA_CODEL_TARGET", 1, microseconds),
  limit: attr("TCA_CODEL_LIMIT", 2, packets),
  interval: attr("TCA_CODEL_INTERVAL", 3, microseconds),
  /** 1 marks instead of dropping. */
  ecn: attr("TCA_CODEL_ECN", 4, u32),
  ceThreshold: attr("TCA_CODEL_CE_THRESHOLD", 5, microseconds),
}));

/** Controlled delay (tc-codel(8), RFC 8289). */
export interface CodelAttrs extends Infer<typeof set> {}
export const codel: AttributeSet<CodelAttrs> = set;

const tcCodelXstatsStruct = partialStruct("tc-codel-xstats", {
  maxpacket: byteCount,
  count: u32,
  lastcount: u32,
  ldelay: microseconds,
  dropNext: withUnit(s32, "µs") as typeof s32,
  dropOverlimit: u32,
  ecnMark: u32,
  dropping: u32,
  ceMark: u32,
});

/** Counters: struct tc_codel_xstats (linux/pkt_sched.h). */
export interface TcCodelXstats extends Infer<typeof tcCodelXstatsStruct> {}
export const tcCodelXstats: StructShape<TcCodelXstats> = tcCodelXstatsStruct;
