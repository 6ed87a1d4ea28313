import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_ROUTE } from "../netlink/constants.ts";
import { addrTypes } from "./addr/requests.ts";
import { addrlabelTypes } from "./addrlabel/requests.ts";
import { linkTypes } from "./link/requests.ts";
import { neighTypes } from "./neigh/requests.ts";
import { netconfTypes } from "./netconf/requests.ts";
import { nexthopTypes } from "./nexthop/requests.ts";
import { nsidTypes } from "./nsid/requests.ts";
import { routeTypes } from "./route/requests.ts";
import { ruleTypes } from "./rule/requests.ts";

/** NETLINK_ROUTE: every message type of rtnetlink(7) that has a schema. */
export const rtnetlink: Protocol = protocol("NETLINK_ROUTE", NETLINK_ROUTE, [
  ...linkTypes,
  ...addrTypes,
  ...routeTypes,
  ...neighTypes,
  ...nsidTypes,
  ...addrlabelTypes,
  ...netconfTypes,
  ...nexthopTypes,
  ...ruleTypes,
]);
