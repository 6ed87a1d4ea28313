import { messageType } from "../../netlink/codec/protocol.ts";
import { change, dump, type Request } from "../../netlink/request.ts";
import { RTM_DELTUNNEL, RTM_GETTUNNEL, RTM_NEWTUNNEL } from "../constants.ts";
import { type Vnifilter, vnifilterMessage } from "./message.ts";

export const RTM_NEWTUNNEL_TYPE = messageType("RTM_NEWTUNNEL", RTM_NEWTUNNEL, vnifilterMessage);
export const RTM_DELTUNNEL_TYPE = messageType("RTM_DELTUNNEL", RTM_DELTUNNEL, vnifilterMessage);
export const RTM_GETTUNNEL_TYPE = messageType("RTM_GETTUNNEL", RTM_GETTUNNEL, vnifilterMessage);

/** The message types of VXLANs' filters. */
export const vnifilterTypes = [RTM_NEWTUNNEL_TYPE, RTM_DELTUNNEL_TYPE, RTM_GETTUNNEL_TYPE];

/** Lets network identifiers in (kernel 5.18). */
export function newVnifilter(filter: Partial<Vnifilter>): Request<never> {
  return change(RTM_NEWTUNNEL_TYPE, filter);
}

export function delVnifilter(filter: Partial<Vnifilter>): Request<never> {
  return change(RTM_DELTUNNEL_TYPE, filter);
}

/** The filters of all VXLANs; `ifindex` narrows it down in the kernel. */
export function listVnifilters(filter: Partial<Vnifilter> = {}): Request<Vnifilter> {
  return dump(RTM_GETTUNNEL_TYPE, filter, RTM_NEWTUNNEL_TYPE);
}
