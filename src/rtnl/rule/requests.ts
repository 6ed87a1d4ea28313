import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, type Request } from "../../netlink/request.ts";
import { RTM_DELRULE, RTM_GETRULE, RTM_NEWRULE } from "../constants.ts";
import { type Rule, ruleMessage } from "./message.ts";

export const RTM_NEWRULE_TYPE = messageType("RTM_NEWRULE", RTM_NEWRULE, ruleMessage);
export const RTM_DELRULE_TYPE = messageType("RTM_DELRULE", RTM_DELRULE, ruleMessage);
export const RTM_GETRULE_TYPE = messageType("RTM_GETRULE", RTM_GETRULE, ruleMessage);

/** The message types of rules. */
export const ruleTypes = [RTM_NEWRULE_TYPE, RTM_DELRULE_TYPE, RTM_GETRULE_TYPE];

/** Adds a rule. */
export function newRule(rule: Partial<Rule>): Request<never> {
  return change(RTM_NEWRULE_TYPE, rule, NLM_F_CREATE | NLM_F_EXCL);
}

/** Deletes the first rule that has all that is given. */
export function delRule(rule: Partial<Rule>): Request<never> {
  return change(RTM_DELRULE_TYPE, rule);
}

/** All rules of a family, or of all. The kernel filters by nothing else. */
export function listRules(filter: Pick<Partial<Rule>, "frhFamily"> = {}): Request<Rule> {
  return dump(RTM_GETRULE_TYPE, filter, RTM_NEWRULE_TYPE);
}
