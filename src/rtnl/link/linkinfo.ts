import { type AttributeSet, attr, attributes, type Kept } from "../../netlink/codec/attributes.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Selected, subMessage } from "../../netlink/codec/sub-message.ts";
import { type CanDeviceStats, canDeviceStats } from "./kinds/can.ts";
import { linkKinds, slaveKinds } from "./kinds/index.ts";

/** `{ kind, data }`, the data's type chosen by the kind. */
export type LinkKindData = Selected<"kind", "data", typeof linkKinds>;
/** `{ slaveKind, slaveData }`: the link as a member of its master. */
export type LinkSlaveData = Selected<"slaveKind", "slaveData", typeof slaveKinds>;

/** IFLA_LINKINFO: what sort of virtual link it is, with its options. */
export type LinkInfo = LinkKindData & LinkSlaveData & { xstats?: CanDeviceStats | Uint8Array } & Kept;

const { bond, bridge, vrf } = slaveKinds;
const ofKind = { bond_slave: bond, bridge_slave: bridge, vrf_slave: vrf } as const;

const set = attributes("linkinfo-attrs", () => ({
  kind: attr("IFLA_INFO_KIND", 1, string),
  data: attr("IFLA_INFO_DATA", 2, subMessage("kind", linkKinds)),
  /** Counters of the kind; CAN links alone have them. */
  xstats: attr("IFLA_INFO_XSTATS", 3, subMessage("kind", { can: canDeviceStats })),
  slaveKind: attr("IFLA_INFO_SLAVE_KIND", 4, string),
  /** The kernel goes by the master that the link has; `ip` names it in the kind. */
  slaveData: attr("IFLA_INFO_SLAVE_DATA", 5, subMessage("slaveKind", slaveKinds, subMessage("kind", ofKind))),
}));

export const linkinfoAttrs = set as AttributeSet<LinkInfo>;
