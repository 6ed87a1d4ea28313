import { lladdr } from "../../netlink/codec/address.ts";
import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bool8 } from "../../netlink/codec/boolean.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { s32, u8, u16, u32, uint } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { bareString, string } from "../../netlink/codec/string.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { afSpecAttrs, inet6Attrs } from "./af-spec.ts";
import { bridgeAfSpecAttrs } from "./bridge-af-spec.ts";
import { type Ifinfomsg, ifinfomsg } from "./header.ts";
import { bridgePort } from "./kinds/bridge-port.ts";
import { definePeerLink } from "./kinds/peer-link.ts";
import { linkinfoAttrs } from "./linkinfo.ts";
import { altifname, ifname } from "./name.ts";
import { rtnlLinkIfmap, rtnlLinkStats, rtnlLinkStats64 } from "./stats.ts";
import { portAttrs, vfinfoListAttrs, vfPortsAttrs } from "./vf.ts";
import { xdpAttrs } from "./xdp.ts";

/** IF_OPER_* (linux/if.h), the operational state of RFC 2863. */
const operstate = enumeration(u8, "IF_OPER_", {
  unknown: 0,
  notpresent: 1,
  down: 2,
  lowerlayerdown: 3,
  testing: 4,
  dormant: 5,
  up: 6,
});

const linkmode = enumeration(u8, "IF_LINK_MODE_", { default: 0, dormant: 1, testing: 2 });

/** RTEXT_FILTER_* (linux/rtnetlink.h): what else a listing is to hold, or to leave out. */
const rtextFilter = flags(u32, "RTEXT_FILTER_", {
  vf: 1,
  brvlan: 2,
  "brvlan-compressed": 4,
  "skip-stats": 8,
  mrp: 16,
  "cfm-config": 32,
  "cfm-status": 64,
  mst: 128,
  "name-only": 256,
});

const iflaEvent = enumeration(u32, "IFLA_EVENT_", {
  none: 0,
  reboot: 1,
  features: 2,
  "bonding-failover": 3,
  "notify-peers": 4,
  "igmp-resend": 5,
  "bonding-options": 6,
});

const byteCount = withUnit(u32, "bytes");

const propList = attributes("prop-list-link-attrs", () => ({
  altIfname: attr("IFLA_ALT_IFNAME", 53, multi(altifname)),
}));

const protoDownReason = attributes("proto-down-reason-attrs", () => ({
  mask: attr("IFLA_PROTO_DOWN_REASON_MASK", 1, u32),
  value: attr("IFLA_PROTO_DOWN_REASON_VALUE", 2, u32),
}));

const dpllPin = attributes("link-dpll-pin-attrs", () => ({ id: attr("DPLL_A_PIN_ID", 1, u32) }));

const devlinkPort = attributes("link-devlink-port-attrs", () => ({
  busName: attr("DEVLINK_ATTR_BUS_NAME", 1, string),
  devName: attr("DEVLINK_ATTR_DEV_NAME", 2, string),
  portIndex: attr("DEVLINK_ATTR_PORT_INDEX", 3, u32),
  /** Of the device among all of devlink. */
  index: attr("DEVLINK_ATTR_INDEX", 184, uint),
}));

const set = attributes("link-attrs", () => ({
  address: attr("IFLA_ADDRESS", 1, lladdr),
  broadcast: attr("IFLA_BROADCAST", 2, lladdr),
  /** Name, 1 to 15 bytes. */
  ifname: attr("IFLA_IFNAME", 3, ifname),
  mtu: attr("IFLA_MTU", 4, byteCount),
  /** Index of the link it lies on, or of the peer of a veth. */
  link: attr("IFLA_LINK", 5, u32),
  qdisc: attr("IFLA_QDISC", 6, string),
  stats: attr("IFLA_STATS", 7, rtnlLinkStats),
  /** Never used, as the next. */
  cost: attr("IFLA_COST", 8, bytes),
  priority: attr("IFLA_PRIORITY", 9, bytes),
  /** Index of the bridge, bond, VRF … it is a member of; 0 takes it out. */
  master: attr("IFLA_MASTER", 10, u32),
  /** Events of the old wireless extensions (struct iw_event); nl80211 took their place. */
  wireless: attr("IFLA_WIRELESS", 11, bytes),
  protinfo: attr("IFLA_PROTINFO", 12, subMessage("ifiFamily", { bridge: bridgePort, inet6: inet6Attrs })),
  /** Length of the transmit queue, packets. */
  txqlen: attr("IFLA_TXQLEN", 13, u32),
  map: attr("IFLA_MAP", 14, rtnlLinkIfmap),
  weight: attr("IFLA_WEIGHT", 15, u32),
  operstate: attr("IFLA_OPERSTATE", 16, operstate),
  linkmode: attr("IFLA_LINKMODE", 17, linkmode),
  linkinfo: attr("IFLA_LINKINFO", 18, linkinfoAttrs),
  netNsPid: attr("IFLA_NET_NS_PID", 19, u32),
  /** Free text, up to 255 bytes. */
  ifalias: attr("IFLA_IFALIAS", 20, bareString),
  numVf: attr("IFLA_NUM_VF", 21, u32),
  vfinfoList: attr("IFLA_VFINFO_LIST", 22, vfinfoListAttrs),
  stats64: attr("IFLA_STATS64", 23, rtnlLinkStats64),
  vfPorts: attr("IFLA_VF_PORTS", 24, vfPortsAttrs),
  portSelf: attr("IFLA_PORT_SELF", 25, portAttrs),
  /** By address family; in messages for AF_BRIDGE the port's VLANs. */
  afSpec: attr("IFLA_AF_SPEC", 26, subMessage("ifiFamily", { bridge: bridgeAfSpecAttrs }, afSpecAttrs)),
  /** Device group; `default` of /etc/iproute2/group is 0. */
  group: attr("IFLA_GROUP", 27, u32),
  /** Descriptor of the namespace to move to. */
  netNsFd: attr("IFLA_NET_NS_FD", 28, u32),
  extMask: attr("IFLA_EXT_MASK", 29, rtextFilter),
  promiscuity: attr("IFLA_PROMISCUITY", 30, u32),
  numTxQueues: attr("IFLA_NUM_TX_QUEUES", 31, u32),
  numRxQueues: attr("IFLA_NUM_RX_QUEUES", 32, u32),
  carrier: attr("IFLA_CARRIER", 33, bool8),
  physPortId: attr("IFLA_PHYS_PORT_ID", 34, bytes),
  carrierChanges: attr("IFLA_CARRIER_CHANGES", 35, u32),
  physSwitchId: attr("IFLA_PHYS_SWITCH_ID", 36, bytes),
  /** Namespace id of the one that `link` is an index in. */
  linkNetnsid: attr("IFLA_LINK_NETNSID", 37, s32),
  physPortName: attr("IFLA_PHYS_PORT_NAME", 38, string),
  protoDown: attr("IFLA_PROTO_DOWN", 39, bool8),
  gsoMaxSegs: attr("IFLA_GSO_MAX_SEGS", 40, u32),
  gsoMaxSize: attr("IFLA_GSO_MAX_SIZE", 41, byteCount),
  pad: attr("IFLA_PAD", 42, bytes),
  xdp: attr("IFLA_XDP", 43, xdpAttrs),
  event: attr("IFLA_EVENT", 44, iflaEvent),
  newNetnsid: attr("IFLA_NEW_NETNSID", 45, s32),
  targetNetnsid: attr("IFLA_TARGET_NETNSID", 46, s32),
  carrierUpCount: attr("IFLA_CARRIER_UP_COUNT", 47, u32),
  carrierDownCount: attr("IFLA_CARRIER_DOWN_COUNT", 48, u32),
  newIfindex: attr("IFLA_NEW_IFINDEX", 49, s32),
  minMtu: attr("IFLA_MIN_MTU", 50, byteCount),
  maxMtu: attr("IFLA_MAX_MTU", 51, byteCount),
  propList: attr("IFLA_PROP_LIST", 52, propList),
  /** Looks a link up by another of its names, up to 127 bytes. */
  altIfname: attr("IFLA_ALT_IFNAME", 53, altifname),
  permAddress: attr("IFLA_PERM_ADDRESS", 54, lladdr),
  protoDownReason: attr("IFLA_PROTO_DOWN_REASON", 55, protoDownReason),
  parentDevName: attr("IFLA_PARENT_DEV_NAME", 56, string),
  parentDevBusName: attr("IFLA_PARENT_DEV_BUS_NAME", 57, string),
  groMaxSize: attr("IFLA_GRO_MAX_SIZE", 58, byteCount),
  tsoMaxSize: attr("IFLA_TSO_MAX_SIZE", 59, byteCount),
  tsoMaxSegs: attr("IFLA_TSO_MAX_SEGS", 60, u32),
  allmulti: attr("IFLA_ALLMULTI", 61, u32),
  /** The port of devlink(8) that the link is. */
  devlinkPort: attr("IFLA_DEVLINK_PORT", 62, devlinkPort),
  gsoIpv4MaxSize: attr("IFLA_GSO_IPV4_MAX_SIZE", 63, byteCount),
  groIpv4MaxSize: attr("IFLA_GRO_IPV4_MAX_SIZE", 64, byteCount),
  dpllPin: attr("IFLA_DPLL_PIN", 65, dpllPin),
  maxPacingOffloadHorizon: attr("IFLA_MAX_PACING_OFFLOAD_HORIZON", 66, withUnit(uint, "ns")),
  netnsImmutable: attr("IFLA_NETNS_IMMUTABLE", 67, bool8),
  headroom: attr("IFLA_HEADROOM", 68, withUnit(u16, "bytes")),
  tailroom: attr("IFLA_TAILROOM", 69, withUnit(u16, "bytes")),
}));

export interface LinkAttrs extends Infer<typeof set> {}
export const linkAttrs: AttributeSet<LinkAttrs> = set;

/** A link: struct ifinfomsg and its attributes (rtnetlink(7), linux/if_link.h). */
export interface Link extends Ifinfomsg, LinkAttrs {
  trailing?: Uint8Array;
}
export const linkMessage: Message<Link> = message("link", ifinfomsg, linkAttrs) as Message<Link>;

definePeerLink(linkMessage);
