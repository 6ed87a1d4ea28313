import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { nanoseconds } from "../units.ts";
import { tcfT, tcGact } from "./generic.ts";

const entry = attributes("tca-gate-entry-attrs", () => ({
  index: attr("TCA_GATE_ENTRY_INDEX", 1, u32),
  /** Open. */
  gate: attr("TCA_GATE_ENTRY_GATE", 2, flag),
  interval: attr("TCA_GATE_ENTRY_INTERVAL", 3, nanoseconds),
  /** Internal priority; -1 is none. */
  ipv: attr("TCA_GATE_ENTRY_IPV", 4, s32),
  /** -1 is no limit. */
  maxOctets: attr("TCA_GATE_ENTRY_MAX_OCTETS", 5, s32),
}));
const list = attributes("tca-gate-entry-list-attrs", () => ({
  entry: attr("TCA_GATE_ONE_ENTRY", 1, multi(entry)),
}));

const set = attributes("act-gate-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_GATE_TM", 1, tcfT),
  parms: attr("TCA_GATE_PARMS", 2, tcGact),
  pad: attr("TCA_GATE_PAD", 3, bytes),
  priority: attr("TCA_GATE_PRIORITY", 4, s32),
  entryList: attr("TCA_GATE_ENTRY_LIST", 5, list),
  baseTime: attr("TCA_GATE_BASE_TIME", 6, withUnit(u64, "ns") as typeof u64),
  cycleTime: attr("TCA_GATE_CYCLE_TIME", 7, withUnit(u64, "ns") as typeof u64),
  cycleTimeExt: attr("TCA_GATE_CYCLE_TIME_EXT", 8, withUnit(u64, "ns") as typeof u64),
  flags: attr("TCA_GATE_FLAGS", 9, u32),
  /** CLOCK_* of clock_gettime(2). */
  clockid: attr("TCA_GATE_CLOCKID", 10, s32),
}));

/** Lets packets through at times (tc-gate(8), IEEE 802.1Qci). */
export interface GateAttrs extends Infer<typeof set> {}
export const gate: AttributeSet<GateAttrs> = set;
