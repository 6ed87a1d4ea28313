import { messageType } from "../../netlink/codec/protocol.ts";
import { RTM_NEWCACHEREPORT } from "../constants.ts";
import { cachereportMessage } from "./message.ts";

/** Told to RTNLGRP_IPV4_MROUTE_R and RTNLGRP_IPV6_MROUTE_R; there is no request. */
export const RTM_NEWCACHEREPORT_TYPE = messageType(
  "RTM_NEWCACHEREPORT",
  RTM_NEWCACHEREPORT,
  cachereportMessage,
);

export const cachereportTypes = [RTM_NEWCACHEREPORT_TYPE];
