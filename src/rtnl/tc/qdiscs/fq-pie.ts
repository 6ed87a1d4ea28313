import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, microseconds, packets } from "../units.ts";

const set = attributes("fq-pie-attrs", () => ({
  limit: attr("TCA_FQ_PIE_LIMIT", 1, packets),
  /** Hash buckets. */
  flows: attr("TCA_FQ_PIE_FLOWS", 2, u32),
  target: attr("TCA_FQ_PIE_TARGET", 3, microseconds),
  tupdate: attr("TCA_FQ_PIE_TUPDATE", 4, microseconds),
  alpha: attr("TCA_FQ_PIE_ALPHA", 5, u32),
  beta: attr("TCA_FQ_PIE_BETA", 6, u32),
  quantum: attr("TCA_FQ_PIE_QUANTUM", 7, byteCount),
  memoryLimit: attr("TCA_FQ_PIE_MEMORY_LIMIT", 8, byteCount),
  /** Above this probability, in percent, packets are dropped instead of marked. */
  ecnProb: attr("TCA_FQ_PIE_ECN_PROB", 9, u32),
  /** 1 marks instead of dropping. */
  ecn: attr("TCA_FQ_PIE_ECN", 10, u32),
  /** 1 weighs the probability by packet size. */
  bytemode: attr("TCA_FQ_PIE_BYTEMODE", 11, u32),
  dqRateEstimator: attr("TCA_FQ_PIE_DQ_RATE_ESTIMATOR", 12, u32),
}));

/** Flow queue PIE (tc-fq_pie(8)). */
export interface FqPieAttrs extends Infer<typeof set> {}
export const fqPie: AttributeSet<FqPieAttrs> = set;

const tcFqPieXstatsStruct = partialStruct("tc-fq-pie-xstats", {
  packetsIn: u32,
  dropped: u32,
  overlimit: u32,
  overmemory: u32,
  ecnMark: u32,
  newFlowCount: u32,
  newFlowsLen: u32,
  oldFlowsLen: u32,
  memoryUsage: byteCount,
});

/** Counters: struct tc_fq_pie_xstats (linux/pkt_sched.h). */
export interface TcFqPieXstats extends Infer<typeof tcFqPieXstatsStruct> {}
export const tcFqPieXstats: StructShape<TcFqPieXstats> = tcFqPieXstatsStruct;
