import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { register } from "../register.ts";

const set = attributes("numgen-attrs", () => ({
  dreg: attr("NFTA_NG_DREG", 1, register),
  modulus: attr("NFTA_NG_MODULUS", 2, be32),
  type: attr("NFTA_NG_TYPE", 3, enumeration(be32, "NFT_NG_", { incremental: 0, random: 1 })),
  /** Added to the result. */
  offset: attr("NFTA_NG_OFFSET", 4, be32),
  setName: attr("NFTA_NG_SET_NAME", 5, string),
  setId: attr("NFTA_NG_SET_ID", 6, be32),
}));
/** Numbers from 0 to less than `modulus`: one after the other, or at random. */
export interface NumgenExpr extends Infer<typeof set> {}
export const numgen: AttributeSet<NumgenExpr> = set;
