/** Expressions inside of expressions. */
import { lazy } from "../../netlink/codec/lazy.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { type Expr, exprAttrs } from "../expression.ts";
import { listOf } from "../list.ts";

export const innerExpr: Shape<Expr> = lazy("nest", () => exprAttrs, true);
export const innerExprs: Shape<Expr[]> = listOf(innerExpr);
