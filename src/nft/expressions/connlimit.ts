import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const set = attributes("expr-connlimit-attrs", () => ({
  count: attr("NFTA_CONNLIMIT_COUNT", 1, be32),
  flags: attr("NFTA_CONNLIMIT_FLAGS", 2, flags(be32, "NFT_CONNLIMIT_F_", { inv: 1 })),
}));
/** Matches while there are no more connections than that. */
export interface ConnlimitExpr extends Infer<typeof set> {}
export const connlimit: AttributeSet<ConnlimitExpr> = set;
