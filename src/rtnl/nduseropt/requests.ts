import { messageType } from "../../netlink/codec/protocol.ts";
import { RTM_NEWNDUSEROPT } from "../constants.ts";
import { nduseroptMessage } from "./message.ts";

/** Told to RTNLGRP_ND_USEROPT; there is no request. */
export const RTM_NEWNDUSEROPT_TYPE = messageType("RTM_NEWNDUSEROPT", RTM_NEWNDUSEROPT, nduseroptMessage);

export const nduseroptTypes = [RTM_NEWNDUSEROPT_TYPE];
