import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_BULK, NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELNEIGH, RTM_GETNEIGH, RTM_NEWNEIGH } from "../constants.ts";
import { type Neigh, neighMessage } from "./message.ts";

export const RTM_NEWNEIGH_TYPE = messageType("RTM_NEWNEIGH", RTM_NEWNEIGH, neighMessage);
export const RTM_DELNEIGH_TYPE = messageType("RTM_DELNEIGH", RTM_DELNEIGH, neighMessage);
export const RTM_GETNEIGH_TYPE = messageType("RTM_GETNEIGH", RTM_GETNEIGH, neighMessage);

/** The message types of neighbours and FDB entries. */
export const neighTypes = [RTM_NEWNEIGH_TYPE, RTM_DELNEIGH_TYPE, RTM_GETNEIGH_TYPE];

/** Adds an entry; see NLM_F_REPLACE and NLM_F_APPEND for the others of bridge-fdb(8)'s verbs. */
export function newNeigh(neigh: Partial<Neigh>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWNEIGH_TYPE, neigh, flags);
}

export function delNeigh(neigh: Partial<Neigh>): Request<never> {
  return change(RTM_DELNEIGH_TYPE, neigh);
}

/** Deletes all FDB entries that match (kernel 5.19 for bridges, 6.7 for VXLAN). */
export function flushNeigh(neigh: Partial<Neigh>): Request<never> {
  return change(RTM_DELNEIGH_TYPE, neigh, NLM_F_BULK);
}

export function getNeigh(neigh: Partial<Neigh>): Request<Neigh> {
  return get(RTM_GETNEIGH_TYPE, neigh, RTM_NEWNEIGH_TYPE);
}

/** All entries of a family; `ifindex` and `master` narrow it down in the kernel, `ndmFlags: ["proxy"]` lists proxies. */
export function listNeighs(filter: Partial<Neigh> = {}): Request<Neigh> {
  return dump(RTM_GETNEIGH_TYPE, filter, RTM_NEWNEIGH_TYPE);
}
