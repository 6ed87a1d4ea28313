import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, type Request } from "../../netlink/request.ts";
import { RTM_DELADDR, RTM_GETADDR, RTM_NEWADDR } from "../constants.ts";
import { type Addr, addrMessage } from "./message.ts";

export const RTM_NEWADDR_TYPE = messageType("RTM_NEWADDR", RTM_NEWADDR, addrMessage);
export const RTM_DELADDR_TYPE = messageType("RTM_DELADDR", RTM_DELADDR, addrMessage);
export const RTM_GETADDR_TYPE = messageType("RTM_GETADDR", RTM_GETADDR, addrMessage);

/** The message types of addresses. */
export const addrTypes = [RTM_NEWADDR_TYPE, RTM_DELADDR_TYPE, RTM_GETADDR_TYPE];

/** Adds an address; NLM_F_REPLACE changes the lifetimes and flags of one that is there. */
export function newAddr(addr: Partial<Addr>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWADDR_TYPE, addr, flags);
}

/** Deletes the address with this index, prefix length and `local` (or `address`). */
export function delAddr(addr: Partial<Addr>): Request<never> {
  return change(RTM_DELADDR_TYPE, addr);
}

/** All addresses; `ifaFamily` and `ifaIndex` narrow it down in the kernel. */
export function listAddrs(filter: Partial<Addr> = {}): Request<Addr> {
  return dump(RTM_GETADDR_TYPE, filter, RTM_NEWADDR_TYPE);
}
