import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";

const set = attributes("fw-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_FW_CLASSID", 1, u32),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_FW_POLICE", 2, policeAttrs),
  indev: attr("TCA_FW_INDEV", 3, string),
  /** What is done with a packet that matches. */
  act: attr("TCA_FW_ACT", 4, actions),
  /** Of the mark; the handle of the filter is its value. */
  mask: attr("TCA_FW_MASK", 5, u32),
}));

/** By the packet's mark (tc-fw(8)). */
export interface FwAttrs extends Infer<typeof set> {}
export const fw: AttributeSet<FwAttrs> = set;
