import { headerOf, type Message } from "../../netlink/codec/message.ts";
import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK, RTM_SETLINK } from "../constants.ts";
import { type Ifinfomsg, ifinfomsg } from "./header.ts";
import { type Link, linkMessage } from "./message.ts";

export const RTM_NEWLINK_TYPE = messageType("RTM_NEWLINK", RTM_NEWLINK, linkMessage);
export const RTM_DELLINK_TYPE = messageType("RTM_DELLINK", RTM_DELLINK, linkMessage);
export const RTM_GETLINK_TYPE = messageType("RTM_GETLINK", RTM_GETLINK, linkMessage);
export const RTM_SETLINK_TYPE = messageType("RTM_SETLINK", RTM_SETLINK, linkMessage);

/** The message types of links. */
export const linkTypes = [RTM_NEWLINK_TYPE, RTM_DELLINK_TYPE, RTM_GETLINK_TYPE, RTM_SETLINK_TYPE];

/** Makes a link; `EEXIST` when the name is taken. */
export function newLink(link: Partial<Link>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWLINK_TYPE, link, flags);
}

/**
 * Changes the link with this `ifiIndex` or `ifname`.
 *
 * RTM_NEWLINK without NLM_F_CREATE rather than RTM_SETLINK, which takes no `linkinfo`.
 */
export function setLink(link: Partial<Link>): Request<never> {
  return change(RTM_NEWLINK_TYPE, link);
}

/** Changes the settings of a bridge port (`ifiFamily: "bridge"`). */
export function setBridgeLink(link: Partial<Link>): Request<never> {
  return change(RTM_SETLINK_TYPE, link);
}

/** Deletes the link with this `ifiIndex` or `ifname`. */
export function delLink(link: Partial<Link>): Request<never> {
  return change(RTM_DELLINK_TYPE, link);
}

/** The link with this `ifiIndex`, `ifname` or `altIfname`. */
export function getLink(link: Partial<Link>): Request<Link> {
  return get(RTM_GETLINK_TYPE, link, RTM_NEWLINK_TYPE);
}

const header = messageType("RTM_NEWLINK", RTM_NEWLINK, headerOf(linkMessage as Message<unknown>, ifinfomsg));

/** Index, type and flags of the link with this `ifname` or `altIfname`: a tenth of the work of {@link getLink}. */
export function getLinkHeader(link: Partial<Link>): Request<Ifinfomsg> {
  return get(RTM_GETLINK_TYPE, link, header);
}

/** All links; `master` and `linkinfo.kind` narrow it down in the kernel. */
export function listLinks(filter: Partial<Link> = {}): Request<Link> {
  return dump(RTM_GETLINK_TYPE, filter, RTM_NEWLINK_TYPE);
}
