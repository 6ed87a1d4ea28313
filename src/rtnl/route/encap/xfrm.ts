import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("lwt-xfrm-attrs", () => ({
  /** Id that policies and states have too; not 0. */
  ifId: attr("LWT_XFRM_IF_ID", 1, u32),
  /** Index of the link underneath. */
  link: attr("LWT_XFRM_LINK", 2, u32),
}));

/** What an xfrm interface in collect-metadata mode takes its policy from (linux/lwtunnel.h). */
export interface XfrmEncap extends Infer<typeof set> {}
export const xfrmEncap: AttributeSet<XfrmEncap> = set;
