import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { counter } from "../expressions/counter.ts";
import { chainHook } from "../hook.ts";

const set = attributes("chain-attrs", () => ({
  table: attr("NFTA_CHAIN_TABLE", 1, string),
  handle: attr("NFTA_CHAIN_HANDLE", 2, be64),
  name: attr("NFTA_CHAIN_NAME", 3, string),
  hook: attr("NFTA_CHAIN_HOOK", 4, chainHook),
  /** What becomes of packets that no rule decides on. */
  policy: attr("NFTA_CHAIN_POLICY", 5, enumeration(be32, "NF_", { drop: 0, accept: 1 })),
  /** How many rules it has, and how many jump to it. */
  use: attr("NFTA_CHAIN_USE", 6, be32),
  /** `filter`, `nat` or `route`. */
  type: attr("NFTA_CHAIN_TYPE", 7, string),
  counters: attr("NFTA_CHAIN_COUNTERS", 8, counter),
  pad: attr("NFTA_CHAIN_PAD", 9, bytes),
  flags: attr("NFTA_CHAIN_FLAGS", 10, flags(be32, "NFT_CHAIN_", { base: 1, "hw-offload": 2, binding: 4 })),
  /** Names it in the batch that makes it. */
  id: attr("NFTA_CHAIN_ID", 11, be32),
  userdata: attr("NFTA_CHAIN_USERDATA", 12, bytes),
}));
export interface ChainAttrs extends Infer<typeof set> {}
export const chainAttrs: AttributeSet<ChainAttrs> = set;

/** A chain, with `hook` a base chain: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface Chain extends Nfgenmsg, ChainAttrs {
  trailing?: Uint8Array;
}
export const chainMessage: Message<Chain> = nfMessage("chain", chainAttrs);
