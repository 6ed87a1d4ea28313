import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytesOf } from "../../../netlink/codec/bytes.ts";
import { bitfield32, flags, type NamedShape } from "../../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer, Shape } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount } from "../units.ts";

export const redFlags: NamedShape<readonly ("ecn" | "harddrop" | "adaptative" | "nodrop" | (number & {}))[]> =
  flags(u8, "TC_RED_", { ecn: 1, harddrop: 2, adaptative: 4, nodrop: 8 });

const tcRedQoptStruct = partialStruct("tc-red-qopt", {
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
});

/** struct tc_red_qopt; limits are packets in choke, bytes in red. */
export interface TcRedQopt extends Infer<typeof tcRedQoptStruct> {}
export const tcRedQopt: StructShape<TcRedQopt> = tcRedQoptStruct;

/** 256 values by which the average shrinks over idle times. */
export const idleTable: Shape<Uint8Array> = bytesOf(256);

const set = attributes("red-attrs", () => ({
  parms: attr("TCA_RED_PARMS", 1, tcRedQopt),
  stab: attr("TCA_RED_STAB", 2, idleTable),
  /** Largest probability below `qthMax`: all ones is 100 %. */
  maxP: attr("TCA_RED_MAX_P", 3, u32),
  /** TC_RED_* flags and which of them are meant. */
  flags: attr("TCA_RED_FLAGS", 4, bitfield32),
  /** Block whose filters see packets dropped early. */
  earlyDropBlock: attr("TCA_RED_EARLY_DROP_BLOCK", 5, u32),
  /** Block whose filters see packets that were marked. */
  markBlock: attr("TCA_RED_MARK_BLOCK", 6, u32),
}));

/** Random early detection (tc-red(8)). */
export interface RedAttrs extends Infer<typeof set> {}
export const red: AttributeSet<RedAttrs> = set;

const tcRedXstatsStruct = partialStruct("tc-red-xstats", {
  early: u32,
  pdrop: u32,
  other: u32,
  marked: u32,
});

/** Counters: struct tc_red_xstats (linux/pkt_sched.h). */
export interface TcRedXstats extends Infer<typeof tcRedXstatsStruct> {}
export const tcRedXstats: StructShape<TcRedXstats> = tcRedXstatsStruct;
