import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  RTM_DELACTION,
  RTM_DELCHAIN,
  RTM_DELQDISC,
  RTM_DELTCLASS,
  RTM_DELTFILTER,
  RTM_GETACTION,
  RTM_GETCHAIN,
  RTM_GETQDISC,
  RTM_GETTCLASS,
  RTM_GETTFILTER,
  RTM_NEWACTION,
  RTM_NEWCHAIN,
  RTM_NEWQDISC,
  RTM_NEWTCLASS,
  RTM_NEWTFILTER,
} from "../constants.ts";
import { type Actions, actionsMessage } from "./actions/message.ts";
import {
  classMessage,
  type Filter,
  filterMessage,
  type Qdisc,
  qdiscMessage,
  type TcClass,
} from "./message.ts";

export const RTM_NEWQDISC_TYPE = messageType("RTM_NEWQDISC", RTM_NEWQDISC, qdiscMessage);
export const RTM_DELQDISC_TYPE = messageType("RTM_DELQDISC", RTM_DELQDISC, qdiscMessage);
export const RTM_GETQDISC_TYPE = messageType("RTM_GETQDISC", RTM_GETQDISC, qdiscMessage);
export const RTM_NEWTCLASS_TYPE = messageType("RTM_NEWTCLASS", RTM_NEWTCLASS, classMessage);
export const RTM_DELTCLASS_TYPE = messageType("RTM_DELTCLASS", RTM_DELTCLASS, classMessage);
export const RTM_GETTCLASS_TYPE = messageType("RTM_GETTCLASS", RTM_GETTCLASS, classMessage);
export const RTM_NEWTFILTER_TYPE = messageType("RTM_NEWTFILTER", RTM_NEWTFILTER, filterMessage);
export const RTM_DELTFILTER_TYPE = messageType("RTM_DELTFILTER", RTM_DELTFILTER, filterMessage);
export const RTM_GETTFILTER_TYPE = messageType("RTM_GETTFILTER", RTM_GETTFILTER, filterMessage);
export const RTM_NEWCHAIN_TYPE = messageType("RTM_NEWCHAIN", RTM_NEWCHAIN, filterMessage);
export const RTM_DELCHAIN_TYPE = messageType("RTM_DELCHAIN", RTM_DELCHAIN, filterMessage);
export const RTM_GETCHAIN_TYPE = messageType("RTM_GETCHAIN", RTM_GETCHAIN, filterMessage);
export const RTM_NEWACTION_TYPE = messageType("RTM_NEWACTION", RTM_NEWACTION, actionsMessage);
export const RTM_DELACTION_TYPE = messageType("RTM_DELACTION", RTM_DELACTION, actionsMessage);
export const RTM_GETACTION_TYPE = messageType("RTM_GETACTION", RTM_GETACTION, actionsMessage);

/** The message types of traffic control. */
export const tcTypes = [
  RTM_NEWQDISC_TYPE,
  RTM_DELQDISC_TYPE,
  RTM_GETQDISC_TYPE,
  RTM_NEWTCLASS_TYPE,
  RTM_DELTCLASS_TYPE,
  RTM_GETTCLASS_TYPE,
  RTM_NEWTFILTER_TYPE,
  RTM_DELTFILTER_TYPE,
  RTM_GETTFILTER_TYPE,
  RTM_NEWCHAIN_TYPE,
  RTM_DELCHAIN_TYPE,
  RTM_GETCHAIN_TYPE,
  RTM_NEWACTION_TYPE,
  RTM_DELACTION_TYPE,
  RTM_GETACTION_TYPE,
];

/** Adds a queueing discipline; NLM_F_REPLACE replaces, no flag changes one. */
export function newQdisc(value: Partial<Qdisc>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWQDISC_TYPE, value, flags);
}

export function delQdisc(value: Partial<Qdisc>): Request<never> {
  return change(RTM_DELQDISC_TYPE, value);
}

export function getQdisc(value: Partial<Qdisc>): Request<Qdisc> {
  return get(RTM_GETQDISC_TYPE, value, RTM_NEWQDISC_TYPE);
}

/** Queueing disciplines of all links, or with `tcmIfindex` of one; the kernel ignores other fields. */
export function listQdiscs(filter: Partial<Qdisc> = {}): Request<Qdisc> {
  return dump(RTM_GETQDISC_TYPE, filter, RTM_NEWQDISC_TYPE);
}

/** Adds a class. */
export function newClass(value: Partial<TcClass>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWTCLASS_TYPE, value, flags);
}

export function delClass(value: Partial<TcClass>): Request<never> {
  return change(RTM_DELTCLASS_TYPE, value);
}

export function getClass(value: Partial<TcClass>): Request<TcClass> {
  return get(RTM_GETTCLASS_TYPE, value, RTM_NEWTCLASS_TYPE);
}

/** Classes of the link `tcmIfindex`. */
export function listClasses(filter: Partial<TcClass>): Request<TcClass> {
  return dump(RTM_GETTCLASS_TYPE, filter, RTM_NEWTCLASS_TYPE);
}

/** Adds a filter. */
export function newFilter(value: Partial<Filter>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWTFILTER_TYPE, value, flags);
}

export function delFilter(value: Partial<Filter>): Request<never> {
  return change(RTM_DELTFILTER_TYPE, value);
}

export function getFilter(value: Partial<Filter>): Request<Filter> {
  return get(RTM_GETTFILTER_TYPE, value, RTM_NEWTFILTER_TYPE);
}

/** Filters of the link `tcmIfindex` below `tcmParent`. */
export function listFilters(filter: Partial<Filter>): Request<Filter> {
  return dump(RTM_GETTFILTER_TYPE, filter, RTM_NEWTFILTER_TYPE);
}

/** Adds a chain; `kind` and `options` make it take filters like that alone. */
export function newChain(value: Partial<Filter>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWCHAIN_TYPE, value, flags);
}

export function delChain(value: Partial<Filter>): Request<never> {
  return change(RTM_DELCHAIN_TYPE, value);
}

/** The answer is of the request's own type. */
export function getChain(value: Partial<Filter>): Request<Filter> {
  return get(RTM_GETCHAIN_TYPE, value, RTM_GETCHAIN_TYPE);
}

/** Chains of the link `tcmIfindex` below `tcmParent`. */
export function listChains(filter: Partial<Filter>): Request<Filter> {
  return dump(RTM_GETCHAIN_TYPE, filter, RTM_NEWCHAIN_TYPE);
}

/** Adds the actions of `tab`. */
export function newActions(
  value: Partial<Actions>,
  flags: number = NLM_F_CREATE | NLM_F_EXCL,
): Request<never> {
  return change(RTM_NEWACTION_TYPE, value, flags);
}

/** Deletes the actions of `tab`; with NLM_F_ROOT all of its kind. */
export function delActions(value: Partial<Actions>, flags = 0): Request<never> {
  return change(RTM_DELACTION_TYPE, value, flags);
}

/** The actions that `tab` has by kind and index. */
export function getActions(value: Partial<Actions>): Request<Actions> {
  return get(RTM_GETACTION_TYPE, value, RTM_GETACTION_TYPE);
}

/** Actions of the kind in `tab`. */
export function listActions(filter: Partial<Actions>): Request<Actions> {
  return dump(RTM_GETACTION_TYPE, filter, RTM_GETACTION_TYPE);
}
