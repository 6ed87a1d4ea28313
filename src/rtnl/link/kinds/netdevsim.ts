import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A simulated device has no options; it is made through /sys/bus/netdevsim/new_device, not by RTM_NEWLINK. */
export const netdevsim: AttributeSet<Kept> = attributes("linkinfo-netdevsim-attrs", () => ({}));
