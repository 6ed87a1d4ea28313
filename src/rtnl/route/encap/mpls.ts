import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { labels } from "../labels.ts";

const set = attributes("mpls-iptunnel-attrs", () => ({
  /** Labels to put in front, the outermost first: `100/200`. */
  dst: attr("MPLS_IPTUNNEL_DST", 1, labels),
  /** TTL of the labels; without it the packet's own. */
  ttl: attr("MPLS_IPTUNNEL_TTL", 2, u8),
}));

/** MPLS labels around a packet (linux/mpls_iptunnel.h). */
export interface MplsEncap extends Infer<typeof set> {}
export const mplsEncap: AttributeSet<MplsEncap> = set;
