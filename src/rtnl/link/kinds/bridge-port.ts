import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { bridgeId } from "./bridge-id.ts";

const userHz = withUnit(u64, "1/100 s");

/** BR_STATE_* (linux/if_bridge.h): what the spanning tree lets the port do. */
export const brState = enumeration(u8, "BR_STATE_", {
  disabled: 0,
  listening: 1,
  learning: 2,
  forwarding: 3,
  blocking: 4,
});

const set = attributes("linkinfo-brport-attrs", () => ({
  state: attr("IFLA_BRPORT_STATE", 1, brState),
  priority: attr("IFLA_BRPORT_PRIORITY", 2, u16),
  cost: attr("IFLA_BRPORT_COST", 3, u32),
  mode: attr("IFLA_BRPORT_MODE", 4, bool8),
  guard: attr("IFLA_BRPORT_GUARD", 5, bool8),
  protect: attr("IFLA_BRPORT_PROTECT", 6, bool8),
  fastLeave: attr("IFLA_BRPORT_FAST_LEAVE", 7, bool8),
  learning: attr("IFLA_BRPORT_LEARNING", 8, bool8),
  unicastFlood: attr("IFLA_BRPORT_UNICAST_FLOOD", 9, bool8),
  proxyarp: attr("IFLA_BRPORT_PROXYARP", 10, bool8),
  learningSync: attr("IFLA_BRPORT_LEARNING_SYNC", 11, bool8),
  proxyarpWifi: attr("IFLA_BRPORT_PROXYARP_WIFI", 12, bool8),
  rootId: attr("IFLA_BRPORT_ROOT_ID", 13, bridgeId),
  bridgeId: attr("IFLA_BRPORT_BRIDGE_ID", 14, bridgeId),
  designatedPort: attr("IFLA_BRPORT_DESIGNATED_PORT", 15, u16),
  designatedCost: attr("IFLA_BRPORT_DESIGNATED_COST", 16, u16),
  id: attr("IFLA_BRPORT_ID", 17, u16),
  no: attr("IFLA_BRPORT_NO", 18, u16),
  topologyChangeAck: attr("IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", 19, bool8),
  configPending: attr("IFLA_BRPORT_CONFIG_PENDING", 20, bool8),
  messageAgeTimer: attr("IFLA_BRPORT_MESSAGE_AGE_TIMER", 21, userHz),
  forwardDelayTimer: attr("IFLA_BRPORT_FORWARD_DELAY_TIMER", 22, userHz),
  holdTimer: attr("IFLA_BRPORT_HOLD_TIMER", 23, userHz),
  flush: attr("IFLA_BRPORT_FLUSH", 24, flag),
  multicastRouter: attr("IFLA_BRPORT_MULTICAST_ROUTER", 25, u8),
  pad: attr("IFLA_BRPORT_PAD", 26, bytes),
  mcastFlood: attr("IFLA_BRPORT_MCAST_FLOOD", 27, bool8),
  mcastToUcast: attr("IFLA_BRPORT_MCAST_TO_UCAST", 28, bool8),
  vlanTunnel: attr("IFLA_BRPORT_VLAN_TUNNEL", 29, bool8),
  bcastFlood: attr("IFLA_BRPORT_BCAST_FLOOD", 30, bool8),
  groupFwdMask: attr("IFLA_BRPORT_GROUP_FWD_MASK", 31, u16),
  neighSuppress: attr("IFLA_BRPORT_NEIGH_SUPPRESS", 32, bool8),
  isolated: attr("IFLA_BRPORT_ISOLATED", 33, bool8),
  backupPort: attr("IFLA_BRPORT_BACKUP_PORT", 34, u32),
  mrpRingOpen: attr("IFLA_BRPORT_MRP_RING_OPEN", 35, bool8),
  mrpInOpen: attr("IFLA_BRPORT_MRP_IN_OPEN", 36, bool8),
  mcastEhtHostsLimit: attr("IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", 37, u32),
  mcastEhtHostsCnt: attr("IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", 38, u32),
  locked: attr("IFLA_BRPORT_LOCKED", 39, bool8),
  mab: attr("IFLA_BRPORT_MAB", 40, bool8),
  mcastNGroups: attr("IFLA_BRPORT_MCAST_N_GROUPS", 41, u32),
  mcastMaxGroups: attr("IFLA_BRPORT_MCAST_MAX_GROUPS", 42, u32),
  neighVlanSuppress: attr("IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", 43, bool8),
  backupNhid: attr("IFLA_BRPORT_BACKUP_NHID", 44, u32),
  neighForwardGrat: attr("IFLA_BRPORT_NEIGH_FORWARD_GRAT", 45, bool8),
}));

/** Options of a link as a port of a bridge (linux/if_link.h IFLA_BRPORT_*, bridge(8)). `mode` is the hairpin mode. */
export interface BridgePortAttrs extends Infer<typeof set> {}
export const bridgePort: AttributeSet<BridgePortAttrs> = set;
