import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** An intermediate functional block has no options (ip-link(8)). */
export const ifb: AttributeSet<Kept> = attributes("linkinfo-ifb-attrs", () => ({}));
