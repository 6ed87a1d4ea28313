import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A dummy link has no options (ip-link(8)). */
export const dummy: AttributeSet<Kept> = attributes("linkinfo-dummy-attrs", () => ({}));
