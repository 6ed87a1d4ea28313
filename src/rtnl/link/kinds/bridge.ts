import { ipv4, ipv6, mac } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";
import { bridgeId } from "./bridge-id.ts";
import { vlanProtocol } from "./vlan-protocol.ts";

/** Times of a bridge are in 1/100 s. */
const userHz = withUnit(u64, "1/100 s");
const userHz32 = withUnit(u32, "1/100 s");

const stpMode = enumeration(u32, "BR_STP_MODE_", { auto: 0, user: 1, kernel: 2 });

const boolopt = flags(u32, "BR_BOOLOPT_", {
  "no-ll-learn": 1,
  "mcast-vlan-snooping": 2,
  "mst-enable": 4,
  "mdb-offload-fail-notification": 8,
  "fdb-local-vlan-0": 16,
});

const brBooloptMulti = struct("br-boolopt-multi", { optval: boolopt, optmask: boolopt });

/** Who asks for members of groups (BRIDGE_QUERIER_*). */
export const mcastQuerierState = attributes("bridge-querier-attrs", () => ({
  ipAddress: attr("BRIDGE_QUERIER_IP_ADDRESS", 1, ipv4),
  ipPort: attr("BRIDGE_QUERIER_IP_PORT", 2, u32),
  ipOtherTimer: attr("BRIDGE_QUERIER_IP_OTHER_TIMER", 3, userHz),
  pad: attr("BRIDGE_QUERIER_PAD", 4, bytes),
  ipv6Address: attr("BRIDGE_QUERIER_IPV6_ADDRESS", 5, ipv6),
  ipv6Port: attr("BRIDGE_QUERIER_IPV6_PORT", 6, u32),
  ipv6OtherTimer: attr("BRIDGE_QUERIER_IPV6_OTHER_TIMER", 7, userHz),
}));

const set = attributes("linkinfo-bridge-attrs", () => ({
  forwardDelay: attr("IFLA_BR_FORWARD_DELAY", 1, userHz32),
  helloTime: attr("IFLA_BR_HELLO_TIME", 2, userHz32),
  maxAge: attr("IFLA_BR_MAX_AGE", 3, userHz32),
  ageingTime: attr("IFLA_BR_AGEING_TIME", 4, userHz32),
  stpState: attr("IFLA_BR_STP_STATE", 5, u32),
  priority: attr("IFLA_BR_PRIORITY", 6, u16),
  vlanFiltering: attr("IFLA_BR_VLAN_FILTERING", 7, u8),
  vlanProtocol: attr("IFLA_BR_VLAN_PROTOCOL", 8, vlanProtocol),
  groupFwdMask: attr("IFLA_BR_GROUP_FWD_MASK", 9, u16),
  rootId: attr("IFLA_BR_ROOT_ID", 10, bridgeId),
  bridgeId: attr("IFLA_BR_BRIDGE_ID", 11, bridgeId),
  rootPort: attr("IFLA_BR_ROOT_PORT", 12, u16),
  rootPathCost: attr("IFLA_BR_ROOT_PATH_COST", 13, u32),
  topologyChange: attr("IFLA_BR_TOPOLOGY_CHANGE", 14, u8),
  topologyChangeDetected: attr("IFLA_BR_TOPOLOGY_CHANGE_DETECTED", 15, u8),
  helloTimer: attr("IFLA_BR_HELLO_TIMER", 16, userHz),
  tcnTimer: attr("IFLA_BR_TCN_TIMER", 17, userHz),
  topologyChangeTimer: attr("IFLA_BR_TOPOLOGY_CHANGE_TIMER", 18, userHz),
  gcTimer: attr("IFLA_BR_GC_TIMER", 19, userHz),
  groupAddr: attr("IFLA_BR_GROUP_ADDR", 20, mac),
  fdbFlush: attr("IFLA_BR_FDB_FLUSH", 21, flag),
  mcastRouter: attr("IFLA_BR_MCAST_ROUTER", 22, u8),
  mcastSnooping: attr("IFLA_BR_MCAST_SNOOPING", 23, u8),
  mcastQueryUseIfaddr: attr("IFLA_BR_MCAST_QUERY_USE_IFADDR", 24, u8),
  mcastQuerier: attr("IFLA_BR_MCAST_QUERIER", 25, u8),
  mcastHashElasticity: attr("IFLA_BR_MCAST_HASH_ELASTICITY", 26, u32),
  mcastHashMax: attr("IFLA_BR_MCAST_HASH_MAX", 27, u32),
  mcastLastMemberCnt: attr("IFLA_BR_MCAST_LAST_MEMBER_CNT", 28, u32),
  mcastStartupQueryCnt: attr("IFLA_BR_MCAST_STARTUP_QUERY_CNT", 29, u32),
  mcastLastMemberIntvl: attr("IFLA_BR_MCAST_LAST_MEMBER_INTVL", 30, userHz),
  mcastMembershipIntvl: attr("IFLA_BR_MCAST_MEMBERSHIP_INTVL", 31, userHz),
  mcastQuerierIntvl: attr("IFLA_BR_MCAST_QUERIER_INTVL", 32, userHz),
  mcastQueryIntvl: attr("IFLA_BR_MCAST_QUERY_INTVL", 33, userHz),
  mcastQueryResponseIntvl: attr("IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", 34, userHz),
  mcastStartupQueryIntvl: attr("IFLA_BR_MCAST_STARTUP_QUERY_INTVL", 35, userHz),
  nfCallIptables: attr("IFLA_BR_NF_CALL_IPTABLES", 36, u8),
  nfCallIp6tables: attr("IFLA_BR_NF_CALL_IP6TABLES", 37, u8),
  nfCallArptables: attr("IFLA_BR_NF_CALL_ARPTABLES", 38, u8),
  vlanDefaultPvid: attr("IFLA_BR_VLAN_DEFAULT_PVID", 39, u16),
  pad: attr("IFLA_BR_PAD", 40, bytes),
  vlanStatsEnabled: attr("IFLA_BR_VLAN_STATS_ENABLED", 41, u8),
  mcastStatsEnabled: attr("IFLA_BR_MCAST_STATS_ENABLED", 42, u8),
  mcastIgmpVersion: attr("IFLA_BR_MCAST_IGMP_VERSION", 43, u8),
  mcastMldVersion: attr("IFLA_BR_MCAST_MLD_VERSION", 44, u8),
  vlanStatsPerPort: attr("IFLA_BR_VLAN_STATS_PER_PORT", 45, u8),
  multiBoolopt: attr("IFLA_BR_MULTI_BOOLOPT", 46, brBooloptMulti),
  mcastQuerierState: attr("IFLA_BR_MCAST_QUERIER_STATE", 47, mcastQuerierState),
  fdbNLearned: attr("IFLA_BR_FDB_N_LEARNED", 48, u32),
  fdbMaxLearned: attr("IFLA_BR_FDB_MAX_LEARNED", 49, u32),
  stpMode: attr("IFLA_BR_STP_MODE", 50, stpMode),
}));

/** Options of a bridge (linux/if_link.h IFLA_BR_*, ip-link(8)). */
export interface BridgeAttrs extends Infer<typeof set> {}
export const bridge: AttributeSet<BridgeAttrs> = set;
