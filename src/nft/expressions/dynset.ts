import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { register } from "../register.ts";
import { milliseconds } from "../units.ts";
import { innerExpr, innerExprs } from "./inner-expr.ts";

const set = attributes("expr-dynset-attrs", () => ({
  setName: attr("NFTA_DYNSET_SET_NAME", 1, string),
  setId: attr("NFTA_DYNSET_SET_ID", 2, be32),
  op: attr("NFTA_DYNSET_OP", 3, enumeration(be32, "NFT_DYNSET_OP_", { add: 0, update: 1, delete: 2 })),
  sregKey: attr("NFTA_DYNSET_SREG_KEY", 4, register),
  sregData: attr("NFTA_DYNSET_SREG_DATA", 5, register),
  timeout: attr("NFTA_DYNSET_TIMEOUT", 6, milliseconds),
  /** What the new element does besides. */
  expr: attr("NFTA_DYNSET_EXPR", 7, innerExpr),
  pad: attr("NFTA_DYNSET_PAD", 8, bytes),
  flags: attr("NFTA_DYNSET_FLAGS", 9, flags(be32, "NFT_DYNSET_F_", { inv: 1, expr: 2 })),
  /** The same where it is more than one. */
  expressions: attr("NFTA_DYNSET_EXPRESSIONS", 10, innerExprs),
}));
/** Adds an element to a set for the packet, renews or deletes it. */
export interface DynsetExpr extends Infer<typeof set> {}
export const dynset: AttributeSet<DynsetExpr> = set;
