import { messageType } from "../../netlink/codec/protocol.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELNSID, RTM_GETNSID, RTM_NEWNSID } from "../constants.ts";
import { type Nsid, nsidMessage } from "./message.ts";

export const RTM_NEWNSID_TYPE = messageType("RTM_NEWNSID", RTM_NEWNSID, nsidMessage);
export const RTM_DELNSID_TYPE = messageType("RTM_DELNSID", RTM_DELNSID, nsidMessage);
export const RTM_GETNSID_TYPE = messageType("RTM_GETNSID", RTM_GETNSID, nsidMessage);

/** The message types of namespace ids. */
export const nsidTypes = [RTM_NEWNSID_TYPE, RTM_DELNSID_TYPE, RTM_GETNSID_TYPE];

/** Gives the namespace of `fd` or `pid` an id; `nsid: -1` lets the kernel choose. */
export function newNsid(nsid: Partial<Nsid>): Request<never> {
  return change(RTM_NEWNSID_TYPE, nsid);
}

/** The id of the namespace of `fd` or `pid`. */
export function getNsid(nsid: Partial<Nsid>): Request<Nsid> {
  return get(RTM_GETNSID_TYPE, nsid, RTM_NEWNSID_TYPE);
}

export function listNsids(filter: Partial<Nsid> = {}): Request<Nsid> {
  return dump(RTM_GETNSID_TYPE, filter, RTM_NEWNSID_TYPE);
}
