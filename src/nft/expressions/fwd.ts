import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { nfproto32 } from "../../nfnetlink/header.ts";
import { register } from "../register.ts";

const set = attributes("expr-fwd-attrs", () => ({
  sregDev: attr("NFTA_FWD_SREG_DEV", 1, register),
  sregAddr: attr("NFTA_FWD_SREG_ADDR", 2, register),
  nfproto: attr("NFTA_FWD_NFPROTO", 3, nfproto32),
}));
/** Forwards the packet out of a link as it is, or to a neighbour there. */
export interface FwdExpr extends Infer<typeof set> {}
export const fwd: AttributeSet<FwdExpr> = set;
