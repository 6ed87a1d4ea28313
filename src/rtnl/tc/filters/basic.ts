import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";
import { partialStruct } from "../partial-struct.ts";
import { ematchAttrs } from "./ematch.ts";

const tcBasicPcnt = partialStruct("tc-basic-pcnt", {
  /** Packets seen. */
  rcnt: u64,
  /** Packets that matched. */
  rhit: u64,
});

const set = attributes("basic-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_BASIC_CLASSID", 1, u32),
  ematches: attr("TCA_BASIC_EMATCHES", 2, ematchAttrs),
  /** What is done with a packet that matches. */
  act: attr("TCA_BASIC_ACT", 3, actions),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_BASIC_POLICE", 4, policeAttrs),
  pcnt: attr("TCA_BASIC_PCNT", 5, tcBasicPcnt),
  pad: attr("TCA_BASIC_PAD", 6, bytes),
}));

/** Extended matches alone (tc-basic(8)). */
export interface BasicAttrs extends Infer<typeof set> {}
export const basic: AttributeSet<BasicAttrs> = set;
