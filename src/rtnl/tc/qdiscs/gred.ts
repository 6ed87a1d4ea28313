import { arrayOf, multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { u8, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount } from "../units.ts";
import { idleTable, redFlags } from "./red.ts";

const tcGredQopt = partialStruct("tc-gred-qopt", {
  limit: byteCount,
  qthMin: byteCount,
  qthMax: byteCount,
  /** The virtual queue; `DP` of the struct. */
  dp: u32,
  backlog: byteCount,
  qave: byteCount,
  forced: u32,
  early: u32,
  other: u32,
  pdrop: u32,
  wlog: u8,
  plog: u8,
  scellLog: u8,
  /** Of the virtual queue. */
  prio: u8,
  packets: u32,
  bytesin: u32,
});

const tcGredSopt = partialStruct("tc-gred-sopt", {
  /** How many virtual queues; `DPs` of the struct. */
  dps: u32,
  /** The one of packets without a choice. */
  defDp: u32,
  /** 1 adds up the averages of more important queues. */
  grio: u8,
  flags: redFlags,
  pad: pad(2),
});

const entry = attributes("tca-gred-vq-entry-attrs", () => ({
  pad: attr("TCA_GRED_VQ_PAD", 1, bytes),
  dp: attr("TCA_GRED_VQ_DP", 2, u32),
  statBytes: attr("TCA_GRED_VQ_STAT_BYTES", 3, u64),
  statPackets: attr("TCA_GRED_VQ_STAT_PACKETS", 4, u32),
  statBacklog: attr("TCA_GRED_VQ_STAT_BACKLOG", 5, byteCount),
  statProbDrop: attr("TCA_GRED_VQ_STAT_PROB_DROP", 6, u32),
  statProbMark: attr("TCA_GRED_VQ_STAT_PROB_MARK", 7, u32),
  statForcedDrop: attr("TCA_GRED_VQ_STAT_FORCED_DROP", 8, u32),
  statForcedMark: attr("TCA_GRED_VQ_STAT_FORCED_MARK", 9, u32),
  statPdrop: attr("TCA_GRED_VQ_STAT_PDROP", 10, u32),
  statOther: attr("TCA_GRED_VQ_STAT_OTHER", 11, u32),
  flags: attr(
    "TCA_GRED_VQ_FLAGS",
    12,
    flags(u32, "TC_RED_", { ecn: 1, harddrop: 2, adaptative: 4, nodrop: 8 }),
  ),
}));

/** Counters of a virtual queue. */
export interface TcaGredVqEntryAttrs extends Infer<typeof entry> {}
export const tcaGredVqEntryAttrs: AttributeSet<TcaGredVqEntryAttrs> = entry;

const list = attributes("tca-gred-vq-list-attrs", () => ({
  entry: attr("TCA_GRED_VQ_ENTRY", 1, multi(tcaGredVqEntryAttrs)),
}));

const set = attributes("gred-attrs", () => ({
  /** One virtual queue when sent, all 16 when reported. */
  parms: attr("TCA_GRED_PARMS", 1, arrayOf(tcGredQopt)),
  stab: attr("TCA_GRED_STAB", 2, idleTable),
  dps: attr("TCA_GRED_DPS", 3, tcGredSopt),
  /** Of each virtual queue; one alone when sent. */
  maxP: attr("TCA_GRED_MAX_P", 4, arrayOf(u32)),
  /** Of all virtual queues. */
  limit: attr("TCA_GRED_LIMIT", 5, byteCount),
  vqList: attr("TCA_GRED_VQ_LIST", 6, list),
}));

/** Generic random early detection: several virtual queues (linux/pkt_sched.h TCA_GRED_*). */
export interface GredAttrs extends Infer<typeof set> {}
export const gred: AttributeSet<GredAttrs> = set;
