import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_ROUTE } from "../netlink/constants.ts";
import { addrTypes } from "./addr/requests.ts";
import { linkTypes } from "./link/requests.ts";
import { neighTypes } from "./neigh/requests.ts";
import { nsidTypes } from "./nsid/requests.ts";
import { routeTypes } from "./route/requests.ts";

/** NETLINK_ROUTE: every message type of rtnetlink(7) that has a schema. */
export const rtnetlink: Protocol = protocol("NETLINK_ROUTE", NETLINK_ROUTE, [
  ...linkTypes,
  ...addrTypes,
  ...routeTypes,
  ...neighTypes,
  ...nsidTypes,
]);
