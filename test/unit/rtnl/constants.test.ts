/** Names and numbers of the schema are the kernel's: compared with constants read out of uapi headers. */
import * as netlink from "../../../src/netlink/constants.ts";
import * as rtnl from "../../../src/rtnl/constants.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { BIT, checkConstants } from "../../support/checks/constants.ts";
import { constantsIn, constantsOf } from "../../support/headers.ts";
import { linkExceptions } from "./link-exceptions.ts";
import { tcExceptions } from "./tc-exceptions.ts";

/** Constants that the headers at hand do not have, or have otherwise, and why. */
const SOCKET = "sys/socket.h, no uapi header";
const TUN = "linux/if_tun.h, which the list leaves out";
const ICMPV6 = "linux/icmpv6.h, which the list leaves out";
const INET6 = "net/if_inet6.h, inside the kernel alone";
const ICMP6_H = "netinet/icmp6.h";
const IOAM6 = "linux/ioam6_iptunnel.h, which the list leaves out";
const BE16 = "__be16 in the header, which the list has in the order of its host";
const MROUTE = "linux/mroute.h, which the list leaves out";
const BONDING = "linux/if_bonding.h, which the list leaves out";
const FILTER_BIT = "a macro of the header";
const LIST = "linux/in.h and linux/mpls.h, which the list leaves out";
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ...linkExceptions,
  ...tcExceptions,
  NLA_TYPE_MASK: "an int in the header, of which 16 bits count",
  SOL_NETLINK: SOCKET,
  AF_UNSPEC: SOCKET,
  AF_INET: SOCKET,
  AF_BRIDGE: SOCKET,
  AF_INET6: SOCKET,
  AF_PACKET: SOCKET,
  AF_MPLS: SOCKET,
  AF_MCTP: SOCKET,
  DPLL_A_PIN_ID: "linux/dpll.h, which the list leaves out",
  IFF_TUN: TUN,
  IFF_TAP: TUN,
  ICMPV6_ROUTER_PREF_MEDIUM: ICMPV6,
  ICMPV6_ROUTER_PREF_HIGH: ICMPV6,
  ICMPV6_ROUTER_PREF_INVALID: ICMPV6,
  ICMPV6_ROUTER_PREF_LOW: ICMPV6,
  IF_RS_SENT: INET6,
  IF_RA_RCVD: INET6,
  IF_RA_MANAGED: INET6,
  IF_RA_OTHERCONF: INET6,
  IF_READY: INET6,
  TUNNEL_CSUM: BE16,
  TUNNEL_ROUTING: BE16,
  TUNNEL_KEY: BE16,
  TUNNEL_SEQ: BE16,
  TUNNEL_STRICT: BE16,
  TUNNEL_REC: BE16,
  TUNNEL_VERSION: BE16,
  TUNNEL_NO_KEY: BE16,
  TUNNEL_DONT_FRAGMENT: BE16,
  TUNNEL_OAM: BE16,
  TUNNEL_CRIT_OPT: BE16,
  TUNNEL_GENEVE_OPT: BE16,
  TUNNEL_VXLAN_OPT: BE16,
  TUNNEL_NOCACHE: BE16,
  TUNNEL_ERSPAN_OPT: BE16,
  TUNNEL_GTP_OPT: BE16,
  IOAM6_IPTUNNEL_MODE: IOAM6,
  IOAM6_IPTUNNEL_DST: IOAM6,
  IOAM6_IPTUNNEL_TRACE: IOAM6,
  IOAM6_IPTUNNEL_FREQ_K: IOAM6,
  IOAM6_IPTUNNEL_FREQ_N: IOAM6,
  IOAM6_IPTUNNEL_SRC: IOAM6,
  IOAM6_IPTUNNEL_MODE_INLINE: IOAM6,
  IOAM6_IPTUNNEL_MODE_ENCAP: IOAM6,
  IOAM6_IPTUNNEL_MODE_AUTO: IOAM6,
  SEG6_LOCAL_FLV_OP_PSP: BIT,
  SEG6_LOCAL_FLV_OP_USP: BIT,
  SEG6_LOCAL_FLV_OP_USD: BIT,
  SEG6_LOCAL_FLV_OP_NEXT_CSID: BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS_SLAVE)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_OFFLOAD_XSTATS)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_STATS_AF_SPEC)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_CPU_HIT)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_HW_S_INFO)": FILTER_BIT,
  "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_L3_STATS)": FILTER_BIT,
  IPMRA_CREPORT_MSGTYPE: MROUTE,
  IPMRA_CREPORT_VIF_ID: MROUTE,
  IPMRA_CREPORT_SRC_ADDR: MROUTE,
  IPMRA_CREPORT_DST_ADDR: MROUTE,
  IPMRA_CREPORT_PKT: MROUTE,
  IPMRA_CREPORT_TABLE: MROUTE,
  IF_PREFIX_ONLINK: INET6,
  IF_PREFIX_AUTOCONF: INET6,
  ND_OPT_PI_FLAG_ONLINK: ICMP6_H,
  ND_OPT_PI_FLAG_AUTO: ICMP6_H,
  ND_OPT_PI_FLAG_RADDR: ICMP6_H,
  MCAST_EXCLUDE: LIST,
  MCAST_INCLUDE: LIST,
  MPLS_STATS_LINK: LIST,
  BOND_XSTATS_3AD: BONDING,
  BOND_3AD_STAT_LACPDU_RX: BONDING,
  BOND_3AD_STAT_LACPDU_TX: BONDING,
  BOND_3AD_STAT_LACPDU_UNKNOWN_RX: BONDING,
  BOND_3AD_STAT_LACPDU_ILLEGAL_RX: BONDING,
  BOND_3AD_STAT_MARKER_RX: BONDING,
  BOND_3AD_STAT_MARKER_TX: BONDING,
  BOND_3AD_STAT_MARKER_RESP_RX: BONDING,
  BOND_3AD_STAT_MARKER_RESP_TX: BONDING,
  BOND_3AD_STAT_MARKER_UNKNOWN_RX: BONDING,
  BOND_3AD_STAT_PAD: BONDING,
  BR_BOOLOPT_NO_LL_LEARN: BIT,
  BR_BOOLOPT_MCAST_VLAN_SNOOPING: BIT,
  BR_BOOLOPT_MST_ENABLE: BIT,
  BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION: BIT,
  BR_BOOLOPT_FDB_LOCAL_VLAN_0: BIT,
};

checkConstants([...constantsIn({ ...netlink, ...rtnl }), ...constantsOf(rtnetlink)], EXCEPTIONS, 600);
