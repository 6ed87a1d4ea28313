import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be16, be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const options = { mss: 1, wscale: 2, "sack-perm": 4, timestamp: 8, ecn: 16 } as const;

const set = attributes("expr-synproxy-attrs", () => ({
  mss: attr("NFTA_SYNPROXY_MSS", 1, be16),
  wscale: attr("NFTA_SYNPROXY_WSCALE", 2, u8),
  flags: attr("NFTA_SYNPROXY_FLAGS", 3, flags(be32, "NF_SYNPROXY_OPT_", options)),
}));
/** Answers TCP SYNs in the name of the server. */
export interface SynproxyExpr extends Infer<typeof set> {}
export const synproxy: AttributeSet<SynproxyExpr> = set;
