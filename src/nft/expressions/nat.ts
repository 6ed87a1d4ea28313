import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { nfproto32 } from "../../nfnetlink/header.ts";
import { register } from "../register.ts";
import { natRangeFlags } from "./nat-range-flags.ts";

const set = attributes("expr-nat-attrs", () => ({
  type: attr("NFTA_NAT_TYPE", 1, enumeration(be32, "NFT_NAT_", { snat: 0, dnat: 1 })),
  family: attr("NFTA_NAT_FAMILY", 2, nfproto32),
  regAddrMin: attr("NFTA_NAT_REG_ADDR_MIN", 3, register),
  regAddrMax: attr("NFTA_NAT_REG_ADDR_MAX", 4, register),
  regProtoMin: attr("NFTA_NAT_REG_PROTO_MIN", 5, register),
  regProtoMax: attr("NFTA_NAT_REG_PROTO_MAX", 6, register),
  flags: attr("NFTA_NAT_FLAGS", 7, natRangeFlags),
}));
/** Source or destination NAT to addresses and ports in registers. */
export interface NatExpr extends Infer<typeof set> {}
export const nat: AttributeSet<NatExpr> = set;
