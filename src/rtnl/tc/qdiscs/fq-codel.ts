import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { s32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, microseconds, packets } from "../units.ts";

const set = attributes("fq-codel-attrs", () => ({
  /** Delay that is accepted. */
  target: attr("TCA_FQ_CODEL_TARGET", 1, microseconds),
  limit: attr("TCA_FQ_CODEL_LIMIT", 2, packets),
  interval: attr("TCA_FQ_CODEL_INTERVAL", 3, microseconds),
  /** Marks instead of dropping when 1. */
  ecn: attr("TCA_FQ_CODEL_ECN", 4, u32),
  flows: attr("TCA_FQ_CODEL_FLOWS", 5, u32),
  quantum: attr("TCA_FQ_CODEL_QUANTUM", 6, byteCount),
  /** Marks everything delayed longer. */
  ceThreshold: attr("TCA_FQ_CODEL_CE_THRESHOLD", 7, microseconds),
  dropBatchSize: attr("TCA_FQ_CODEL_DROP_BATCH_SIZE", 8, packets),
  memoryLimit: attr("TCA_FQ_CODEL_MEMORY_LIMIT", 9, byteCount),
  ceThresholdSelector: attr("TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR", 10, u8),
  ceThresholdMask: attr("TCA_FQ_CODEL_CE_THRESHOLD_MASK", 11, u8),
}));

/** Fair queueing with controlled delay (tc-fq_codel(8), RFC 8290). */
export interface FqCodelAttrs extends Infer<typeof set> {}
export const fqCodel: AttributeSet<FqCodelAttrs> = set;

const tcFqCodelXstatsStruct = partialStruct("tc-fq-codel-xstats", {
  /** 0: of the queueing discipline. */
  type: u32,
  maxpacket: byteCount,
  dropOverlimit: u32,
  ecnMark: u32,
  newFlowCount: u32,
  newFlowsLen: u32,
  oldFlowsLen: u32,
  ceMark: u32,
  memoryUsage: byteCount,
  dropOvermemory: u32,
});

/** Counters: struct tc_fq_codel_xstats (linux/pkt_sched.h). */
export interface TcFqCodelXstats extends Infer<typeof tcFqCodelXstatsStruct> {}
export const tcFqCodelXstats: StructShape<TcFqCodelXstats> = tcFqCodelXstatsStruct;

const tcFqCodelClStatsStruct = partialStruct("tc-fq-codel-cl-stats", {
  /** 1: of a flow. */
  type: u32,
  deficit: s32,
  ldelay: microseconds,
  count: u32,
  lastcount: u32,
  dropping: u32,
  dropNext: s32,
});

/** Counters of a flow: struct tc_fq_codel_cl_stats. */
export interface TcFqCodelClStats extends Infer<typeof tcFqCodelClStatsStruct> {}
export const tcFqCodelClStats: StructShape<TcFqCodelClStats> = tcFqCodelClStatsStruct;
