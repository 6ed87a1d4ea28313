import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { microseconds, milliseconds, packets } from "../units.ts";

const set = attributes("pie-attrs", () => ({
  target: attr("TCA_PIE_TARGET", 1, microseconds),
  limit: attr("TCA_PIE_LIMIT", 2, packets),
  tupdate: attr("TCA_PIE_TUPDATE", 3, microseconds),
  alpha: attr("TCA_PIE_ALPHA", 4, u32),
  beta: attr("TCA_PIE_BETA", 5, u32),
  /** 1 marks instead of dropping. */
  ecn: attr("TCA_PIE_ECN", 6, u32),
  /** 1 weighs the probability by packet size. */
  bytemode: attr("TCA_PIE_BYTEMODE", 7, u32),
  dqRateEstimator: attr("TCA_PIE_DQ_RATE_ESTIMATOR", 8, u32),
}));

/** Proportional integral controller enhanced (tc-pie(8), RFC 8033). */
export interface PieAttrs extends Infer<typeof set> {}
export const pie: AttributeSet<PieAttrs> = set;

const tcPieXstatsStruct = partialStruct("tc-pie-xstats", {
  /** All ones is 100 %. */
  prob: u64,
  delay: milliseconds,
  avgDqRate: u32,
  dqRateEstimating: u32,
  packetsIn: u32,
  dropped: u32,
  overlimit: u32,
  maxq: u32,
  ecnMark: u32,
});

/** Counters: struct tc_pie_xstats (linux/pkt_sched.h). */
export interface TcPieXstats extends Infer<typeof tcPieXstatsStruct> {}
export const tcPieXstats: StructShape<TcPieXstats> = tcPieXstatsStruct;
