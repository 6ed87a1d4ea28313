import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_ROUTE } from "../netlink/constants.ts";
import { addrTypes } from "./addr/requests.ts";
import { addrlabelTypes } from "./addrlabel/requests.ts";
import { brVlanTypes } from "./brvlan/requests.ts";
import { cachereportTypes } from "./cachereport/requests.ts";
import { dcbTypes } from "./dcb/requests.ts";
import { linkTypes } from "./link/requests.ts";
import { linkpropTypes } from "./linkprop/requests.ts";
import { mdbRequests, mdbTypes } from "./mdb/requests.ts";
import { multicastTypes } from "./multicast/requests.ts";
import { nduseroptTypes } from "./nduseropt/requests.ts";
import { neighTypes } from "./neigh/requests.ts";
import { neightblTypes } from "./neightbl/requests.ts";
import { netconfTypes } from "./netconf/requests.ts";
import { nexthopTypes } from "./nexthop/requests.ts";
import { nsidTypes } from "./nsid/requests.ts";
import { prefixTypes } from "./prefix/requests.ts";
import { routeTypes } from "./route/requests.ts";
import { ruleTypes } from "./rule/requests.ts";
import { statsTypes } from "./stats/requests.ts";
import { tcTypes } from "./tc/requests.ts";
import { vnifilterTypes } from "./vnifilter/requests.ts";

/** NETLINK_ROUTE: every message type of rtnetlink(7) that has a schema. */
export const rtnetlink: Protocol = protocol(
  "NETLINK_ROUTE",
  NETLINK_ROUTE,
  [
    ...linkTypes,
    ...addrTypes,
    ...routeTypes,
    ...neighTypes,
    ...nsidTypes,
    ...addrlabelTypes,
    ...netconfTypes,
    ...nexthopTypes,
    ...ruleTypes,
    ...tcTypes,
    ...brVlanTypes,
    ...cachereportTypes,
    ...dcbTypes,
    ...linkpropTypes,
    ...mdbTypes,
    ...multicastTypes,
    ...nduseroptTypes,
    ...neightblTypes,
    ...prefixTypes,
    ...statsTypes,
    ...vnifilterTypes,
  ],
  mdbRequests,
);
