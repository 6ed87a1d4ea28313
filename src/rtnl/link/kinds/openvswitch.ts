import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** The internal port of an Open vSwitch has no options; the generic netlink family `ovs_vport` makes it. */
export const openvswitch: AttributeSet<Kept> = attributes("linkinfo-openvswitch-attrs", () => ({}));
