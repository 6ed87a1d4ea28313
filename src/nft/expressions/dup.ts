import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const set = attributes("expr-dup-attrs", () => ({
  sregAddr: attr("NFTA_DUP_SREG_ADDR", 1, register),
  sregDev: attr("NFTA_DUP_SREG_DEV", 2, register),
}));
/** Sends a copy of the packet to an address, out of a link. */
export interface DupExpr extends Infer<typeof set> {}
export const dup: AttributeSet<DupExpr> = set;
