import { indexedArray } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { byteCount, bytesPerSecond64, microseconds } from "../units.ts";

const tin = attributes("cake-tin-stats-attrs", () => ({
  pad: attr("TCA_CAKE_TIN_STATS_PAD", 1, bytes),
  sentPackets: attr("TCA_CAKE_TIN_STATS_SENT_PACKETS", 2, u32),
  sentBytes64: attr("TCA_CAKE_TIN_STATS_SENT_BYTES64", 3, u64),
  droppedPackets: attr("TCA_CAKE_TIN_STATS_DROPPED_PACKETS", 4, u32),
  droppedBytes64: attr("TCA_CAKE_TIN_STATS_DROPPED_BYTES64", 5, u64),
  acksDroppedPackets: attr("TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS", 6, u32),
  acksDroppedBytes64: attr("TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64", 7, u64),
  ecnMarkedPackets: attr("TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS", 8, u32),
  ecnMarkedBytes64: attr("TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64", 9, u64),
  backlogPackets: attr("TCA_CAKE_TIN_STATS_BACKLOG_PACKETS", 10, u32),
  backlogBytes: attr("TCA_CAKE_TIN_STATS_BACKLOG_BYTES", 11, byteCount),
  thresholdRate64: attr("TCA_CAKE_TIN_STATS_THRESHOLD_RATE64", 12, bytesPerSecond64),
  targetUs: attr("TCA_CAKE_TIN_STATS_TARGET_US", 13, microseconds),
  intervalUs: attr("TCA_CAKE_TIN_STATS_INTERVAL_US", 14, microseconds),
  wayIndirectHits: attr("TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS", 15, u32),
  wayMisses: attr("TCA_CAKE_TIN_STATS_WAY_MISSES", 16, u32),
  wayCollisions: attr("TCA_CAKE_TIN_STATS_WAY_COLLISIONS", 17, u32),
  peakDelayUs: attr("TCA_CAKE_TIN_STATS_PEAK_DELAY_US", 18, microseconds),
  avgDelayUs: attr("TCA_CAKE_TIN_STATS_AVG_DELAY_US", 19, microseconds),
  baseDelayUs: attr("TCA_CAKE_TIN_STATS_BASE_DELAY_US", 20, microseconds),
  sparseFlows: attr("TCA_CAKE_TIN_STATS_SPARSE_FLOWS", 21, u32),
  bulkFlows: attr("TCA_CAKE_TIN_STATS_BULK_FLOWS", 22, u32),
  unresponsiveFlows: attr("TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS", 23, u32),
  maxSkblen: attr("TCA_CAKE_TIN_STATS_MAX_SKBLEN", 24, byteCount),
  flowQuantum: attr("TCA_CAKE_TIN_STATS_FLOW_QUANTUM", 25, byteCount),
}));

/** Counters of one tin. */
export interface CakeTinStatsAttrs extends Infer<typeof tin> {}
export const cakeTinStatsAttrs: AttributeSet<CakeTinStatsAttrs> = tin;

const set = attributes("cake-stats-attrs", () => ({
  pad: attr("TCA_CAKE_STATS_PAD", 1, bytes),
  capacityEstimate64: attr("TCA_CAKE_STATS_CAPACITY_ESTIMATE64", 2, bytesPerSecond64),
  memoryLimit: attr("TCA_CAKE_STATS_MEMORY_LIMIT", 3, byteCount),
  memoryUsed: attr("TCA_CAKE_STATS_MEMORY_USED", 4, byteCount),
  avgNetoff: attr("TCA_CAKE_STATS_AVG_NETOFF", 5, u32),
  minNetlen: attr("TCA_CAKE_STATS_MIN_NETLEN", 6, u32),
  maxNetlen: attr("TCA_CAKE_STATS_MAX_NETLEN", 7, u32),
  minAdjlen: attr("TCA_CAKE_STATS_MIN_ADJLEN", 8, u32),
  maxAdjlen: attr("TCA_CAKE_STATS_MAX_ADJLEN", 9, u32),
  tinStats: attr("TCA_CAKE_STATS_TIN_STATS", 10, indexedArray(cakeTinStatsAttrs)),
  /** Of a class, that is of a flow; also those below. */
  deficit: attr("TCA_CAKE_STATS_DEFICIT", 11, s32),
  cobaltCount: attr("TCA_CAKE_STATS_COBALT_COUNT", 12, u32),
  dropping: attr("TCA_CAKE_STATS_DROPPING", 13, u32),
  dropNextUs: attr("TCA_CAKE_STATS_DROP_NEXT_US", 14, withUnit(s32, "µs") as typeof s32),
  pDrop: attr("TCA_CAKE_STATS_P_DROP", 15, u32),
  blueTimerUs: attr("TCA_CAKE_STATS_BLUE_TIMER_US", 16, withUnit(s32, "µs") as typeof s32),
  activeQueues: attr("TCA_CAKE_STATS_ACTIVE_QUEUES", 17, u32),
}));

/** Counters of cake, and of its flows. */
export interface CakeStatsAttrs extends Infer<typeof set> {}
export const cakeStatsAttrs: AttributeSet<CakeStatsAttrs> = set;
