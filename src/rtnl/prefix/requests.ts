import { messageType } from "../../netlink/codec/protocol.ts";
import { RTM_NEWPREFIX } from "../constants.ts";
import { prefixMessage } from "./message.ts";

/** Told to RTNLGRP_IPV6_PREFIX; there is no request. */
export const RTM_NEWPREFIX_TYPE = messageType("RTM_NEWPREFIX", RTM_NEWPREFIX, prefixMessage);

export const prefixTypes = [RTM_NEWPREFIX_TYPE];
