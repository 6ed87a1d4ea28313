import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { s32, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

const etfFlags = flags(u32, "TC_ETF_", { "deadline-mode-on": 1, "offload-on": 2, "skip-sock-check": 4 });

const tcEtfQoptStruct = partialStruct("tc-etf-qopt", {
  delta: withUnit(s32, "ns") as typeof s32,
  /** CLOCK_* of clock_gettime(2). */
  clockid: s32,
  flags: etfFlags,
});

/** struct tc_etf_qopt. */
export interface TcEtfQopt extends Infer<typeof tcEtfQoptStruct> {}
export const tcEtfQopt: StructShape<TcEtfQopt> = tcEtfQoptStruct;

const set = attributes("etf-attrs", () => ({
  parms: attr("TCA_ETF_PARMS", 1, tcEtfQopt),
}));

/** Earliest transmit time first (tc-etf(8)). */
export interface EtfAttrs extends Infer<typeof set> {}
export const etf: AttributeSet<EtfAttrs> = set;
