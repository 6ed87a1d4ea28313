import { messageType } from "../../netlink/codec/protocol.ts";
import { change, dump, type Request } from "../../netlink/request.ts";
import { RTM_DELVLAN, RTM_GETVLAN, RTM_NEWVLAN } from "../constants.ts";
import { type BrVlan, type BrVlanDump, brVlanDumpMessage, brVlanMessage } from "./message.ts";

export const RTM_NEWVLAN_TYPE = messageType("RTM_NEWVLAN", RTM_NEWVLAN, brVlanMessage);
export const RTM_DELVLAN_TYPE = messageType("RTM_DELVLAN", RTM_DELVLAN, brVlanMessage);
export const RTM_GETVLAN_TYPE = messageType("RTM_GETVLAN", RTM_GETVLAN, brVlanDumpMessage);

/** The message types of bridges' VLANs. */
export const brVlanTypes = [RTM_NEWVLAN_TYPE, RTM_DELVLAN_TYPE, RTM_GETVLAN_TYPE];

/** Adds VLANs, or with the flag `only-opts` changes their options (kernel 5.6). */
export function newBrVlan(vlan: Partial<BrVlan>): Request<never> {
  return change(RTM_NEWVLAN_TYPE, vlan);
}

export function delBrVlan(vlan: Partial<BrVlan>): Request<never> {
  return change(RTM_DELVLAN_TYPE, vlan);
}

/** The VLANs of all bridges and ports, a message for each; `ifindex` narrows it down in the kernel. */
export function listBrVlans(filter: Partial<BrVlanDump> = {}): Request<BrVlan> {
  return dump(RTM_GETVLAN_TYPE, filter, RTM_NEWVLAN_TYPE);
}
