import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";
import { vlanProtocol } from "./vlan-protocol.ts";

const vlanFlags = flags(u32, "VLAN_FLAG_", {
  "reorder-hdr": 1,
  gvrp: 2,
  "loose-binding": 4,
  mvrp: 8,
  "bridge-binding": 16,
});

const qos = attributes("ifla-vlan-qos", () => ({
  mapping: attr("IFLA_VLAN_QOS_MAPPING", 1, multi(struct("ifla-vlan-qos-mapping", { from: u32, to: u32 }))),
}));

const set = attributes("linkinfo-vlan-attrs", () => ({
  /** VLAN identifier, 0 to 4095. */
  id: attr("IFLA_VLAN_ID", 1, u16),
  /** Flags, and which of them are meant. */
  flags: attr("IFLA_VLAN_FLAGS", 2, struct("ifla-vlan-flags", { flags: vlanFlags, mask: vlanFlags })),
  /** From the packet's priority to the tag's. */
  egressQos: attr("IFLA_VLAN_EGRESS_QOS", 3, qos),
  /** From the tag's priority to the packet's. */
  ingressQos: attr("IFLA_VLAN_INGRESS_QOS", 4, qos),
  protocol: attr("IFLA_VLAN_PROTOCOL", 5, vlanProtocol),
}));

/** Options of a VLAN link (linux/if_link.h IFLA_VLAN_*, ip-link(8)). The lower link is the link's own `link`. */
export interface VlanAttrs extends Infer<typeof set> {}
export const vlan: AttributeSet<VlanAttrs> = set;
