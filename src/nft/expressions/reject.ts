import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const types = { "icmp-unreach": 0, "tcp-rst": 1, "icmpx-unreach": 2 } as const;

const set = attributes("expr-reject-attrs", () => ({
  type: attr("NFTA_REJECT_TYPE", 1, enumeration(be32, "NFT_REJECT_", types)),
  /** Of the ICMP or ICMPv6 message; with `icmpx-unreach` NFT_REJECT_ICMPX_*, for both. */
  icmpCode: attr("NFTA_REJECT_ICMP_CODE", 2, u8),
}));
/** Drops the packet and tells the sender. */
export interface RejectExpr extends Infer<typeof set> {}
export const reject: AttributeSet<RejectExpr> = set;
