import { arrayOf, tuple } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { pad } from "../../../netlink/codec/bytes.ts";
import { s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, bytesPerSecond, microseconds, nanoseconds, nanoseconds64, packets } from "../units.ts";
import { prio } from "./prio.ts";

const set = attributes("fq-attrs", () => ({
  /** Of all flows. */
  plimit: attr("TCA_FQ_PLIMIT", 1, packets),
  /** Of each flow. */
  flowPlimit: attr("TCA_FQ_FLOW_PLIMIT", 2, packets),
  quantum: attr("TCA_FQ_QUANTUM", 3, byteCount),
  initialQuantum: attr("TCA_FQ_INITIAL_QUANTUM", 4, byteCount),
  /** 1 paces flows. */
  rateEnable: attr("TCA_FQ_RATE_ENABLE", 5, u32),
  /** No longer used. */
  flowDefaultRate: attr("TCA_FQ_FLOW_DEFAULT_RATE", 6, bytesPerSecond),
  /** All ones is no limit. */
  flowMaxRate: attr("TCA_FQ_FLOW_MAX_RATE", 7, bytesPerSecond),
  /** Of the hash table, as a power of two. */
  bucketsLog: attr("TCA_FQ_BUCKETS_LOG", 8, u32),
  flowRefillDelay: attr("TCA_FQ_FLOW_REFILL_DELAY", 9, microseconds),
  orphanMask: attr("TCA_FQ_ORPHAN_MASK", 10, u32),
  lowRateThreshold: attr("TCA_FQ_LOW_RATE_THRESHOLD", 11, bytesPerSecond),
  ceThreshold: attr("TCA_FQ_CE_THRESHOLD", 12, microseconds),
  timerSlack: attr("TCA_FQ_TIMER_SLACK", 13, nanoseconds),
  /** Packets to be sent later than this are dropped, or sent then. */
  horizon: attr("TCA_FQ_HORIZON", 14, microseconds),
  horizonDrop: attr("TCA_FQ_HORIZON_DROP", 15, bool8),
  priomap: attr("TCA_FQ_PRIOMAP", 16, prio),
  /** Of the three bands. */
  weights: attr("TCA_FQ_WEIGHTS", 17, arrayOf(s32)),
  /** How far ahead the device itself can hold packets back. */
  offloadHorizon: attr("TCA_FQ_OFFLOAD_HORIZON", 18, microseconds),
}));

/** Fair queueing with pacing (tc-fq(8)). */
export interface FqAttrs extends Infer<typeof set> {}
export const fq: AttributeSet<FqAttrs> = set;

const tcFqQdStatsStruct = partialStruct("tc-fq-qd-stats", {
  gcFlows: u64,
  highprioPackets: u64,
  tcpRetrans: u64,
  throttled: u64,
  flowsPlimit: u64,
  pktsTooLong: u64,
  allocationErrors: u64,
  timeNextDelayedFlow: nanoseconds64,
  flows: u32,
  inactiveFlows: u32,
  throttledFlows: u32,
  unthrottleLatencyNs: nanoseconds,
  ceMark: u64,
  horizonDrops: u64,
  horizonCaps: u64,
  fastpathPackets: u64,
  bandDrops: tuple(u64, 3),
  bandPktCount: tuple(u32, 3),
  pad: pad(4),
});

/** Counters: struct tc_fq_qd_stats (linux/pkt_sched.h). */
export interface TcFqQdStats extends Infer<typeof tcFqQdStatsStruct> {}
export const tcFqQdStats: StructShape<TcFqQdStats> = tcFqQdStatsStruct;
