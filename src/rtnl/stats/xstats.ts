import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { u16, u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { bridgeVlanInfoFlags } from "../link/bridge-vlan.ts";

const vlan = struct("bridge_vlan_xstats", {
  rxBytes: u64,
  rxPackets: u64,
  txBytes: u64,
  txPackets: u64,
  vid: u16,
  flags: bridgeVlanInfoFlags,
  pad: pad(4),
});

/** BR_MCAST_DIR_*: messages received and sent. */
const both = struct("br_mcast_dir", { rx: u64, tx: u64 });

const mcast = struct("br_mcast_stats", {
  igmpV1queries: both,
  igmpV2queries: both,
  igmpV3queries: both,
  igmpLeaves: both,
  igmpV1reports: both,
  igmpV2reports: both,
  igmpV3reports: both,
  igmpParseErrors: u64,
  mldV1queries: both,
  mldV2queries: both,
  mldLeaves: both,
  mldV1reports: both,
  mldV2reports: both,
  mldParseErrors: u64,
  mcastBytes: both,
  mcastPackets: both,
});

const stp = struct("bridge_stp_xstats", {
  transitionBlk: u64,
  transitionFwd: u64,
  rxBpdu: u64,
  txBpdu: u64,
  rxTcn: u64,
  txTcn: u64,
});

const bridge = attributes("bridge-xstats-attrs", () => ({
  /** One for each VLAN. */
  vlan: attr("BRIDGE_XSTATS_VLAN", 1, multi(vlan)),
  mcast: attr("BRIDGE_XSTATS_MCAST", 2, mcast),
  pad: attr("BRIDGE_XSTATS_PAD", 3, bytes),
  /** Of a port. */
  stp: attr("BRIDGE_XSTATS_STP", 4, stp),
}));

const lacp = attributes("bond-3ad-stat-attrs", () => ({
  lacpduRx: attr("BOND_3AD_STAT_LACPDU_RX", 0, u64),
  lacpduTx: attr("BOND_3AD_STAT_LACPDU_TX", 1, u64),
  lacpduUnknownRx: attr("BOND_3AD_STAT_LACPDU_UNKNOWN_RX", 2, u64),
  lacpduIllegalRx: attr("BOND_3AD_STAT_LACPDU_ILLEGAL_RX", 3, u64),
  markerRx: attr("BOND_3AD_STAT_MARKER_RX", 4, u64),
  markerTx: attr("BOND_3AD_STAT_MARKER_TX", 5, u64),
  markerRespRx: attr("BOND_3AD_STAT_MARKER_RESP_RX", 6, u64),
  markerRespTx: attr("BOND_3AD_STAT_MARKER_RESP_TX", 7, u64),
  markerUnknownRx: attr("BOND_3AD_STAT_MARKER_UNKNOWN_RX", 8, u64),
  pad: attr("BOND_3AD_STAT_PAD", 9, bytes),
}));

const bond = attributes("bond-xstats-attrs", () => ({
  /** LACP (IEEE 802.3ad). */
  lacp: attr("BOND_XSTATS_3AD", 1, lacp),
}));

const set = attributes("link-xstats-attrs", () => ({
  bridge: attr("LINK_XSTATS_TYPE_BRIDGE", 1, bridge),
  bond: attr("LINK_XSTATS_TYPE_BOND", 2, bond),
}));

/** Statistics that a link's kind has beside those of every link (LINK_XSTATS_TYPE_*). */
export interface LinkXstats extends Infer<typeof set> {}
export const linkXstats: AttributeSet<LinkXstats> = set;
