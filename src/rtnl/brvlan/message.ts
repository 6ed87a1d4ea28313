import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { mcastQuerierState } from "../link/kinds/bridge.ts";
import { mdbRouter } from "../mdb/router.ts";
import { vlandbEntry } from "./entry.ts";

const header = struct("br_vlan_msg", {
  family: addressFamily,
  pad: pad(3),
  /** Index of the bridge or its port. */
  ifindex: u32,
});

/** struct br_vlan_msg (linux/if_bridge.h), 8 bytes. */
export interface BrVlanMsg extends Infer<typeof header> {}
export const brVlanMsg: StructShape<BrVlanMsg> = header;

const interval = withUnit(u64, "1/100 s");

const options = attributes("vlandb-gopts-attrs", () => ({
  /** The VLAN; with `range` the first one. */
  id: attr("BRIDGE_VLANDB_GOPTS_ID", 1, u16),
  range: attr("BRIDGE_VLANDB_GOPTS_RANGE", 2, u16),
  mcastSnooping: attr("BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING", 3, u8),
  mcastIgmpVersion: attr("BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION", 4, u8),
  mcastMldVersion: attr("BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION", 5, u8),
  mcastLastMemberCnt: attr("BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT", 6, u32),
  mcastStartupQueryCnt: attr("BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT", 7, u32),
  mcastLastMemberIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL", 8, interval),
  pad: attr("BRIDGE_VLANDB_GOPTS_PAD", 9, bytes),
  mcastMembershipIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL", 10, interval),
  mcastQuerierIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL", 11, interval),
  mcastQueryIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL", 12, interval),
  mcastQueryResponseIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL", 13, interval),
  mcastStartupQueryIntvl: attr("BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL", 14, interval),
  mcastQuerier: attr("BRIDGE_VLANDB_GOPTS_MCAST_QUERIER", 15, u8),
  mcastRouterPorts: attr("BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS", 16, mdbRouter),
  mcastQuerierState: attr("BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_STATE", 17, mcastQuerierState),
  /** Multiple spanning tree instance. */
  msti: attr("BRIDGE_VLANDB_GOPTS_MSTI", 18, u16),
}));
/** Options of a bridge's VLAN at all of its ports (BRIDGE_VLANDB_GOPTS_*). */
export interface VlandbGlobalOptions extends Infer<typeof options> {}
export const vlandbGlobalOptions: AttributeSet<VlandbGlobalOptions> = options;

const set = attributes("vlandb-attrs", () => ({
  entry: attr("BRIDGE_VLANDB_ENTRY", 1, multi(vlandbEntry)),
  globalOptions: attr("BRIDGE_VLANDB_GLOBAL_OPTIONS", 2, multi(vlandbGlobalOptions)),
}));
export interface BrVlanAttrs extends Infer<typeof set> {}
export const brVlanAttrs: AttributeSet<BrVlanAttrs> = set;

/** VLANs of a bridge or its port: struct br_vlan_msg and BRIDGE_VLANDB_* (linux/if_bridge.h, bridge(8)). */
export interface BrVlan extends BrVlanMsg, BrVlanAttrs {
  trailing?: Uint8Array;
}
export const brVlanMessage: Message<BrVlan> = message("brvlan", brVlanMsg, brVlanAttrs) as Message<BrVlan>;

const dumpSet = attributes("vlandb-dump-attrs", () => ({
  flags: attr("BRIDGE_VLANDB_DUMP_FLAGS", 1, flags(u32, "BRIDGE_VLANDB_DUMPF_", { stats: 1, global: 2 })),
}));
export interface BrVlanDumpAttrs extends Infer<typeof dumpSet> {}
export const brVlanDumpAttrs: AttributeSet<BrVlanDumpAttrs> = dumpSet;

/** What RTM_GETVLAN asks for. */
export interface BrVlanDump extends BrVlanMsg, BrVlanDumpAttrs {
  trailing?: Uint8Array;
}
export const brVlanDumpMessage: Message<BrVlanDump> = message(
  "brvlan-dump",
  brVlanMsg,
  brVlanDumpAttrs,
) as Message<BrVlanDump>;
