import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { rateTable, tcRatespec } from "../rate.ts";
import { byteCount, bytesPerSecond64, ticks } from "../units.ts";

const tcTbfQoptStruct = partialStruct("tc-tbf-qopt", {
  rate: tcRatespec,
  peakrate: tcRatespec,
  /** Of the queue. */
  limit: byteCount,
  /** Burst, as the time it takes at `rate`. */
  buffer: ticks,
  /** Burst at the peak rate. */
  mtu: ticks,
});

/** struct tc_tbf_qopt. */
export interface TcTbfQopt extends Infer<typeof tcTbfQoptStruct> {}
export const tcTbfQopt: StructShape<TcTbfQopt> = tcTbfQoptStruct;

const set = attributes("tbf-attrs", () => ({
  parms: attr("TCA_TBF_PARMS", 1, tcTbfQopt),
  rtab: attr("TCA_TBF_RTAB", 2, rateTable),
  ptab: attr("TCA_TBF_PTAB", 3, rateTable),
  /** Beside a 32-bit rate that is all ones. */
  rate64: attr("TCA_TBF_RATE64", 4, bytesPerSecond64),
  /** Beside a 32-bit peak rate that is all ones. */
  prate64: attr("TCA_TBF_PRATE64", 5, bytesPerSecond64),
  /** Exact burst; `buffer` of the struct is the time it takes. */
  burst: attr("TCA_TBF_BURST", 6, byteCount),
  pburst: attr("TCA_TBF_PBURST", 7, byteCount),
  pad: attr("TCA_TBF_PAD", 8, bytes),
}));

/** Token bucket filter (tc-tbf(8), linux/pkt_sched.h TCA_TBF_*). */
export interface TbfAttrs extends Infer<typeof set> {}
export const tbf: AttributeSet<TbfAttrs> = set;
