import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-wwan-attrs", () => ({
  /** Number of the data channel. */
  linkId: attr("IFLA_WWAN_LINK_ID", 1, u32),
}));

/** Options of a modem's link (linux/wwan.h IFLA_WWAN_*); the modem is the link's `parentDevName`. */
export interface WwanAttrs extends Infer<typeof set> {}
export const wwan: AttributeSet<WwanAttrs> = set;
