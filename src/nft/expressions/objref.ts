import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { objectType } from "../obj/type.ts";
import { register } from "../register.ts";

const set = attributes("expr-objref-attrs", () => ({
  immType: attr("NFTA_OBJREF_IMM_TYPE", 1, objectType),
  immName: attr("NFTA_OBJREF_IMM_NAME", 2, string),
  setSreg: attr("NFTA_OBJREF_SET_SREG", 3, register),
  setName: attr("NFTA_OBJREF_SET_NAME", 4, string),
  setId: attr("NFTA_OBJREF_SET_ID", 5, be32),
}));
/** Uses an object of the table: one by name, or what a map has for a key. */
export interface ObjrefExpr extends Infer<typeof set> {}
export const objref: AttributeSet<ObjrefExpr> = set;
