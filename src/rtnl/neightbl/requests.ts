import { messageType } from "../../netlink/codec/protocol.ts";
import { change, dump, type Request } from "../../netlink/request.ts";
import { RTM_GETNEIGHTBL, RTM_NEWNEIGHTBL, RTM_SETNEIGHTBL } from "../constants.ts";
import { type Neightbl, neightblMessage } from "./message.ts";

export const RTM_NEWNEIGHTBL_TYPE = messageType("RTM_NEWNEIGHTBL", RTM_NEWNEIGHTBL, neightblMessage);
export const RTM_GETNEIGHTBL_TYPE = messageType("RTM_GETNEIGHTBL", RTM_GETNEIGHTBL, neightblMessage);
export const RTM_SETNEIGHTBL_TYPE = messageType("RTM_SETNEIGHTBL", RTM_SETNEIGHTBL, neightblMessage);

/** The message types of neighbour tables. */
export const neightblTypes = [RTM_NEWNEIGHTBL_TYPE, RTM_GETNEIGHTBL_TYPE, RTM_SETNEIGHTBL_TYPE];

/** Changes the table of this `name`; thresholds in the first network namespace alone. */
export function setNeightbl(table: Partial<Neightbl>): Request<never> {
  return change(RTM_SETNEIGHTBL_TYPE, table);
}

/** Each table, and behind it its parameters for each link; `family` narrows it down in the kernel. */
export function listNeightbls(filter: Partial<Neightbl> = {}): Request<Neightbl> {
  return dump(RTM_GETNEIGHTBL_TYPE, filter, RTM_NEWNEIGHTBL_TYPE);
}
