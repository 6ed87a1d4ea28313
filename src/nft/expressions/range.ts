import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { data } from "../data.ts";
import { register } from "../register.ts";

const set = attributes("range-attrs", () => ({
  sreg: attr("NFTA_RANGE_SREG", 1, register),
  op: attr("NFTA_RANGE_OP", 2, enumeration(be32, "NFT_RANGE_", { eq: 0, neq: 1 })),
  fromData: attr("NFTA_RANGE_FROM_DATA", 3, data),
  toData: attr("NFTA_RANGE_TO_DATA", 4, data),
}));
/** Ends the rule where the register is not between two values, or is. */
export interface RangeExpr extends Infer<typeof set> {}
export const range: AttributeSet<RangeExpr> = set;
