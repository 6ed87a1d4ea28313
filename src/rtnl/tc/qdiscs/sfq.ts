import { s32, u8, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount, packets } from "../units.ts";
import { redFlags } from "./red.ts";

const tcSfqQopt = partialStruct("tc-sfq-qopt", {
  /** Bytes in a row of one flow. */
  quantum: byteCount,
  /** How often the hash changes; 0 never. */
  perturbPeriod: withUnit(s32, "s") as typeof s32,
  limit: packets,
  divisor: u32,
  flows: u32,
});

const tcSfqredStats = partialStruct("tc-sfqred-stats", {
  probDrop: u32,
  forcedDrop: u32,
  probMark: u32,
  forcedMark: u32,
  probMarkHead: u32,
  forcedMarkHead: u32,
});

const sfqStruct = partialStruct("tc-sfq-qopt-v1", {
  v0: tcSfqQopt,
  /** Of one flow. */
  depth: packets,
  /** 1 drops at the head. */
  headdrop: u32,
  limit: byteCount,
  qthMin: byteCount,
  qthMax: byteCount,
  /** Weight of the moving average, as a power of two. */
  wlog: u8,
  /** Slope of the probability, as a power of two. */
  plog: u8,
  /** Cell of the table for idle times. */
  scellLog: u8,
  flags: redFlags,
  /** Probability: all ones is 100 %. */
  maxP: u32,
  stats: tcSfqredStats,
});

/** Stochastic fairness queueing (tc-sfq(8)): struct tc_sfq_qopt_v1; the kernel also takes `v0` alone. */
export interface TcSfqQoptV1 extends Infer<typeof sfqStruct> {}
export const sfq: StructShape<TcSfqQoptV1> = sfqStruct;

const tcSfqXstatsStruct = partialStruct("tc-sfq-xstats", {
  allot: withUnit(s32, "bytes") as typeof s32,
});

/** Counters: struct tc_sfq_xstats (linux/pkt_sched.h). */
export interface TcSfqXstats extends Infer<typeof tcSfqXstatsStruct> {}
export const tcSfqXstats: StructShape<TcSfqXstats> = tcSfqXstatsStruct;
