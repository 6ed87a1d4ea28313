import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { data } from "../data.ts";
import { register } from "../register.ts";

const ops = { eq: 0, neq: 1, lt: 2, lte: 3, gt: 4, gte: 5 } as const;

const set = attributes("expr-cmp-attrs", () => ({
  sreg: attr("NFTA_CMP_SREG", 1, register),
  op: attr("NFTA_CMP_OP", 2, enumeration(be32, "NFT_CMP_", ops)),
  data: attr("NFTA_CMP_DATA", 3, data),
}));
/** Ends the rule where the comparison is not true. */
export interface CmpExpr extends Infer<typeof set> {}
export const cmp: AttributeSet<CmpExpr> = set;
