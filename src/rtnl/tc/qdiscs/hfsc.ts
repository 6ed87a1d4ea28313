import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { bytesPerSecond, microseconds } from "../units.ts";

const hfscStruct = partialStruct("tc-hfsc-qopt", {
  /** Minor number of the class for packets that no filter takes. */
  defcls: u16,
});

/** Hierarchical fair service curve: the queueing discipline (tc-hfsc(8)), struct tc_hfsc_qopt. */
export interface TcHfscQopt extends Infer<typeof hfscStruct> {}
export const hfsc: StructShape<TcHfscQopt> = hfscStruct;

const tcServiceCurveStruct = partialStruct("tc-service-curve", {
  /** At first. */
  m1: bytesPerSecond,
  /** How long. */
  d: microseconds,
  /** From then on. */
  m2: bytesPerSecond,
});

/** struct tc_service_curve. */
export interface TcServiceCurve extends Infer<typeof tcServiceCurveStruct> {}
export const tcServiceCurve: StructShape<TcServiceCurve> = tcServiceCurveStruct;

const set = attributes("hfsc-attrs", () => ({
  /** Real time. */
  rsc: attr("TCA_HFSC_RSC", 1, tcServiceCurve),
  /** Link sharing. */
  fsc: attr("TCA_HFSC_FSC", 2, tcServiceCurve),
  /** Upper limit. */
  usc: attr("TCA_HFSC_USC", 3, tcServiceCurve),
}));

/** A class of HFSC (linux/pkt_sched.h TCA_HFSC_*). */
export interface HfscAttrs extends Infer<typeof set> {}
export const hfscClass: AttributeSet<HfscAttrs> = set;

const tcHfscStatsStruct = partialStruct("tc-hfsc-stats", {
  /** Bytes. */
  work: u64,
  /** Bytes by the real-time curve. */
  rtwork: u64,
  period: u32,
  level: u32,
});

/** struct tc_hfsc_stats. */
export interface TcHfscStats extends Infer<typeof tcHfscStatsStruct> {}
export const tcHfscStats: StructShape<TcHfscStats> = tcHfscStatsStruct;
