import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A wireless link that wraps an Ethernet link, its `link`; it has no options. */
export const virtWifi: AttributeSet<Kept> = attributes("linkinfo-virt_wifi-attrs", () => ({}));
