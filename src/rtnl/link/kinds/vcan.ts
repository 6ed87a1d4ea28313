import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A virtual CAN link has no options (ip-link(8)). */
export const vcan: AttributeSet<Kept> = attributes("linkinfo-vcan-attrs", () => ({}));
