import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";
import { natRangeFlags } from "./nat-range-flags.ts";

const set = attributes("expr-redir-attrs", () => ({
  regProtoMin: attr("NFTA_REDIR_REG_PROTO_MIN", 1, register),
  regProtoMax: attr("NFTA_REDIR_REG_PROTO_MAX", 2, register),
  flags: attr("NFTA_REDIR_FLAGS", 3, natRangeFlags),
}));
/** Destination NAT to this machine. */
export interface RedirExpr extends Infer<typeof set> {}
export const redir: AttributeSet<RedirExpr> = set;
