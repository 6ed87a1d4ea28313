import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";
import { byteCount } from "../units.ts";

const ops = { ipv6: 0, tcpopt: 1, ipv4: 2, sctp: 3, dccp: 4 } as const;

const set = attributes("expr-exthdr-attrs", () => ({
  dreg: attr("NFTA_EXTHDR_DREG", 1, register),
  /** Of the header or the option. */
  type: attr("NFTA_EXTHDR_TYPE", 2, u8),
  offset: attr("NFTA_EXTHDR_OFFSET", 3, byteCount),
  len: attr("NFTA_EXTHDR_LEN", 4, byteCount),
  /** With `sreg` the kernel refuses it, though it tells of none. */
  flags: attr("NFTA_EXTHDR_FLAGS", 5, flags(be32, "NFT_EXTHDR_F_", { present: 1 })),
  op: attr("NFTA_EXTHDR_OP", 6, enumeration(be32, "NFT_EXTHDR_OP_", ops)),
  sreg: attr("NFTA_EXTHDR_SREG", 7, register),
}));
/** Reads or writes a part of an extension header or option, or tells whether it is there. */
export interface ExthdrExpr extends Infer<typeof set> {}
export const exthdr: AttributeSet<ExthdrExpr> = set;
