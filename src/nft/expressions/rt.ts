import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const keys = { classid: 0, nexthop4: 1, nexthop6: 2, tcpmss: 3, xfrm: 4 } as const;

const set = attributes("expr-rt-attrs", () => ({
  dreg: attr("NFTA_RT_DREG", 1, register),
  key: attr("NFTA_RT_KEY", 2, enumeration(be32, "NFT_RT_", keys)),
}));
/** Reads what routing says of the packet. */
export interface RtExpr extends Infer<typeof set> {}
export const rt: AttributeSet<RtExpr> = set;
