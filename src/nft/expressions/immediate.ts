import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { data } from "../data.ts";
import { register } from "../register.ts";

const set = attributes("expr-immediate-attrs", () => ({
  dreg: attr("NFTA_IMMEDIATE_DREG", 1, register),
  data: attr("NFTA_IMMEDIATE_DATA", 2, data),
}));
/** Puts a value into a register, or a verdict into the verdict register. */
export interface ImmediateExpr extends Infer<typeof set> {}
export const immediate: AttributeSet<ImmediateExpr> = set;
