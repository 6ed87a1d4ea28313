import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { milliseconds, packets } from "../units.ts";

const tcSfbQoptStruct = partialStruct("tc-sfb-qopt", {
  rehashInterval: milliseconds,
  warmupTime: milliseconds,
  max: packets,
  binSize: packets,
  /** Step of the probability, 65535 is 100 %. */
  increment: u32,
  decrement: u32,
  limit: packets,
  penaltyRate: withUnit(u32, "packets/s") as typeof u32,
  penaltyBurst: packets,
});

/** struct tc_sfb_qopt. */
export interface TcSfbQopt extends Infer<typeof tcSfbQoptStruct> {}
export const tcSfbQopt: StructShape<TcSfbQopt> = tcSfbQoptStruct;

const set = attributes("sfb-attrs", () => ({
  parms: attr("TCA_SFB_PARMS", 1, tcSfbQopt),
}));

/** Stochastic fair blue (tc-sfb(8)). */
export interface SfbAttrs extends Infer<typeof set> {}
export const sfb: AttributeSet<SfbAttrs> = set;

const tcSfbXstatsStruct = partialStruct("tc-sfb-xstats", {
  earlydrop: u32,
  penaltydrop: u32,
  bucketdrop: u32,
  queuedrop: u32,
  childdrop: u32,
  marked: u32,
  maxqlen: u32,
  /** 65535 is 100 %. */
  maxprob: u32,
  /** 65535 is 100 %. */
  avgprob: u32,
});

/** Counters: struct tc_sfb_xstats (linux/pkt_sched.h). */
export interface TcSfbXstats extends Infer<typeof tcSfbXstatsStruct> {}
export const tcSfbXstats: StructShape<TcSfbXstats> = tcSfbXstatsStruct;
