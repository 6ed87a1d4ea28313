import { type AttributeSet, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const set = attributes("expr-notrack-attrs", () => ({}));
/** Keeps the packet out of connection tracking; it has no attributes. */
export interface NotrackExpr extends Infer<typeof set> {}
export const notrack: AttributeSet<NotrackExpr> = set;
