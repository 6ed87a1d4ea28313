import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const keys = {
  len: 0,
  protocol: 1,
  priority: 2,
  mark: 3,
  iif: 4,
  oif: 5,
  iifname: 6,
  oifname: 7,
  iftype: 8,
  oiftype: 9,
  skuid: 10,
  skgid: 11,
  nftrace: 12,
  rtclassid: 13,
  secmark: 14,
  nfproto: 15,
  "l4-proto": [16, "NFT_META_L4PROTO"],
  "bri-iifname": 17,
  "bri-oifname": 18,
  pkttype: 19,
  cpu: 20,
  iifgroup: 21,
  oifgroup: 22,
  cgroup: 23,
  prandom: 24,
  secpath: 25,
  iifkind: 26,
  oifkind: 27,
  "bri-iifpvid": 28,
  "bri-iifvproto": 29,
  "time-ns": 30,
  "time-day": 31,
  "time-hour": 32,
  sdif: 33,
  sdifname: 34,
  "bri-broute": 35,
  "bri-iifhwaddr": 37,
} as const;

const set = attributes("expr-meta-attrs", () => ({
  dreg: attr("NFTA_META_DREG", 1, register),
  key: attr("NFTA_META_KEY", 2, enumeration(be32, "NFT_META_", keys)),
  sreg: attr("NFTA_META_SREG", 3, register),
}));
/** Reads what the kernel knows of the packet, or writes it. */
export interface MetaExpr extends Infer<typeof set> {}
export const meta: AttributeSet<MetaExpr> = set;
