import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const parts = { invert: [1, "NFT_QUOTA_F_INV"], depleted: 2 } as const;

const set = attributes("quota-attrs", () => ({
  bytes: attr("NFTA_QUOTA_BYTES", 1, be64),
  flags: attr("NFTA_QUOTA_FLAGS", 2, flags(be32, "NFT_QUOTA_F_", parts)),
  pad: attr("NFTA_QUOTA_PAD", 3, bytes),
  consumed: attr("NFTA_QUOTA_CONSUMED", 4, be64),
}));
/** Matches up to a number of bytes, or from there on. */
export interface QuotaExpr extends Infer<typeof set> {}
export const quota: AttributeSet<QuotaExpr> = set;
