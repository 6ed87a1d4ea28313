import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { s8, u8, u32, u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import type { StructShape } from "../../netlink/codec/struct.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { partialStruct } from "./partial-struct.ts";
import { classStats, qdiscStats } from "./qdiscs/index.ts";
import { byteCount, bytesPerSecond, bytesPerSecond64, packets } from "./units.ts";

const tcStatsStruct = partialStruct("tc-stats", {
  bytes: u64,
  packets: u32,
  drops: u32,
  overlimits: u32,
  bps: bytesPerSecond,
  pps: u32,
  qlen: u32,
  backlog: byteCount,
  pad: pad(4),
});

/** The counters of before TCA_STATS2: struct tc_stats. */
export interface TcStats extends Infer<typeof tcStatsStruct> {}
export const tcStats: StructShape<TcStats> = tcStatsStruct;

const gnetEstimatorStruct = partialStruct("gnet-estimator", {
  /** Sampling period, a power of two of seconds: -2 is 250 ms, 3 is 8 s. */
  interval: s8,
  /** Weight of the moving average, as a power of two. */
  ewmaLog: u8,
});

/** struct gnet_estimator (linux/gen_stats.h). */
export interface GnetEstimator extends Infer<typeof gnetEstimatorStruct> {}
export const gnetEstimator: StructShape<GnetEstimator> = gnetEstimatorStruct;

const gnetStatsBasic = partialStruct("gnet-stats-basic", {
  bytes: u64,
  /** Wraps; `pkt64` does not. */
  packets: u32,
  pad: pad(4),
});

const gnetStatsRateEst = partialStruct("gnet-stats-rate-est", {
  bps: bytesPerSecond,
  pps: u32,
});

const gnetStatsRateEst64 = partialStruct("gnet-stats-rate-est64", {
  bps: bytesPerSecond64,
  pps: u64,
});

const gnetStatsQueue = partialStruct("gnet-stats-queue", {
  qlen: packets,
  backlog: byteCount,
  drops: u32,
  requeues: u32,
  overlimits: u32,
});

/** The rows that all statistics have; `app` depends on what they are of. */
const common = {
  basic: attr("TCA_STATS_BASIC", 1, gnetStatsBasic),
  rateEst: attr("TCA_STATS_RATE_EST", 2, gnetStatsRateEst),
  queue: attr("TCA_STATS_QUEUE", 3, gnetStatsQueue),
  rateEst64: attr("TCA_STATS_RATE_EST64", 5, gnetStatsRateEst64),
  pad: attr("TCA_STATS_PAD", 6, bytes),
  /** The part of it that hardware counted. */
  basicHw: attr("TCA_STATS_BASIC_HW", 7, gnetStatsBasic),
  pkt64: attr("TCA_STATS_PKT64", 8, u64),
};

const set = attributes("tca-stats-attrs", () => ({ ...common, app: attr("TCA_STATS_APP", 4, bytes) }));

/** Counters of an action or a filter (linux/gen_stats.h). */
export interface TcaStatsAttrs extends Infer<typeof set> {}
export const tcaStatsAttrs: AttributeSet<TcaStatsAttrs> = set;

const ofQdisc = attributes("tca-stats-attrs", () => ({
  ...common,
  /** Counters of its kind. */
  app: attr("TCA_STATS_APP", 4, subMessage("kind", qdiscStats)),
}));

/** Counters of a queueing discipline. */
export interface QdiscStatsAttrs extends Infer<typeof ofQdisc> {}
export const qdiscStatsAttrs: AttributeSet<QdiscStatsAttrs> = ofQdisc;

const ofClass = attributes("tca-stats-attrs", () => ({
  ...common,
  /** Counters of its kind. */
  app: attr("TCA_STATS_APP", 4, subMessage("kind", classStats)),
}));

/** Counters of a class. */
export interface ClassStatsAttrs extends Infer<typeof ofClass> {}
export const classStatsAttrs: AttributeSet<ClassStatsAttrs> = ofClass;
