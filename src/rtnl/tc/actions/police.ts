import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { rateTable, tcRatespec } from "../rate.ts";
import { byteCount, bytesPerSecond, bytesPerSecond64, ticks } from "../units.ts";
import { actionResult, tcfT } from "./generic.ts";

const tcPoliceStruct = partialStruct("tc-police", {
  index: u32,
  /** For packets above the rate. */
  action: actionResult,
  limit: byteCount,
  /** As the time it takes at `rate`. */
  burst: ticks,
  mtu: byteCount,
  rate: tcRatespec,
  peakrate: tcRatespec,
  refcnt: s32,
  bindcnt: s32,
  capab: u32,
});

/** struct tc_police (linux/pkt_cls.h). */
export interface TcPolice extends Infer<typeof tcPoliceStruct> {}
export const tcPolice: StructShape<TcPolice> = tcPoliceStruct;

const set = attributes("police-attrs", () => ({
  tbf: attr("TCA_POLICE_TBF", 1, tcPolice),
  /** Needed with a rate, 1024 bytes. Never reported. */
  rate: attr("TCA_POLICE_RATE", 2, rateTable),
  peakrate: attr("TCA_POLICE_PEAKRATE", 3, rateTable),
  /** Average rate; needs an estimator. */
  avrate: attr("TCA_POLICE_AVRATE", 4, bytesPerSecond),
  /** For packets within the rate. */
  result: attr("TCA_POLICE_RESULT", 5, actionResult),
  /** Ages. */
  tm: attr("TCA_POLICE_TM", 6, tcfT),
  pad: attr("TCA_POLICE_PAD", 7, bytes),
  /** Beside a 32-bit rate that is all ones. */
  rate64: attr("TCA_POLICE_RATE64", 8, bytesPerSecond64),
  peakrate64: attr("TCA_POLICE_PEAKRATE64", 9, bytesPerSecond64),
  pktrate64: attr("TCA_POLICE_PKTRATE64", 10, withUnit(u64, "packets/s") as typeof u64),
  /** As the time it takes at `pktrate64`. */
  pktburst64: attr("TCA_POLICE_PKTBURST64", 11, withUnit(u64, "64 ns") as typeof u64),
}));

/** A policer: an action, or in a filter (tc-police(8)). */
export interface PoliceAttrs extends Infer<typeof set> {}
export const policeAttrs: AttributeSet<PoliceAttrs> = set;
