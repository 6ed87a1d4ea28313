import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, bytesOf, pad } from "../../netlink/codec/bytes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be16, u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { vfAddress } from "./vf-address.ts";

const mbit = withUnit(u32, "Mbit/s") as typeof u32;
const setting = (name: string) => struct(name, { vf: u32, setting: u32 });
const guid = struct("ifla-vf-guid", { vf: u32, pad: pad(4), guid: u64 });
const linkState = enumeration(u32, "IFLA_VF_LINK_STATE_", { auto: 0, enable: 1, disable: 2 });

const stats = attributes("vf-stats-attrs", () => ({
  rxPackets: attr("IFLA_VF_STATS_RX_PACKETS", 0, u64),
  txPackets: attr("IFLA_VF_STATS_TX_PACKETS", 1, u64),
  rxBytes: attr("IFLA_VF_STATS_RX_BYTES", 2, u64),
  txBytes: attr("IFLA_VF_STATS_TX_BYTES", 3, u64),
  broadcast: attr("IFLA_VF_STATS_BROADCAST", 4, u64),
  multicast: attr("IFLA_VF_STATS_MULTICAST", 5, u64),
  pad: attr("IFLA_VF_STATS_PAD", 6, bytes),
  rxDropped: attr("IFLA_VF_STATS_RX_DROPPED", 7, u64),
  txDropped: attr("IFLA_VF_STATS_TX_DROPPED", 8, u64),
}));

const vlanInfo = struct("ifla-vf-vlan-info", { vf: u32, vlan: u32, qos: u32, vlanProto: be16, pad: pad(2) });

const set = attributes("vfinfo-attrs", () => ({
  mac: attr("IFLA_VF_MAC", 1, struct("ifla-vf-mac", { vf: u32, mac: vfAddress })),
  vlan: attr("IFLA_VF_VLAN", 2, struct("ifla-vf-vlan", { vf: u32, vlan: u32, qos: u32 })),
  txRate: attr("IFLA_VF_TX_RATE", 3, struct("ifla-vf-tx-rate", { vf: u32, rate: mbit })),
  spoofchk: attr("IFLA_VF_SPOOFCHK", 4, setting("ifla-vf-spoofchk")),
  linkState: attr("IFLA_VF_LINK_STATE", 5, struct("ifla-vf-link-state", { vf: u32, linkState })),
  rate: attr("IFLA_VF_RATE", 6, struct("ifla-vf-rate", { vf: u32, minTxRate: mbit, maxTxRate: mbit })),
  rssQueryEn: attr("IFLA_VF_RSS_QUERY_EN", 7, setting("ifla-vf-rss-query-en")),
  stats: attr("IFLA_VF_STATS", 8, stats),
  trust: attr("IFLA_VF_TRUST", 9, setting("ifla-vf-trust")),
  ibNodeGuid: attr("IFLA_VF_IB_NODE_GUID", 10, guid),
  ibPortGuid: attr("IFLA_VF_IB_PORT_GUID", 11, guid),
  vlanList: attr(
    "IFLA_VF_VLAN_LIST",
    12,
    attributes("vf-vlan-attrs", () => ({ info: attr("IFLA_VF_VLAN_INFO", 1, multi(vlanInfo)) })),
  ),
  broadcast: attr("IFLA_VF_BROADCAST", 13, vfAddress),
}));

/** One virtual function of an SR-IOV link (linux/if_link.h IFLA_VF_*). */
export interface VfinfoAttrs extends Infer<typeof set> {}
export const vfinfoAttrs: AttributeSet<VfinfoAttrs> = set;

const list = attributes("vfinfo-list-attrs", () => ({ info: attr("IFLA_VF_INFO", 1, multi(vfinfoAttrs)) }));
export interface VfinfoListAttrs extends Infer<typeof list> {}
export const vfinfoListAttrs: AttributeSet<VfinfoListAttrs> = list;

const portRequest = enumeration(u8, "PORT_REQUEST_", {
  preassociate: 0,
  "preassociate-rr": 1,
  associate: 2,
  disassociate: 3,
});

const portResponse = enumeration(u16, "PORT_VDP_RESPONSE_", {
  success: 0,
  "invalid-format": 1,
  "insufficient-resources": 2,
  "unused-vtid": 3,
  "vtid-violation": 4,
  "vtid-version-violation": [5, "PORT_VDP_RESPONSE_VTID_VERSION_VIOALTION"],
  "out-of-sync": 6,
  "profile-success": [256, "PORT_PROFILE_RESPONSE_SUCCESS"],
  "profile-inprogress": [257, "PORT_PROFILE_RESPONSE_INPROGRESS"],
  "profile-invalid": [258, "PORT_PROFILE_RESPONSE_INVALID"],
  "profile-badstate": [259, "PORT_PROFILE_RESPONSE_BADSTATE"],
  "profile-insufficient-resources": [260, "PORT_PROFILE_RESPONSE_INSUFFICIENT_RESOURCES"],
  "profile-error": [261, "PORT_PROFILE_RESPONSE_ERROR"],
});

const port = attributes("port-attrs", () => ({
  /** Number of the virtual function; PORT_SELF_VF, 4294967295, is the link itself. */
  vf: attr("IFLA_PORT_VF", 1, u32),
  /** Name, up to 40 bytes. */
  profile: attr("IFLA_PORT_PROFILE", 2, string),
  /** Not used any more. */
  vsiType: attr("IFLA_PORT_VSI_TYPE", 3, bytes),
  instanceUuid: attr("IFLA_PORT_INSTANCE_UUID", 4, bytesOf(16)),
  hostUuid: attr("IFLA_PORT_HOST_UUID", 5, bytesOf(16)),
  request: attr("IFLA_PORT_REQUEST", 6, portRequest),
  response: attr("IFLA_PORT_RESPONSE", 7, portResponse),
}));
/** Port profile of IEEE 802.1Qbg (linux/if_link.h IFLA_PORT_*). */
export interface PortAttrs extends Infer<typeof port> {}
export const portAttrs: AttributeSet<PortAttrs> = port;

const ports = attributes("vf-ports-attrs", () => ({ port: attr("IFLA_VF_PORT", 1, multi(portAttrs)) }));
export interface VfPortsAttrs extends Infer<typeof ports> {}
export const vfPortsAttrs: AttributeSet<VfPortsAttrs> = ports;
