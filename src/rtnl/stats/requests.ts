import { messageType } from "../../netlink/codec/protocol.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_GETSTATS, RTM_NEWSTATS, RTM_SETSTATS } from "../constants.ts";
import { type Stats, type StatsGetset, statsGetsetMessage, statsMessage } from "./message.ts";

export const RTM_NEWSTATS_TYPE = messageType("RTM_NEWSTATS", RTM_NEWSTATS, statsMessage);
export const RTM_GETSTATS_TYPE = messageType("RTM_GETSTATS", RTM_GETSTATS, statsGetsetMessage);
export const RTM_SETSTATS_TYPE = messageType("RTM_SETSTATS", RTM_SETSTATS, statsGetsetMessage);

/** The message types of statistics. */
export const statsTypes = [RTM_NEWSTATS_TYPE, RTM_GETSTATS_TYPE, RTM_SETSTATS_TYPE];

/** What `filterMask` asks for, of the link `ifindex`. */
export function getStats(asked: Partial<StatsGetset>): Request<Stats> {
  return get(RTM_GETSTATS_TYPE, asked, RTM_NEWSTATS_TYPE);
}

/** The same of all links. */
export function listStats(asked: Partial<StatsGetset>): Request<Stats> {
  return dump(RTM_GETSTATS_TYPE, asked, RTM_NEWSTATS_TYPE);
}

/** Has a device count, or not. */
export function setStats(settings: Partial<StatsGetset>): Request<never> {
  return change(RTM_SETSTATS_TYPE, settings);
}
