import { mac } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { vlanProtocol } from "../../link/kinds/vlan-protocol.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const operation = enumeration(u32, "TCA_VLAN_ACT_", {
  pop: 1,
  push: 2,
  modify: 3,
  "pop-eth": 4,
  "push-eth": 5,
});

const tcVlanStruct = partialStruct("tc-vlan", {
  ...generic,
  vAction: operation,
});

/** struct tc_vlan. */
export interface TcVlan extends Infer<typeof tcVlanStruct> {}
export const tcVlan: StructShape<TcVlan> = tcVlanStruct;

const set = attributes("act-vlan-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_VLAN_TM", 1, tcfT),
  parms: attr("TCA_VLAN_PARMS", 2, tcVlan),
  pushVlanId: attr("TCA_VLAN_PUSH_VLAN_ID", 3, u16),
  pushVlanProtocol: attr("TCA_VLAN_PUSH_VLAN_PROTOCOL", 4, vlanProtocol),
  pad: attr("TCA_VLAN_PAD", 5, bytes),
  pushVlanPriority: attr("TCA_VLAN_PUSH_VLAN_PRIORITY", 6, u8),
  pushEthDst: attr("TCA_VLAN_PUSH_ETH_DST", 7, mac),
  pushEthSrc: attr("TCA_VLAN_PUSH_ETH_SRC", 8, mac),
}));

/** Pushes, pops and changes VLAN tags (tc-vlan(8)). */
export interface ActVlanAttrs extends Infer<typeof set> {}
export const vlan: AttributeSet<ActVlanAttrs> = set;
