import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-simple-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_DEF_TM", 1, tcfT),
  parms: attr("TCA_DEF_PARMS", 2, tcGact),
  /** What is printed. */
  data: attr("TCA_DEF_DATA", 3, string),
  pad: attr("TCA_DEF_PAD", 4, bytes),
}));

/** Prints a text (tc-simple(8)). */
export interface SimpleAttrs extends Infer<typeof set> {}
export const simple: AttributeSet<SimpleAttrs> = set;
