import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const keys = {
  "daddr-ip4": 1,
  "daddr-ip6": 2,
  "saddr-ip4": 3,
  "saddr-ip6": 4,
  reqid: 5,
  spi: 6,
} as const;

const set = attributes("expr-xfrm-attrs", () => ({
  dreg: attr("NFTA_XFRM_DREG", 1, register),
  key: attr("NFTA_XFRM_KEY", 2, enumeration(be32, "NFT_XFRM_KEY_", keys)),
  dir: attr("NFTA_XFRM_DIR", 3, enumeration(u8, "XFRM_POLICY_", { in: 0, out: 1 })),
  /** Which of several states: 0 is the outermost. */
  spnum: attr("NFTA_XFRM_SPNUM", 4, be32),
}));
/** Reads from the IPsec state that the packet went through. */
export interface XfrmExpr extends Infer<typeof set> {}
export const xfrm: AttributeSet<XfrmExpr> = set;
