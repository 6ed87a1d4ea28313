import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount } from "../units.ts";

const set = attributes("drr-attrs", () => ({
  quantum: attr("TCA_DRR_QUANTUM", 1, byteCount),
}));

/** Deficit round robin: a class (tc-drr(8)). */
export interface DrrAttrs extends Infer<typeof set> {}
export const drr: AttributeSet<DrrAttrs> = set;

const tcDrrStatsStruct = partialStruct("tc-drr-stats", {
  deficit: byteCount,
});

/** struct tc_drr_stats. */
export interface TcDrrStats extends Infer<typeof tcDrrStatsStruct> {}
export const tcDrrStats: StructShape<TcDrrStats> = tcDrrStatsStruct;
