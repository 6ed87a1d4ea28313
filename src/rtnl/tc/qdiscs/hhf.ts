import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, microseconds, packets } from "../units.ts";

const set = attributes("hhf-attrs", () => ({
  backlogLimit: attr("TCA_HHF_BACKLOG_LIMIT", 1, packets),
  quantum: attr("TCA_HHF_QUANTUM", 2, byteCount),
  /** Heavy hitters that are tracked. */
  hhFlowsLimit: attr("TCA_HHF_HH_FLOWS_LIMIT", 3, u32),
  resetTimeout: attr("TCA_HHF_RESET_TIMEOUT", 4, microseconds),
  admitBytes: attr("TCA_HHF_ADMIT_BYTES", 5, byteCount),
  evictTimeout: attr("TCA_HHF_EVICT_TIMEOUT", 6, microseconds),
  /** Weight of the others. */
  nonHhWeight: attr("TCA_HHF_NON_HH_WEIGHT", 7, u32),
}));

/** Heavy-hitter filter (tc-hhf(8)). */
export interface HhfAttrs extends Infer<typeof set> {}
export const hhf: AttributeSet<HhfAttrs> = set;

const tcHhfXstatsStruct = partialStruct("tc-hhf-xstats", {
  dropOverlimit: u32,
  hhOverlimit: u32,
  hhTotCount: u32,
  hhCurCount: u32,
});

/** Counters: struct tc_hhf_xstats (linux/pkt_sched.h). */
export interface TcHhfXstats extends Infer<typeof tcHhfXstatsStruct> {}
export const tcHhfXstats: StructShape<TcHhfXstats> = tcHhfXstatsStruct;
