import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { s32, u8, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { byteCount, nanoseconds, nanoseconds64 } from "../units.ts";
import { framePreemption, tcMqprioQopt } from "./mqprio.ts";

const command = enumeration(u8, "TC_TAPRIO_CMD_", {
  "set-gates": 0,
  "set-and-hold": 1,
  "set-and-release": 2,
});

const entry = attributes("taprio-sched-entry", () => ({
  index: attr("TCA_TAPRIO_SCHED_ENTRY_INDEX", 1, u32),
  cmd: attr("TCA_TAPRIO_SCHED_ENTRY_CMD", 2, command),
  /** Traffic classes whose gate is open. */
  gateMask: attr("TCA_TAPRIO_SCHED_ENTRY_GATE_MASK", 3, u32),
  interval: attr("TCA_TAPRIO_SCHED_ENTRY_INTERVAL", 4, nanoseconds),
}));

/** One entry of a schedule. */
export interface TaprioSchedEntry extends Infer<typeof entry> {}
export const taprioSchedEntry: AttributeSet<TaprioSchedEntry> = entry;

const list = attributes("taprio-sched-entry-list", () => ({
  entry: attr("TCA_TAPRIO_SCHED_ENTRY", 1, multi(taprioSchedEntry)),
}));

const tcEntry = attributes("taprio-tc-entry-attrs", () => ({
  index: attr("TCA_TAPRIO_TC_ENTRY_INDEX", 1, u32),
  /** 0 is no limit. */
  maxSdu: attr("TCA_TAPRIO_TC_ENTRY_MAX_SDU", 2, byteCount),
  fp: attr("TCA_TAPRIO_TC_ENTRY_FP", 3, framePreemption),
}));

const admin = attributes("taprio-attrs", () => ({
  schedEntryList: attr("TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST", 2, list),
  schedBaseTime: attr("TCA_TAPRIO_ATTR_SCHED_BASE_TIME", 3, nanoseconds64),
  pad: attr("TCA_TAPRIO_ATTR_PAD", 6, bytes),
  schedCycleTime: attr("TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME", 8, nanoseconds64),
  schedCycleTimeExtension: attr("TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION", 9, nanoseconds64),
}));

const set = attributes("taprio-attrs", () => ({
  priomap: attr("TCA_TAPRIO_ATTR_PRIOMAP", 1, tcMqprioQopt),
  schedEntryList: attr("TCA_TAPRIO_ATTR_SCHED_ENTRY_LIST", 2, list),
  /** When the schedule begins, by the clock. */
  schedBaseTime: attr("TCA_TAPRIO_ATTR_SCHED_BASE_TIME", 3, nanoseconds64),
  /** No longer used. */
  schedSingleEntry: attr("TCA_TAPRIO_ATTR_SCHED_SINGLE_ENTRY", 4, taprioSchedEntry),
  /** CLOCK_* of clock_gettime(2). */
  schedClockid: attr("TCA_TAPRIO_ATTR_SCHED_CLOCKID", 5, s32),
  pad: attr("TCA_TAPRIO_ATTR_PAD", 6, bytes),
  /** The schedule that has not begun yet. */
  adminSched: attr("TCA_TAPRIO_ATTR_ADMIN_SCHED", 7, admin),
  schedCycleTime: attr("TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME", 8, nanoseconds64),
  schedCycleTimeExtension: attr("TCA_TAPRIO_ATTR_SCHED_CYCLE_TIME_EXTENSION", 9, nanoseconds64),
  flags: attr(
    "TCA_TAPRIO_ATTR_FLAGS",
    10,
    flags(u32, "TCA_TAPRIO_ATTR_FLAG_", { "txtime-assist": 1, "full-offload": 2 }),
  ),
  txtimeDelay: attr("TCA_TAPRIO_ATTR_TXTIME_DELAY", 11, nanoseconds),
  tcEntry: attr("TCA_TAPRIO_ATTR_TC_ENTRY", 12, multi(tcEntry)),
}));

/** Time-aware priority shaper (tc-taprio(8), IEEE 802.1Qbv). */
export interface TaprioAttrs extends Infer<typeof set> {}
export const taprio: AttributeSet<TaprioAttrs> = set;

const offloadStats = attributes("taprio-offload-stats", () => ({
  pad: attr("TCA_TAPRIO_OFFLOAD_STATS_PAD", 1, bytes),
  windowDrops: attr("TCA_TAPRIO_OFFLOAD_STATS_WINDOW_DROPS", 2, u64),
  txOverruns: attr("TCA_TAPRIO_OFFLOAD_STATS_TX_OVERRUNS", 3, u64),
}));

/** Counters of the hardware. */
export interface TaprioOffloadStats extends Infer<typeof offloadStats> {}
export const taprioOffloadStats: AttributeSet<TaprioOffloadStats> = offloadStats;
