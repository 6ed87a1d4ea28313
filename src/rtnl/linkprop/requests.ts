import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, type Request } from "../../netlink/request.ts";
import { RTM_DELLINKPROP, RTM_GETLINKPROP, RTM_NEWLINKPROP } from "../constants.ts";
import { type Link, linkMessage } from "../link/message.ts";

export const RTM_NEWLINKPROP_TYPE = messageType("RTM_NEWLINKPROP", RTM_NEWLINKPROP, linkMessage);
export const RTM_DELLINKPROP_TYPE = messageType("RTM_DELLINKPROP", RTM_DELLINKPROP, linkMessage);
/** Reserved by the header; the kernel answers it with EOPNOTSUPP. */
export const RTM_GETLINKPROP_TYPE = messageType("RTM_GETLINKPROP", RTM_GETLINKPROP, linkMessage);

/** The message types of links' properties: their alternative names. */
export const linkpropTypes = [RTM_NEWLINKPROP_TYPE, RTM_DELLINKPROP_TYPE, RTM_GETLINKPROP_TYPE];

/** Adds the names in `propList` to the link with this `ifiIndex` or `ifname`. */
export function newLinkprop(link: Partial<Link>): Request<never> {
  return change(RTM_NEWLINKPROP_TYPE, link, NLM_F_CREATE | NLM_F_EXCL);
}

/** Takes the names in `propList` away. */
export function delLinkprop(link: Partial<Link>): Request<never> {
  return change(RTM_DELLINKPROP_TYPE, link);
}
