import { type AttributeSet, attr, attributes, type Kept } from "../netlink/codec/attributes.ts";
import type { Shape } from "../netlink/codec/shape.ts";
import { string } from "../netlink/codec/string.ts";
import { type Selected, subMessage } from "../netlink/codec/sub-message.ts";
import { expressionKinds } from "./expressions/index.ts";
import { defineInnerExpr } from "./expressions/inner-expr.ts";
import { listOf } from "./list.ts";

/** An expression: `{ name, data }`, the type of the data chosen by the name. */
export type Expr = Selected<"name", "data", typeof expressionKinds> & Kept;

const set = attributes("expr-attrs", () => ({
  name: attr("NFTA_EXPR_NAME", 1, string),
  data: attr("NFTA_EXPR_DATA", 2, subMessage("name", expressionKinds)),
}));
export const exprAttrs: AttributeSet<Expr> = set as unknown as AttributeSet<Expr>;
defineInnerExpr(exprAttrs);

/** Expressions in the order they are worked through. */
export const expressions: Shape<Expr[]> = listOf(exprAttrs);
