import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";
import { natRangeFlags } from "./nat-range-flags.ts";

const set = attributes("expr-masq-attrs", () => ({
  flags: attr("NFTA_MASQ_FLAGS", 1, natRangeFlags),
  regProtoMin: attr("NFTA_MASQ_REG_PROTO_MIN", 2, register),
  regProtoMax: attr("NFTA_MASQ_REG_PROTO_MAX", 3, register),
}));
/** Source NAT to the address of the link that the packet leaves by. */
export interface MasqExpr extends Infer<typeof set> {}
export const masq: AttributeSet<MasqExpr> = set;
