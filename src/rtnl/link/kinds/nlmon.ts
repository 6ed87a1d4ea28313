import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A netlink monitor has no options (ip-link(8)): it receives the machine's netlink traffic. */
export const nlmon: AttributeSet<Kept> = attributes("linkinfo-nlmon-attrs", () => ({}));
