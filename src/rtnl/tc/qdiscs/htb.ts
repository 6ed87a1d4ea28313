import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { s32, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { rateTable, tcRatespec } from "../rate.ts";
import { byteCount, bytesPerSecond64, packets, ticks } from "../units.ts";

const tcHtbOptStruct = partialStruct("tc-htb-opt", {
  /** What the class is sure of. */
  rate: tcRatespec,
  /** What it may have when others leave it. */
  ceil: tcRatespec,
  /** Burst, as the time it takes at `rate`. */
  buffer: ticks,
  /** Burst at `ceil`. */
  cbuffer: ticks,
  /** Bytes in a row when borrowing. */
  quantum: byteCount,
  /** 0 is a leaf. */
  level: u32,
  prio: u32,
});

/** Parameters of a class: struct tc_htb_opt. */
export interface TcHtbOpt extends Infer<typeof tcHtbOptStruct> {}
export const tcHtbOpt: StructShape<TcHtbOpt> = tcHtbOptStruct;

const tcHtbGlobStruct = partialStruct("tc-htb-glob", {
  /** 3 when sent; reported with the minor version, 0x30011. */
  version: u32,
  /** A quantum that is not given is the rate divided by this. */
  rate2quantum: u32,
  /** Minor number of the class for packets that no filter takes. */
  defcls: u32,
  debug: u32,
  directPkts: packets,
});

/** Parameters of the queueing discipline: struct tc_htb_glob. */
export interface TcHtbGlob extends Infer<typeof tcHtbGlobStruct> {}
export const tcHtbGlob: StructShape<TcHtbGlob> = tcHtbGlobStruct;

const set = attributes("htb-attrs", () => ({
  /** Of a class. */
  parms: attr("TCA_HTB_PARMS", 1, tcHtbOpt),
  /** Of the queueing discipline. */
  init: attr("TCA_HTB_INIT", 2, tcHtbGlob),
  /** For `ceil`. */
  ctab: attr("TCA_HTB_CTAB", 3, rateTable),
  /** For `rate`. */
  rtab: attr("TCA_HTB_RTAB", 4, rateTable),
  /** Queue of packets that no class takes. */
  directQlen: attr("TCA_HTB_DIRECT_QLEN", 5, packets),
  /** Beside a 32-bit rate that is all ones. */
  rate64: attr("TCA_HTB_RATE64", 6, bytesPerSecond64),
  /** Beside a 32-bit ceil that is all ones. */
  ceil64: attr("TCA_HTB_CEIL64", 7, bytesPerSecond64),
  pad: attr("TCA_HTB_PAD", 8, bytes),
  offload: attr("TCA_HTB_OFFLOAD", 9, flag),
}));

/** Hierarchical token bucket: queueing discipline and classes (tc-htb(8), linux/pkt_sched.h TCA_HTB_*). */
export interface HtbAttrs extends Infer<typeof set> {}
export const htb: AttributeSet<HtbAttrs> = set;

const tcHtbXstatsStruct = partialStruct("tc-htb-xstats", {
  lends: u32,
  borrows: u32,
  giants: u32,
  tokens: withUnit(s32, "64 ns") as typeof s32,
  ctokens: withUnit(s32, "64 ns") as typeof s32,
});

/** Counters of a class: struct tc_htb_xstats. */
export interface TcHtbXstats extends Infer<typeof tcHtbXstatsStruct> {}
export const tcHtbXstats: StructShape<TcHtbXstats> = tcHtbXstatsStruct;
