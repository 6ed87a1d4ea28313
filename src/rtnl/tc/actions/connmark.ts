import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const tcConnmarkStruct = partialStruct("tc-connmark", {
  ...generic,
  zone: u16,
  pad: pad(2),
});

/** struct tc_connmark. */
export interface TcConnmark extends Infer<typeof tcConnmarkStruct> {}
export const tcConnmark: StructShape<TcConnmark> = tcConnmarkStruct;

const set = attributes("act-connmark-attrs", () => ({
  parms: attr("TCA_CONNMARK_PARMS", 1, tcConnmark),
  /** Ages. */
  tm: attr("TCA_CONNMARK_TM", 2, tcfT),
  pad: attr("TCA_CONNMARK_PAD", 3, bytes),
}));

/** Takes the mark of the connection (tc-connmark(8)). */
export interface ConnmarkAttrs extends Infer<typeof set> {}
export const connmark: AttributeSet<ConnmarkAttrs> = set;
