import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { actionResult, tcfT, tcGact } from "./generic.ts";

const tcGactPStruct = partialStruct("tc-gact-p", {
  /** By chance, or every so many packets. */
  ptype: enumeration(u16, "PGACT_", { none: 0, netrand: 1, determ: 2 }),
  /** One packet in so many. */
  pval: u16,
  paction: actionResult,
});

/** struct tc_gact_p. */
export interface TcGactP extends Infer<typeof tcGactPStruct> {}
export const tcGactP: StructShape<TcGactP> = tcGactPStruct;

const set = attributes("act-gact-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_GACT_TM", 1, tcfT),
  parms: attr("TCA_GACT_PARMS", 2, tcGact),
  /** Another result for some of the packets. */
  prob: attr("TCA_GACT_PROB", 3, tcGactP),
  pad: attr("TCA_GACT_PAD", 4, bytes),
}));

/** A verdict (tc-actions(8), linux/tc_act/tc_gact.h). */
export interface GactAttrs extends Infer<typeof set> {}
export const gact: AttributeSet<GactAttrs> = set;
