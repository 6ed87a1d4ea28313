import { flags } from "../../netlink/codec/enumeration.ts";
import { u16 } from "../../netlink/codec/integer.ts";
import { struct } from "../../netlink/codec/struct.ts";

/** BRIDGE_VLAN_INFO_* (linux/if_bridge.h) */
export const bridgeVlanInfoFlags = flags(u16, "BRIDGE_VLAN_INFO_", {
  master: 1,
  pvid: 2,
  untagged: 4,
  "range-begin": 8,
  "range-end": 16,
  brentry: 32,
  "only-opts": 64,
});

/** struct bridge_vlan_info (linux/if_bridge.h): a VLAN of a bridge or its port. */
export const bridgeVlanInfo = struct("bridge-vlan-info", { flags: bridgeVlanInfoFlags, vid: u16 });
