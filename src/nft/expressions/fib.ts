import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const parts = { saddr: 1, daddr: 2, mark: 4, iif: 8, oif: 16, present: 32 } as const;

const set = attributes("expr-fib-attrs", () => ({
  dreg: attr("NFTA_FIB_DREG", 1, register),
  result: attr(
    "NFTA_FIB_RESULT",
    2,
    enumeration(be32, "NFT_FIB_RESULT_", { oif: 1, oifname: 2, addrtype: 3 }),
  ),
  flags: attr("NFTA_FIB_FLAGS", 3, flags(be32, "NFTA_FIB_F_", parts)),
}));
/** Asks the routing tables about an address of the packet. */
export interface FibExpr extends Infer<typeof set> {}
export const fib: AttributeSet<FibExpr> = set;
