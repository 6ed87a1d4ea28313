import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount } from "../units.ts";

const set = attributes("qfq-attrs", () => ({
  /** 1 to 1023. */
  weight: attr("TCA_QFQ_WEIGHT", 1, u32),
  /** Largest packet. */
  lmax: attr("TCA_QFQ_LMAX", 2, byteCount),
}));

/** Quick fair queueing: a class (tc-qfq(8)). */
export interface QfqAttrs extends Infer<typeof set> {}
export const qfq: AttributeSet<QfqAttrs> = set;

const tcQfqStatsStruct = partialStruct("tc-qfq-stats", {
  weight: u32,
  lmax: byteCount,
});

/** struct tc_qfq_stats. */
export interface TcQfqStats extends Infer<typeof tcQfqStatsStruct> {}
export const tcQfqStats: StructShape<TcQfqStats> = tcQfqStatsStruct;
