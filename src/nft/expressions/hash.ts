import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { register } from "../register.ts";
import { byteCount } from "../units.ts";

const set = attributes("expr-hash-attrs", () => ({
  sreg: attr("NFTA_HASH_SREG", 1, register),
  dreg: attr("NFTA_HASH_DREG", 2, register),
  len: attr("NFTA_HASH_LEN", 3, byteCount),
  modulus: attr("NFTA_HASH_MODULUS", 4, be32),
  seed: attr("NFTA_HASH_SEED", 5, be32),
  /** Added to the result. */
  offset: attr("NFTA_HASH_OFFSET", 6, be32),
  type: attr("NFTA_HASH_TYPE", 7, enumeration(be32, "NFT_HASH_", { jenkins: 0, sym: 1 })),
  setName: attr("NFTA_HASH_SET_NAME", 8, string),
  setId: attr("NFTA_HASH_SET_ID", 9, be32),
}));
/** Makes a number of a register's content, or of the connection. */
export interface HashExpr extends Infer<typeof set> {}
export const hash: AttributeSet<HashExpr> = set;
