import { type MessageType, messageType, type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_GENERIC } from "../netlink/constants.ts";
import { GENL_ID_PMCRAID, GENL_ID_VFS_DQUOT } from "./constants.ts";
import { ctrlTypes } from "./ctrl/requests.ts";
import { type OpaqueMessage, opaqueMessage } from "./opaque.ts";

/** The message type of a family by its number here and now: its messages have its name, the command is in the header. */
export function familyType(id: number, name: string): MessageType<OpaqueMessage> {
  return messageType(name, id, opaqueMessage);
}

/** NETLINK_GENERIC: the families whose numbers never change. */
export const generic: Protocol = protocol("NETLINK_GENERIC", NETLINK_GENERIC, [
  ...ctrlTypes,
  familyType(GENL_ID_VFS_DQUOT, "GENL_ID_VFS_DQUOT"),
  familyType(GENL_ID_PMCRAID, "GENL_ID_PMCRAID"),
]);
