import type { AttributeSet } from "../../netlink/codec/attributes.ts";
import { lazy } from "../../netlink/codec/lazy.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import type { Expr } from "../expression.ts";
import { listOf } from "../list.ts";

let attributes: AttributeSet<Expr> | undefined;

/** An expression inside of an expression. */
export const innerExpr: Shape<Expr> = lazy(
  "nest",
  () => {
    if (!attributes) throw new TypeError("the schema of expressions is not loaded");
    return attributes;
  },
  true,
);
export const innerExprs: Shape<Expr[]> = listOf(innerExpr);

/** Expressions may hold expressions: their schema closes this circle when it is complete. */
export function defineInnerExpr(expr: AttributeSet<Expr>): void {
  attributes = expr;
}
