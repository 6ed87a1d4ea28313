import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { actions } from "../actions/action.ts";
import { partialStruct } from "../partial-struct.ts";
import { clsFlags } from "./flags.ts";

const tcMatchallPcnt = partialStruct("tc-matchall-pcnt", {
  /** Packets that matched. */
  rhit: u64,
});

const set = attributes("matchall-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_MATCHALL_CLASSID", 1, u32),
  /** What is done with a packet that matches. */
  act: attr("TCA_MATCHALL_ACT", 2, actions),
  flags: attr("TCA_MATCHALL_FLAGS", 3, clsFlags),
  pcnt: attr("TCA_MATCHALL_PCNT", 4, tcMatchallPcnt),
  pad: attr("TCA_MATCHALL_PAD", 5, bytes),
}));

/** Every packet (tc-matchall(8)). */
export interface MatchallAttrs extends Infer<typeof set> {}
export const matchall: AttributeSet<MatchallAttrs> = set;
