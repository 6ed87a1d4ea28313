import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const keys = {
  state: 0,
  direction: 1,
  status: 2,
  mark: 3,
  secmark: 4,
  expiration: 5,
  helper: 6,
  l3protocol: 7,
  src: 8,
  dst: 9,
  protocol: 10,
  "proto-src": 11,
  "proto-dst": 12,
  labels: 13,
  pkts: 14,
  bytes: 15,
  avgpkt: 16,
  zone: 17,
  eventmask: 18,
  "src-ip": 19,
  "dst-ip": 20,
  "src-ip6": 21,
  "dst-ip6": 22,
  "ct-id": [23, "NFT_CT_ID"],
} as const;

const directions = { original: 0, reply: 1 } as const;
/** IP_CT_DIR_* (linux/netfilter/nf_conntrack_tuple_common.h). */
export const ctDirection: NamedShape<NameOf<typeof directions>> = enumeration(u8, "IP_CT_DIR_", directions);

const set = attributes("expr-ct-attrs", () => ({
  dreg: attr("NFTA_CT_DREG", 1, register),
  key: attr("NFTA_CT_KEY", 2, enumeration(be32, "NFT_CT_", keys)),
  direction: attr("NFTA_CT_DIRECTION", 3, ctDirection),
  sreg: attr("NFTA_CT_SREG", 4, register),
}));
/** Reads what connection tracking knows of the packet, or writes it. */
export interface CtExpr extends Infer<typeof set> {}
export const ct: AttributeSet<CtExpr> = set;
