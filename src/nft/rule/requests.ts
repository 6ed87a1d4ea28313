import { NLM_F_APPEND, NLM_F_CREATE } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  NFT_MSG_DELRULE,
  NFT_MSG_DESTROYRULE,
  NFT_MSG_GETRULE,
  NFT_MSG_GETRULE_RESET,
  NFT_MSG_NEWRULE,
} from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type Rule, ruleMessage } from "./message.ts";

export const NFT_MSG_NEWRULE_TYPE = nftType("NFT_MSG_NEWRULE", NFT_MSG_NEWRULE, ruleMessage);
export const NFT_MSG_GETRULE_TYPE = nftType("NFT_MSG_GETRULE", NFT_MSG_GETRULE, ruleMessage);
export const NFT_MSG_DELRULE_TYPE = nftType("NFT_MSG_DELRULE", NFT_MSG_DELRULE, ruleMessage);
export const NFT_MSG_DESTROYRULE_TYPE = nftType("NFT_MSG_DESTROYRULE", NFT_MSG_DESTROYRULE, ruleMessage);
export const NFT_MSG_GETRULE_RESET_TYPE = nftType(
  "NFT_MSG_GETRULE_RESET",
  NFT_MSG_GETRULE_RESET,
  ruleMessage,
);

/** The message types of rules. */
export const ruleTypes = [
  NFT_MSG_NEWRULE_TYPE,
  NFT_MSG_GETRULE_TYPE,
  NFT_MSG_DELRULE_TYPE,
  NFT_MSG_DESTROYRULE_TYPE,
  NFT_MSG_GETRULE_RESET_TYPE,
];

/** Makes a rule; like all changes of nf_tables, in a batch. */
export function newRule(rule: Partial<Rule>, flags: number = NLM_F_CREATE | NLM_F_APPEND): Request<never> {
  return change(NFT_MSG_NEWRULE_TYPE, rule, flags);
}

/** Deletes a rule by its name or handle; `ENOENT` where there is none. */
export function delRule(rule: Partial<Rule>): Request<never> {
  return change(NFT_MSG_DELRULE_TYPE, rule);
}

/** The same, content where there is none (Linux 6.3). */
export function destroyRule(rule: Partial<Rule>): Request<never> {
  return change(NFT_MSG_DESTROYRULE_TYPE, rule);
}

/** A rule by its name or handle. */
export function getRule(rule: Partial<Rule>): Request<Rule> {
  return get(NFT_MSG_GETRULE_TYPE, rule, NFT_MSG_NEWRULE_TYPE);
}

/** All rules; `nfgenFamily`, `table` and `chain` narrow it down in the kernel. */
export function listRules(filter: Partial<Rule> = {}): Request<Rule> {
  return dump(NFT_MSG_GETRULE_TYPE, filter, NFT_MSG_NEWRULE_TYPE);
}

/** The rules, whose counters and quotas begin anew. */
export function resetRules(filter: Partial<Rule> = {}): Request<Rule> {
  return dump(NFT_MSG_GETRULE_RESET_TYPE, filter, NFT_MSG_NEWRULE_TYPE);
}
