import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { bridgeCfmAttrs } from "./bridge-cfm.ts";
import { bridgeMrpAttrs } from "./bridge-mrp.ts";
import { bridgeVlanInfo, bridgeVlanInfoFlags } from "./bridge-vlan.ts";
import { brState } from "./kinds/bridge-port.ts";

const tunnelInfo = attributes("bridge-vlan-tunnel-attrs", () => ({
  id: attr("IFLA_BRIDGE_VLAN_TUNNEL_ID", 1, u32),
  vid: attr("IFLA_BRIDGE_VLAN_TUNNEL_VID", 2, u16),
  flags: attr("IFLA_BRIDGE_VLAN_TUNNEL_FLAGS", 3, bridgeVlanInfoFlags),
}));

const mst = attributes("bridge-mst-attrs", () => ({
  entry: attr(
    "IFLA_BRIDGE_MST_ENTRY",
    1,
    multi(
      attributes("bridge-mst-entry-attrs", () => ({
        /** Number of the spanning tree. */
        msti: attr("IFLA_BRIDGE_MST_ENTRY_MSTI", 1, u16),
        state: attr("IFLA_BRIDGE_MST_ENTRY_STATE", 2, brState),
      })),
    ),
  ),
}));

const bridgeSet = attributes("bridge-af-spec-attrs", () => ({
  flags: attr("IFLA_BRIDGE_FLAGS", 0, flags(u16, "BRIDGE_FLAGS_", { master: 1, self: 2 })),
  mode: attr("IFLA_BRIDGE_MODE", 1, enumeration(u16, "BRIDGE_MODE_", { veb: 0, vepa: 1, undef: 0xffff })),
  vlanInfo: attr("IFLA_BRIDGE_VLAN_INFO", 2, multi(bridgeVlanInfo)),
  vlanTunnelInfo: attr("IFLA_BRIDGE_VLAN_TUNNEL_INFO", 3, multi(tunnelInfo)),
  mrp: attr("IFLA_BRIDGE_MRP", 4, bridgeMrpAttrs),
  cfm: attr("IFLA_BRIDGE_CFM", 5, bridgeCfmAttrs),
  mst: attr("IFLA_BRIDGE_MST", 6, mst),
}));
/** IFLA_AF_SPEC of a message for AF_BRIDGE (linux/if_bridge.h). */
export interface BridgeAfSpecAttrs extends Infer<typeof bridgeSet> {}
export const bridgeAfSpecAttrs: AttributeSet<BridgeAfSpecAttrs> = bridgeSet;
