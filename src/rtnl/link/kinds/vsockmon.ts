import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A monitor of vsock traffic has no options. */
export const vsockmon: AttributeSet<Kept> = attributes("linkinfo-vsockmon-attrs", () => ({}));
