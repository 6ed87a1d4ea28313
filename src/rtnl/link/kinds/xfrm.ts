import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-xfrm-attrs", () => ({
  /** Index of the lower link. */
  link: attr("IFLA_XFRM_LINK", 1, u32),
  /** Id that IPsec's policies and states for this link have; not 0. */
  ifId: attr("IFLA_XFRM_IF_ID", 2, u32),
  /** The id comes with each packet (`external`). */
  collectMetadata: attr("IFLA_XFRM_COLLECT_METADATA", 3, flag),
}));

/** Options of an IPsec interface (linux/if_link.h IFLA_XFRM_*, ip-link(8)). */
export interface XfrmAttrs extends Infer<typeof set> {}
export const xfrm: AttributeSet<XfrmAttrs> = set;
