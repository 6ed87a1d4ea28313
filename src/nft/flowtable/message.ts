import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { flowtableHook } from "../hook.ts";

const set = attributes("flowtable-attrs", () => ({
  table: attr("NFTA_FLOWTABLE_TABLE", 1, string),
  name: attr("NFTA_FLOWTABLE_NAME", 2, string),
  hook: attr("NFTA_FLOWTABLE_HOOK", 3, flowtableHook),
  /** How many rules use it. */
  use: attr("NFTA_FLOWTABLE_USE", 4, be32),
  handle: attr("NFTA_FLOWTABLE_HANDLE", 5, be64),
  pad: attr("NFTA_FLOWTABLE_PAD", 6, bytes),
  flags: attr("NFTA_FLOWTABLE_FLAGS", 7, flags(be32, "NFT_FLOWTABLE_", { "hw-offload": 1, counter: 2 })),
}));
export interface FlowtableAttrs extends Infer<typeof set> {}
export const flowtableAttrs: AttributeSet<FlowtableAttrs> = set;

/** A flowtable: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface Flowtable extends Nfgenmsg, FlowtableAttrs {
  trailing?: Uint8Array;
}
export const flowtableMessage: Message<Flowtable> = nfMessage("flowtable", flowtableAttrs);
