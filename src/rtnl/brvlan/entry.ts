import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { bridgeVlanInfo } from "../link/bridge-vlan.ts";
import { brState } from "../link/kinds/bridge-port.ts";

const tunnelInfo = attributes("vlandb-tinfo-attrs", () => ({
  /** VXLAN network identifier. */
  id: attr("BRIDGE_VLANDB_TINFO_ID", 1, u32),
  /** RTM_SETLINK maps, RTM_DELLINK unmaps. */
  cmd: attr("BRIDGE_VLANDB_TINFO_CMD", 2, u32),
}));

const stats = attributes("vlandb-stats-attrs", () => ({
  rxBytes: attr("BRIDGE_VLANDB_STATS_RX_BYTES", 1, u64),
  rxPackets: attr("BRIDGE_VLANDB_STATS_RX_PACKETS", 2, u64),
  txBytes: attr("BRIDGE_VLANDB_STATS_TX_BYTES", 3, u64),
  txPackets: attr("BRIDGE_VLANDB_STATS_TX_PACKETS", 4, u64),
  pad: attr("BRIDGE_VLANDB_STATS_PAD", 5, bytes),
}));

const set = attributes("vlandb-entry-attrs", () => ({
  /** The VLAN; with `range` the first one. */
  info: attr("BRIDGE_VLANDB_ENTRY_INFO", 1, bridgeVlanInfo),
  /** The last VLAN of the range. */
  range: attr("BRIDGE_VLANDB_ENTRY_RANGE", 2, u16),
  /** What the spanning tree lets the VLAN do here. */
  state: attr("BRIDGE_VLANDB_ENTRY_STATE", 3, brState),
  tunnelInfo: attr("BRIDGE_VLANDB_ENTRY_TUNNEL_INFO", 4, tunnelInfo),
  stats: attr("BRIDGE_VLANDB_ENTRY_STATS", 5, stats),
  mcastRouter: attr("BRIDGE_VLANDB_ENTRY_MCAST_ROUTER", 6, u8),
  mcastNGroups: attr("BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS", 7, u32),
  mcastMaxGroups: attr("BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS", 8, u32),
  neighSuppress: attr("BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS", 9, u8),
  neighForwardGrat: attr("BRIDGE_VLANDB_ENTRY_NEIGH_FORWARD_GRAT", 10, u8),
}));

/** A VLAN of a bridge or its port, or a range of VLANs that are alike (BRIDGE_VLANDB_ENTRY_*). */
export interface VlandbEntry extends Infer<typeof set> {}
export const vlandbEntry: AttributeSet<VlandbEntry> = set;
