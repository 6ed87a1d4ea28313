import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be16, be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage, nfproto32 } from "../../nfnetlink/header.ts";
import { verdict, verdictCode } from "../data.ts";
import { ctDirection } from "../expressions/ct.ts";

const set = attributes("trace-attrs", () => ({
  table: attr("NFTA_TRACE_TABLE", 1, string),
  chain: attr("NFTA_TRACE_CHAIN", 2, string),
  ruleHandle: attr("NFTA_TRACE_RULE_HANDLE", 3, be64),
  type: attr("NFTA_TRACE_TYPE", 4, enumeration(be32, "NFT_TRACETYPE_", { policy: 1, return: 2, rule: 3 })),
  verdict: attr("NFTA_TRACE_VERDICT", 5, verdict),
  /** The same for one packet. */
  id: attr("NFTA_TRACE_ID", 6, be32),
  llHeader: attr("NFTA_TRACE_LL_HEADER", 7, bytes),
  networkHeader: attr("NFTA_TRACE_NETWORK_HEADER", 8, bytes),
  transportHeader: attr("NFTA_TRACE_TRANSPORT_HEADER", 9, bytes),
  /** Index of the link that it came by. */
  iif: attr("NFTA_TRACE_IIF", 10, be32),
  /** ARPHRD_*. */
  iiftype: attr("NFTA_TRACE_IIFTYPE", 11, be16),
  oif: attr("NFTA_TRACE_OIF", 12, be32),
  oiftype: attr("NFTA_TRACE_OIFTYPE", 13, be16),
  mark: attr("NFTA_TRACE_MARK", 14, be32),
  nfproto: attr("NFTA_TRACE_NFPROTO", 15, nfproto32),
  policy: attr("NFTA_TRACE_POLICY", 16, verdictCode),
  pad: attr("NFTA_TRACE_PAD", 17, bytes),
  /** Of its connection, since Linux 6.16. */
  ctId: attr("NFTA_TRACE_CT_ID", 18, be32),
  ctDirection: attr("NFTA_TRACE_CT_DIRECTION", 19, ctDirection),
  /** IPS_*. */
  ctStatus: attr("NFTA_TRACE_CT_STATUS", 20, be32),
  /** NF_CT_STATE_BIT(): 1 invalid, then 1 << 1 + IP_CT_*. */
  ctState: attr("NFTA_TRACE_CT_STATE", 21, be32),
}));
export interface TraceAttrs extends Infer<typeof set> {}
export const traceAttrs: AttributeSet<TraceAttrs> = set;

/** What a rule did with a packet that is traced (meta nftrace, nft(8) monitor trace). */
export interface Trace extends Nfgenmsg, TraceAttrs {
  trailing?: Uint8Array;
}
export const traceMessage: Message<Trace> = nfMessage("trace", traceAttrs);
