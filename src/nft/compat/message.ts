import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";

const set = attributes("compat-attrs", () => ({
  name: attr("NFTA_COMPAT_NAME", 1, string),
  rev: attr("NFTA_COMPAT_REV", 2, be32),
  /** 0 a match, 1 a target. */
  type: attr("NFTA_COMPAT_TYPE", 3, be32),
}));
export interface CompatAttrs extends Infer<typeof set> {}
export const compatAttrs: AttributeSet<CompatAttrs> = set;

/** Asks whether the kernel has an extension of iptables (linux/netfilter/nf_tables_compat.h). */
export interface Compat extends Nfgenmsg, CompatAttrs {
  trailing?: Uint8Array;
}
export const compatMessage: Message<Compat> = nfMessage("compat", compatAttrs);
