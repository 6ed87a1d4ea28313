import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { register } from "../register.ts";

const set = attributes("expr-lookup-attrs", () => ({
  set: attr("NFTA_LOOKUP_SET", 1, string),
  sreg: attr("NFTA_LOOKUP_SREG", 2, register),
  dreg: attr("NFTA_LOOKUP_DREG", 3, register),
  /** Of a set that is made in the same batch. */
  setId: attr("NFTA_LOOKUP_SET_ID", 4, be32),
  flags: attr("NFTA_LOOKUP_FLAGS", 5, flags(be32, "NFT_LOOKUP_F_", { invert: [1, "NFT_LOOKUP_F_INV"] })),
}));
/** Looks a key up in a set; of a map, its value goes into `dreg`. */
export interface LookupExpr extends Infer<typeof set> {}
export const lookup: AttributeSet<LookupExpr> = set;
