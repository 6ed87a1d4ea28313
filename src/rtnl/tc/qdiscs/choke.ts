import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { idleTable, tcRedQopt } from "./red.ts";

const set = attributes("choke-attrs", () => ({
  parms: attr("TCA_CHOKE_PARMS", 1, tcRedQopt),
  stab: attr("TCA_CHOKE_STAB", 2, idleTable),
  /** Largest probability below `qthMax`: all ones is 100 %. */
  maxP: attr("TCA_CHOKE_MAX_P", 3, u32),
}));

/** CHOose and Keep (tc-choke(8)). */
export interface ChokeAttrs extends Infer<typeof set> {}
export const choke: AttributeSet<ChokeAttrs> = set;

const tcChokeXstatsStruct = partialStruct("tc-choke-xstats", {
  early: u32,
  pdrop: u32,
  other: u32,
  marked: u32,
  matched: u32,
});

/** Counters: struct tc_choke_xstats (linux/pkt_sched.h). */
export interface TcChokeXstats extends Infer<typeof tcChokeXstatsStruct> {}
export const tcChokeXstats: StructShape<TcChokeXstats> = tcChokeXstatsStruct;
