import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";

const set = attributes("expr-flow-offload-attrs", () => ({
  name: attr("NFTA_FLOW_TABLE_NAME", 1, string),
}));
/** Puts the connection into a flowtable. */
export interface FlowOffloadExpr extends Infer<typeof set> {}
export const flowOffload: AttributeSet<FlowOffloadExpr> = set;
