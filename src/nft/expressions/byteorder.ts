import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";
import { byteCount } from "../units.ts";

const set = attributes("expr-byteorder-attrs", () => ({
  sreg: attr("NFTA_BYTEORDER_SREG", 1, register),
  dreg: attr("NFTA_BYTEORDER_DREG", 2, register),
  op: attr("NFTA_BYTEORDER_OP", 3, enumeration(be32, "NFT_BYTEORDER_", { ntoh: 0, hton: 1 })),
  len: attr("NFTA_BYTEORDER_LEN", 4, byteCount),
  /** Of one number: 2, 4 or 8. */
  size: attr("NFTA_BYTEORDER_SIZE", 5, byteCount),
}));
/** Converts numbers in registers to or from network byte order. */
export interface ByteorderExpr extends Infer<typeof set> {}
export const byteorder: AttributeSet<ByteorderExpr> = set;
