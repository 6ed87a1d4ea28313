import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { s32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, microseconds, packets } from "../units.ts";

const set = attributes("dualpi2-attrs", () => ({
  limit: attr("TCA_DUALPI2_LIMIT", 1, packets),
  memoryLimit: attr("TCA_DUALPI2_MEMORY_LIMIT", 2, byteCount),
  target: attr("TCA_DUALPI2_TARGET", 3, microseconds),
  tupdate: attr("TCA_DUALPI2_TUPDATE", 4, microseconds),
  /** In units of 1/256 Hz. */
  alpha: attr("TCA_DUALPI2_ALPHA", 5, u32),
  /** In units of 1/256 Hz. */
  beta: attr("TCA_DUALPI2_BETA", 6, u32),
  stepThreshPkts: attr("TCA_DUALPI2_STEP_THRESH_PKTS", 7, packets),
  stepThreshUs: attr("TCA_DUALPI2_STEP_THRESH_US", 8, microseconds),
  minQlenStep: attr("TCA_DUALPI2_MIN_QLEN_STEP", 9, packets),
  /** Between the two queues. */
  coupling: attr("TCA_DUALPI2_COUPLING", 10, u8),
  dropOverload: attr(
    "TCA_DUALPI2_DROP_OVERLOAD",
    11,
    enumeration(u8, "TC_DUALPI2_DROP_OVERLOAD_", { overflow: 0, drop: 1 }),
  ),
  dropEarly: attr(
    "TCA_DUALPI2_DROP_EARLY",
    12,
    enumeration(u8, "TC_DUALPI2_DROP_EARLY_", { "drop-dequeue": 0, "drop-enqueue": 1 }),
  ),
  /** Share of the classic queue, percent. */
  cProtection: attr("TCA_DUALPI2_C_PROTECTION", 13, u8),
  ecnMask: attr(
    "TCA_DUALPI2_ECN_MASK",
    14,
    enumeration(u8, "TC_DUALPI2_ECN_MASK_", { "l4s-ect": 1, "cla-ect": 2, "any-ect": 3 }),
  ),
  splitGso: attr(
    "TCA_DUALPI2_SPLIT_GSO",
    15,
    enumeration(u8, "TC_DUALPI2_SPLIT_GSO_", { "no-split-gso": 0, "split-gso": 1 }),
  ),
}));

/** Dual queue coupled with PI2 (RFC 9332). */
export interface Dualpi2Attrs extends Infer<typeof set> {}
export const dualpi2: AttributeSet<Dualpi2Attrs> = set;

const tcDualpi2XstatsStruct = partialStruct("tc-dualpi2-xstats", {
  prob: u32,
  delayC: microseconds,
  delayL: microseconds,
  pktsInC: u32,
  pktsInL: u32,
  maxq: u32,
  ecnMark: u32,
  stepMark: u32,
  credit: s32,
  memoryUsed: byteCount,
  maxMemoryUsed: byteCount,
  memoryLimit: byteCount,
});

/** Counters: struct tc_dualpi2_xstats (linux/pkt_sched.h). */
export interface TcDualpi2Xstats extends Infer<typeof tcDualpi2XstatsStruct> {}
export const tcDualpi2Xstats: StructShape<TcDualpi2Xstats> = tcDualpi2XstatsStruct;
