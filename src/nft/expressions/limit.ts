import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { seconds64 } from "../units.ts";

const set = attributes("expr-limit-attrs", () => ({
  /** Packets or bytes in a unit of time. */
  rate: attr("NFTA_LIMIT_RATE", 1, be64),
  unit: attr("NFTA_LIMIT_UNIT", 2, seconds64),
  burst: attr("NFTA_LIMIT_BURST", 3, be32),
  type: attr("NFTA_LIMIT_TYPE", 4, enumeration(be32, "NFT_LIMIT_", { pkts: 0, "pkt-bytes": 1 })),
  flags: attr("NFTA_LIMIT_FLAGS", 5, flags(be32, "NFT_LIMIT_F_", { inv: 1 })),
  pad: attr("NFTA_LIMIT_PAD", 6, bytes),
}));
/** Matches up to a rate. */
export interface LimitExpr extends Infer<typeof set> {}
export const limit: AttributeSet<LimitExpr> = set;
