import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { byteCount } from "../units.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-sample-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_SAMPLE_TM", 1, tcfT),
  parms: attr("TCA_SAMPLE_PARMS", 2, tcGact),
  /** One packet in so many. */
  rate: attr("TCA_SAMPLE_RATE", 3, u32),
  truncSize: attr("TCA_SAMPLE_TRUNC_SIZE", 4, byteCount),
  psampleGroup: attr("TCA_SAMPLE_PSAMPLE_GROUP", 5, u32),
  pad: attr("TCA_SAMPLE_PAD", 6, bytes),
}));

/** Samples packets (tc-sample(8)). */
export interface SampleAttrs extends Infer<typeof set> {}
export const sample: AttributeSet<SampleAttrs> = set;
