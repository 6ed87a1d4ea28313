import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { data } from "../data.ts";
import { register } from "../register.ts";
import { byteCount } from "../units.ts";

const ops = { "mask-xor": 0, lshift: 1, rshift: 2, and: 3, or: 4, xor: 5 } as const;

const set = attributes("expr-bitwise-attrs", () => ({
  sreg: attr("NFTA_BITWISE_SREG", 1, register),
  dreg: attr("NFTA_BITWISE_DREG", 2, register),
  len: attr("NFTA_BITWISE_LEN", 3, byteCount),
  mask: attr("NFTA_BITWISE_MASK", 4, data),
  xor: attr("NFTA_BITWISE_XOR", 5, data),
  op: attr("NFTA_BITWISE_OP", 6, enumeration(be32, "NFT_BITWISE_", ops)),
  /** Of a shift: by how many bits, as a number of the host's byte order. */
  data: attr("NFTA_BITWISE_DATA", 7, data),
  /** The second operand of AND, OR and XOR, since Linux 6.13. */
  sreg2: attr("NFTA_BITWISE_SREG2", 8, register),
}));
/** `dreg = (sreg & mask) ^ xor`, a shift, or an operation of two registers. */
export interface BitwiseExpr extends Infer<typeof set> {}
export const bitwise: AttributeSet<BitwiseExpr> = set;
