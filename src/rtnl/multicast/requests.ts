import { messageType } from "../../netlink/codec/protocol.ts";
import { dump, type Request } from "../../netlink/request.ts";
import { type Addr, addrMessage } from "../addr/message.ts";
import {
  RTM_DELANYCAST,
  RTM_DELMULTICAST,
  RTM_GETANYCAST,
  RTM_GETMULTICAST,
  RTM_NEWANYCAST,
  RTM_NEWMULTICAST,
} from "../constants.ts";

export const RTM_NEWMULTICAST_TYPE = messageType("RTM_NEWMULTICAST", RTM_NEWMULTICAST, addrMessage);
export const RTM_DELMULTICAST_TYPE = messageType("RTM_DELMULTICAST", RTM_DELMULTICAST, addrMessage);
export const RTM_GETMULTICAST_TYPE = messageType("RTM_GETMULTICAST", RTM_GETMULTICAST, addrMessage);
export const RTM_NEWANYCAST_TYPE = messageType("RTM_NEWANYCAST", RTM_NEWANYCAST, addrMessage);
export const RTM_DELANYCAST_TYPE = messageType("RTM_DELANYCAST", RTM_DELANYCAST, addrMessage);
export const RTM_GETANYCAST_TYPE = messageType("RTM_GETANYCAST", RTM_GETANYCAST, addrMessage);

/** The message types of the groups that a link listens to; there are no requests to change them. */
export const multicastTypes = [
  RTM_NEWMULTICAST_TYPE,
  RTM_DELMULTICAST_TYPE,
  RTM_GETMULTICAST_TYPE,
  RTM_NEWANYCAST_TYPE,
  RTM_DELANYCAST_TYPE,
  RTM_GETANYCAST_TYPE,
];

/** Multicast addresses; `ifaFamily` is needed. Of IPv4 since kernel 6.15. */
export function listMulticast(filter: Partial<Addr>): Request<Addr> {
  return dump(RTM_GETMULTICAST_TYPE, filter, RTM_NEWMULTICAST_TYPE);
}

/** Anycast addresses of IPv6. */
export function listAnycast(filter: Partial<Addr> = { ifaFamily: "inet6" }): Request<Addr> {
  return dump(RTM_GETANYCAST_TYPE, filter, RTM_NEWANYCAST_TYPE);
}
