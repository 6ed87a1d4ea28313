/** What `nlkit monitor` can be asked for. */
import * as g from "../rtnl/groups.ts";

/** Objects and the multicast groups that tell of them. */
export const objects: Readonly<Record<string, readonly number[]>> = {
  link: [g.RTNLGRP_LINK],
  addr: [g.RTNLGRP_IPV4_IFADDR, g.RTNLGRP_IPV6_IFADDR],
  route: [g.RTNLGRP_IPV4_ROUTE, g.RTNLGRP_IPV6_ROUTE, g.RTNLGRP_MPLS_ROUTE],
  mroute: [g.RTNLGRP_IPV4_MROUTE, g.RTNLGRP_IPV6_MROUTE, g.RTNLGRP_IPV4_MROUTE_R, g.RTNLGRP_IPV6_MROUTE_R],
  neigh: [g.RTNLGRP_NEIGH],
  rule: [g.RTNLGRP_IPV4_RULE, g.RTNLGRP_IPV6_RULE],
  nexthop: [g.RTNLGRP_NEXTHOP],
  tc: [g.RTNLGRP_TC],
  nsid: [g.RTNLGRP_NSID],
  mdb: [g.RTNLGRP_MDB],
  vlan: [g.RTNLGRP_BRVLAN],
  tunnel: [g.RTNLGRP_TUNNEL],
  netconf: [g.RTNLGRP_IPV4_NETCONF, g.RTNLGRP_IPV6_NETCONF, g.RTNLGRP_MPLS_NETCONF],
  prefix: [g.RTNLGRP_IPV6_PREFIX],
  stats: [g.RTNLGRP_STATS],
  ifinfo: [g.RTNLGRP_IPV6_IFINFO],
  maddr: [g.RTNLGRP_IPV4_MCADDR, g.RTNLGRP_IPV6_MCADDR, g.RTNLGRP_IPV6_ACADDR],
  useropt: [g.RTNLGRP_ND_USEROPT],
  dcb: [g.RTNLGRP_DCB],
  phonet: [g.RTNLGRP_PHONET_IFADDR, g.RTNLGRP_PHONET_ROUTE],
  mctp: [g.RTNLGRP_MCTP_IFADDR],
};

export const monitorHelp = `${Object.keys(objects).join(" ")} | all`;
