import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELADDRLABEL, RTM_GETADDRLABEL, RTM_NEWADDRLABEL } from "../constants.ts";
import { type Addrlabel, addrlabelMessage } from "./message.ts";

export const RTM_NEWADDRLABEL_TYPE = messageType("RTM_NEWADDRLABEL", RTM_NEWADDRLABEL, addrlabelMessage);
export const RTM_DELADDRLABEL_TYPE = messageType("RTM_DELADDRLABEL", RTM_DELADDRLABEL, addrlabelMessage);
export const RTM_GETADDRLABEL_TYPE = messageType("RTM_GETADDRLABEL", RTM_GETADDRLABEL, addrlabelMessage);

/** The message types of address labels. */
export const addrlabelTypes = [RTM_NEWADDRLABEL_TYPE, RTM_DELADDRLABEL_TYPE, RTM_GETADDRLABEL_TYPE];

/** Gives a prefix a label. */
export function newAddrlabel(
  label: Partial<Addrlabel>,
  flags: number = NLM_F_CREATE | NLM_F_EXCL,
): Request<never> {
  return change(RTM_NEWADDRLABEL_TYPE, label, flags);
}

/** Deletes the label of a prefix. The kernel wants one to be named, and does not look which. */
export function delAddrlabel(label: Partial<Addrlabel>): Request<never> {
  return change(RTM_DELADDRLABEL_TYPE, { label: 0, ...label });
}

/** The label that an address, with prefix length 128, has. */
export function getAddrlabel(label: Partial<Addrlabel>): Request<Addrlabel> {
  return get(RTM_GETADDRLABEL_TYPE, label, RTM_NEWADDRLABEL_TYPE);
}

export function listAddrlabels(filter: Partial<Addrlabel> = {}): Request<Addrlabel> {
  return dump(RTM_GETADDRLABEL_TYPE, filter, RTM_NEWADDRLABEL_TYPE);
}
