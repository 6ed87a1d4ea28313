import { ipv4, ipv6, mac } from "../../../netlink/codec/address.ts";
import { indexedArray } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";

const ms = withUnit(u32, "ms");

const mode = enumeration(u8, "BOND_MODE_", {
  "balance-rr": [0, "BOND_MODE_ROUNDROBIN"],
  "active-backup": [1, "BOND_MODE_ACTIVEBACKUP"],
  "balance-xor": [2, "BOND_MODE_XOR"],
  broadcast: 3,
  "802.3ad": [4, "BOND_MODE_8023AD"],
  "balance-tlb": [5, "BOND_MODE_TLB"],
  "balance-alb": [6, "BOND_MODE_ALB"],
});

const arpValidate = enumeration(u32, "BOND_ARP_VALIDATE_", {
  none: 0,
  active: 1,
  backup: 2,
  all: 3,
  filter: [4, "BOND_ARP_FILTER"],
  filter_active: [5, "BOND_ARP_FILTER_ACTIVE"],
  filter_backup: [6, "BOND_ARP_FILTER_BACKUP"],
});

const xmitHashPolicy = enumeration(u8, "BOND_XMIT_POLICY_", {
  layer2: 0,
  "layer3+4": [1, "BOND_XMIT_POLICY_LAYER34"],
  "layer2+3": [2, "BOND_XMIT_POLICY_LAYER23"],
  "encap2+3": [3, "BOND_XMIT_POLICY_ENCAP23"],
  "encap3+4": [4, "BOND_XMIT_POLICY_ENCAP34"],
  "vlan+srcmac": [5, "BOND_XMIT_POLICY_VLAN_SRCMAC"],
});

const adInfo = attributes("bond-ad-info-attrs", () => ({
  /** Id of the active aggregator. */
  aggregator: attr("IFLA_BOND_AD_INFO_AGGREGATOR", 1, u16),
  numPorts: attr("IFLA_BOND_AD_INFO_NUM_PORTS", 2, u16),
  actorKey: attr("IFLA_BOND_AD_INFO_ACTOR_KEY", 3, u16),
  partnerKey: attr("IFLA_BOND_AD_INFO_PARTNER_KEY", 4, u16),
  partnerMac: attr("IFLA_BOND_AD_INFO_PARTNER_MAC", 5, mac),
}));

const set = attributes("linkinfo-bond-attrs", () => ({
  /** Changes only while the bond has no members and is down. */
  mode: attr("IFLA_BOND_MODE", 1, mode),
  /** Index of the member in use; 0 leaves the choice to the bond. */
  activeSlave: attr("IFLA_BOND_ACTIVE_SLAVE", 2, u32),
  /** How often the members' carrier is looked at; 0 never. */
  miimon: attr("IFLA_BOND_MIIMON", 3, ms),
  /** A multiple of `miimon`. */
  updelay: attr("IFLA_BOND_UPDELAY", 4, ms),
  /** A multiple of `miimon`. */
  downdelay: attr("IFLA_BOND_DOWNDELAY", 5, ms),
  useCarrier: attr("IFLA_BOND_USE_CARRIER", 6, bool8),
  /** How often `arpIpTarget` is asked; not together with `miimon`. */
  arpInterval: attr("IFLA_BOND_ARP_INTERVAL", 7, ms),
  /** Up to 16. */
  arpIpTarget: attr("IFLA_BOND_ARP_IP_TARGET", 8, indexedArray(ipv4, { first: 0 })),
  arpValidate: attr("IFLA_BOND_ARP_VALIDATE", 9, arpValidate),
  arpAllTargets: attr(
    "IFLA_BOND_ARP_ALL_TARGETS",
    10,
    enumeration(u32, "BOND_ARP_TARGETS_", { any: 0, all: 1 }),
  ),
  /** Index of the member that is preferred; 0 none. */
  primary: attr("IFLA_BOND_PRIMARY", 11, u32),
  primaryReselect: attr(
    "IFLA_BOND_PRIMARY_RESELECT",
    12,
    enumeration(u8, "BOND_PRI_RESELECT_", { always: 0, better: 1, failure: 2 }),
  ),
  failOverMac: attr(
    "IFLA_BOND_FAIL_OVER_MAC",
    13,
    enumeration(u8, "BOND_FOM_", { none: 0, active: 1, follow: 2 }),
  ),
  xmitHashPolicy: attr("IFLA_BOND_XMIT_HASH_POLICY", 14, xmitHashPolicy),
  resendIgmp: attr("IFLA_BOND_RESEND_IGMP", 15, u32),
  numPeerNotif: attr("IFLA_BOND_NUM_PEER_NOTIF", 16, u8),
  allSlavesActive: attr("IFLA_BOND_ALL_SLAVES_ACTIVE", 17, bool8),
  minLinks: attr("IFLA_BOND_MIN_LINKS", 18, u32),
  lpInterval: attr("IFLA_BOND_LP_INTERVAL", 19, withUnit(u32, "s")),
  packetsPerSlave: attr("IFLA_BOND_PACKETS_PER_SLAVE", 20, u32),
  adLacpRate: attr("IFLA_BOND_AD_LACP_RATE", 21, enumeration(u8, "AD_LACP_", { slow: 0, fast: 1 })),
  adSelect: attr(
    "IFLA_BOND_AD_SELECT",
    22,
    enumeration(u8, "BOND_AD_", { stable: 0, bandwidth: 1, count: 2, prio: 3 }),
  ),
  adInfo: attr("IFLA_BOND_AD_INFO", 23, adInfo),
  /** 1 to 65535. */
  adActorSysPrio: attr("IFLA_BOND_AD_ACTOR_SYS_PRIO", 24, u16),
  /** 0 to 1023. */
  adUserPortKey: attr("IFLA_BOND_AD_USER_PORT_KEY", 25, u16),
  adActorSystem: attr("IFLA_BOND_AD_ACTOR_SYSTEM", 26, mac),
  tlbDynamicLb: attr("IFLA_BOND_TLB_DYNAMIC_LB", 27, bool8),
  /** A multiple of `miimon` or `arpInterval`. */
  peerNotifDelay: attr("IFLA_BOND_PEER_NOTIF_DELAY", 28, ms),
  adLacpActive: attr("IFLA_BOND_AD_LACP_ACTIVE", 29, bool8),
  /** How many ARP requests may stay without answer. */
  missedMax: attr("IFLA_BOND_MISSED_MAX", 30, u8),
  /** Up to 16. */
  nsIp6Target: attr("IFLA_BOND_NS_IP6_TARGET", 31, indexedArray(ipv6, { first: 0 })),
  coupledControl: attr("IFLA_BOND_COUPLED_CONTROL", 32, bool8),
  broadcastNeigh: attr("IFLA_BOND_BROADCAST_NEIGH", 33, bool8),
  lacpStrict: attr("IFLA_BOND_LACP_STRICT", 34, bool8),
}));

/** Options of a bond (linux/if_link.h IFLA_BOND_*, the kernel's bonding.rst, ip-link(8)). */
export interface BondAttrs extends Infer<typeof set> {}
export const bond: AttributeSet<BondAttrs> = set;
