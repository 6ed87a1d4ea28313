import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { nfproto32 } from "../../nfnetlink/header.ts";
import { register } from "../register.ts";

const set = attributes("expr-tproxy-attrs", () => ({
  family: attr("NFTA_TPROXY_FAMILY", 1, nfproto32),
  regAddr: attr("NFTA_TPROXY_REG_ADDR", 2, register),
  regPort: attr("NFTA_TPROXY_REG_PORT", 3, register),
}));
/** Gives the packet to a socket of this machine without changing it. */
export interface TproxyExpr extends Infer<typeof set> {}
export const tproxy: AttributeSet<TproxyExpr> = set;
