import { indexedArray } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { bitfield32 } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer, Shape } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { type Selected, subMessage } from "../../../netlink/codec/sub-message.ts";
import { tcaStatsAttrs } from "../stats.ts";
import { actionKinds } from "./index.ts";

/** `{ kind, options }`, the type of the options chosen by the kind. */
export type ActionKindOptions = Selected<"kind", "options", typeof actionKinds>;

const set = attributes("act-attrs", () => ({
  kind: attr("TCA_ACT_KIND", 1, string),
  options: attr("TCA_ACT_OPTIONS", 2, subMessage("kind", actionKinds)),
  /** Of an action that exists; the kind's own struct has it as well. */
  index: attr("TCA_ACT_INDEX", 3, u32),
  stats: attr("TCA_ACT_STATS", 4, tcaStatsAttrs),
  pad: attr("TCA_ACT_PAD", 5, bytes),
  /** Up to 16 bytes that come back. */
  cookie: attr("TCA_ACT_COOKIE", 6, bytes),
  /** TCA_ACT_FLAGS_* and which of them are meant. */
  flags: attr("TCA_ACT_FLAGS", 7, bitfield32),
  /** TCA_ACT_HW_STATS_*. */
  hwStats: attr("TCA_ACT_HW_STATS", 8, bitfield32),
  /** TCA_ACT_HW_STATS_*. */
  usedHwStats: attr("TCA_ACT_USED_HW_STATS", 9, bitfield32),
  inHwCount: attr("TCA_ACT_IN_HW_COUNT", 10, u32),
}));

/** An action (tc-actions(8), linux/pkt_cls.h TCA_ACT_*). */
export type Action = Omit<Infer<typeof set>, "kind" | "options"> & ActionKindOptions;
export const actAttrs = set as unknown as AttributeSet<Action>;

/** Actions in the order they are taken. */
export const actions: Shape<Action[]> = indexedArray(actAttrs);
