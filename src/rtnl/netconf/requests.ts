import { messageType } from "../../netlink/codec/protocol.ts";
import { dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELNETCONF, RTM_GETNETCONF, RTM_NEWNETCONF } from "../constants.ts";
import { type Netconf, netconfMessage } from "./message.ts";

export const RTM_NEWNETCONF_TYPE = messageType("RTM_NEWNETCONF", RTM_NEWNETCONF, netconfMessage);
export const RTM_DELNETCONF_TYPE = messageType("RTM_DELNETCONF", RTM_DELNETCONF, netconfMessage);
export const RTM_GETNETCONF_TYPE = messageType("RTM_GETNETCONF", RTM_GETNETCONF, netconfMessage);

/** The message types of netconf. */
export const netconfTypes = [RTM_NEWNETCONF_TYPE, RTM_DELNETCONF_TYPE, RTM_GETNETCONF_TYPE];

/** That of the link `ifindex`, in one family. */
export function getNetconf(netconf: Partial<Netconf>): Request<Netconf> {
  return get(RTM_GETNETCONF_TYPE, netconf, RTM_NEWNETCONF_TYPE);
}

/** Those of all links, of one family or of all. */
export function listNetconf(filter: Pick<Partial<Netconf>, "ncmFamily"> = {}): Request<Netconf> {
  return dump(RTM_GETNETCONF_TYPE, filter, RTM_NEWNETCONF_TYPE);
}
