import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-skbedit-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_SKBEDIT_TM", 1, tcfT),
  parms: attr("TCA_SKBEDIT_PARMS", 2, tcGact),
  priority: attr("TCA_SKBEDIT_PRIORITY", 3, u32),
  queueMapping: attr("TCA_SKBEDIT_QUEUE_MAPPING", 4, u16),
  mark: attr("TCA_SKBEDIT_MARK", 5, u32),
  pad: attr("TCA_SKBEDIT_PAD", 6, bytes),
  /** PACKET_* of packet(7). */
  ptype: attr("TCA_SKBEDIT_PTYPE", 7, u16),
  mask: attr("TCA_SKBEDIT_MASK", 8, u32),
  /** SKBEDIT_F_*. */
  flags: attr("TCA_SKBEDIT_FLAGS", 9, u64),
  queueMappingMax: attr("TCA_SKBEDIT_QUEUE_MAPPING_MAX", 10, u16),
}));

/** Edits what the kernel keeps about a packet (tc-skbedit(8)). */
export interface SkbeditAttrs extends Infer<typeof set> {}
export const skbedit: AttributeSet<SkbeditAttrs> = set;
