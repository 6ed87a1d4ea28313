import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";
import { byteCount } from "../units.ts";

const bases = {
  "link-layer-header": [0, "NFT_PAYLOAD_LL_HEADER"],
  "network-header": 1,
  "transport-header": 2,
  "inner-header": 3,
  "tun-header": 4,
} as const;

const set = attributes("expr-payload-attrs", () => ({
  dreg: attr("NFTA_PAYLOAD_DREG", 1, register),
  base: attr("NFTA_PAYLOAD_BASE", 2, enumeration(be32, "NFT_PAYLOAD_", bases)),
  offset: attr("NFTA_PAYLOAD_OFFSET", 3, byteCount),
  len: attr("NFTA_PAYLOAD_LEN", 4, byteCount),
  sreg: attr("NFTA_PAYLOAD_SREG", 5, register),
  /** The checksum to correct when bytes are written. */
  csumType: attr(
    "NFTA_PAYLOAD_CSUM_TYPE",
    6,
    enumeration(be32, "NFT_PAYLOAD_CSUM_", { none: 0, inet: 1, sctp: 2 }),
  ),
  csumOffset: attr("NFTA_PAYLOAD_CSUM_OFFSET", 7, byteCount),
  csumFlags: attr("NFTA_PAYLOAD_CSUM_FLAGS", 8, flags(be32, "NFT_PAYLOAD_", { "l4csum-pseudohdr": 1 })),
}));
/** Reads bytes of the packet into a register, or writes them from one. */
export interface PayloadExpr extends Infer<typeof set> {}
export const payload: AttributeSet<PayloadExpr> = set;
