import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A WireGuard link has no options of rtnetlink's: keys and peers are set through the generic netlink family `wireguard`. */
export const wireguard: AttributeSet<Kept> = attributes("linkinfo-wireguard-attrs", () => ({}));
