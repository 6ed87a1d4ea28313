import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A 6LoWPAN link (RFC 4944) has no options; the IEEE 802.15.4 link is its `link`. */
export const lowpan: AttributeSet<Kept> = attributes("linkinfo-lowpan-attrs", () => ({}));
