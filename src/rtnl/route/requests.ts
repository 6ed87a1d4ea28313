import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE } from "../constants.ts";
import { type Route, routeMessage } from "./message.ts";

export const RTM_NEWROUTE_TYPE = messageType("RTM_NEWROUTE", RTM_NEWROUTE, routeMessage);
export const RTM_DELROUTE_TYPE = messageType("RTM_DELROUTE", RTM_DELROUTE, routeMessage);
export const RTM_GETROUTE_TYPE = messageType("RTM_GETROUTE", RTM_GETROUTE, routeMessage);

/** The message types of routes. */
export const routeTypes = [RTM_NEWROUTE_TYPE, RTM_DELROUTE_TYPE, RTM_GETROUTE_TYPE];

/**
 * Adds a route.
 *
 * @param flags - NLM_F_CREATE with NLM_F_EXCL adds, with NLM_F_REPLACE replaces, with NLM_F_APPEND appends; alone it
 *   prepends; NLM_F_REPLACE alone changes.
 */
export function newRoute(route: Partial<Route>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(RTM_NEWROUTE_TYPE, route, flags);
}

/** Deletes the first route that matches what is given. */
export function delRoute(route: Partial<Route>): Request<never> {
  return change(RTM_DELROUTE_TYPE, route);
}

/** Asks which route a packet would take: `dst`, and `src`, `iif`, `oif`, `mark`, ports … */
export function getRoute(route: Partial<Route>): Request<Route> {
  return get(RTM_GETROUTE_TYPE, route, RTM_NEWROUTE_TYPE);
}

/** All routes; family, `table`, `rtmProtocol`, `rtmType` and `oif` narrow it down in the kernel. */
export function listRoutes(filter: Partial<Route> = {}): Request<Route> {
  return dump(RTM_GETROUTE_TYPE, filter, RTM_NEWROUTE_TYPE);
}
