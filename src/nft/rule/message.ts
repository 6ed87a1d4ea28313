import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { expressions } from "../expression.ts";

const compatSet = attributes("rule-compat-attrs", () => ({
  /** IPPROTO_*. */
  proto: attr("NFTA_RULE_COMPAT_PROTO", 1, be32),
  flags: attr("NFTA_RULE_COMPAT_FLAGS", 2, flags(be32, "NFT_RULE_COMPAT_F_", { unused: 1, inv: 2 })),
}));
export interface RuleCompat extends Infer<typeof compatSet> {}
const ruleCompat: AttributeSet<RuleCompat> = compatSet;

const set = attributes("rule-attrs", () => ({
  table: attr("NFTA_RULE_TABLE", 1, string),
  chain: attr("NFTA_RULE_CHAIN", 2, string),
  handle: attr("NFTA_RULE_HANDLE", 3, be64),
  expressions: attr("NFTA_RULE_EXPRESSIONS", 4, expressions),
  /** Of a rule of iptables. */
  compat: attr("NFTA_RULE_COMPAT", 5, ruleCompat),
  /** Handle of another rule: with NLM_F_APPEND it goes behind that one, without in front of it. */
  position: attr("NFTA_RULE_POSITION", 6, be64),
  /** A program's own notes: nft keeps comments here. */
  userdata: attr("NFTA_RULE_USERDATA", 7, bytes),
  pad: attr("NFTA_RULE_PAD", 8, bytes),
  /** Names it in the batch that makes it. */
  id: attr("NFTA_RULE_ID", 9, be32),
  /** As `position`, of a rule that is made in the same batch. */
  positionId: attr("NFTA_RULE_POSITION_ID", 10, be32),
  /** As `chain`, of a chain that is made in the same batch. */
  chainId: attr("NFTA_RULE_CHAIN_ID", 11, be32),
}));
export interface RuleAttrs extends Infer<typeof set> {}
export const ruleAttrs: AttributeSet<RuleAttrs> = set;

/** A rule: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface Rule extends Nfgenmsg, RuleAttrs {
  trailing?: Uint8Array;
}
export const ruleMessage: Message<Rule> = nfMessage("rule", ruleAttrs);
