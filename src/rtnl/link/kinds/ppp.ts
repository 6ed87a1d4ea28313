import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { s32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-ppp-attrs", () => ({
  /** Descriptor of /dev/ppp. Only sent. */
  devFd: attr("IFLA_PPP_DEV_FD", 1, s32),
}));

/** Options of a PPP link (linux/if_link.h IFLA_PPP_*). */
export interface PppAttrs extends Infer<typeof set> {}
export const ppp: AttributeSet<PppAttrs> = set;
