import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { byteCount } from "../units.ts";
import { innerExpr } from "./inner-expr.ts";

const set = attributes("expr-inner-attrs", () => ({
  num: attr("NFTA_INNER_NUM", 1, be32),
  type: attr("NFTA_INNER_TYPE", 2, enumeration(be32, "NFT_INNER_", { vxlan: 1, geneve: 2 })),
  flags: attr("NFTA_INNER_FLAGS", 3, flags(be32, "NFT_INNER_", { hdrsize: 1, ll: 2, nh: 4, th: 8 })),
  /** Of the tunnel's header. */
  hdrsize: attr("NFTA_INNER_HDRSIZE", 4, byteCount),
  expr: attr("NFTA_INNER_EXPR", 5, innerExpr),
}));
/** Looks at a tunnel's packet inside of the packet. */
export interface InnerExpr extends Infer<typeof set> {}
export const inner: AttributeSet<InnerExpr> = set;
