import { messageType } from "../../netlink/codec/protocol.ts";
import { RTM_GETDCB, RTM_SETDCB } from "../constants.ts";
import { dcbMessage } from "./message.ts";

export const RTM_GETDCB_TYPE = messageType("RTM_GETDCB", RTM_GETDCB, dcbMessage);
export const RTM_SETDCB_TYPE = messageType("RTM_SETDCB", RTM_SETDCB, dcbMessage);

/** The message types of data center bridging. */
export const dcbTypes = [RTM_GETDCB_TYPE, RTM_SETDCB_TYPE];
