import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";

const set = attributes("gen-attrs", () => ({
  id: attr("NFTA_GEN_ID", 1, be32),
  /** Who changed it; in notifications. */
  procPid: attr("NFTA_GEN_PROC_PID", 2, be32),
  procName: attr("NFTA_GEN_PROC_NAME", 3, string),
}));
export interface GenerationAttrs extends Infer<typeof set> {}
export const genAttrs: AttributeSet<GenerationAttrs> = set;

/** A generation of the ruleset: it grows with every change (linux/netfilter/nf_tables.h). */
export interface Generation extends Nfgenmsg, GenerationAttrs {
  trailing?: Uint8Array;
}
export const genMessage: Message<Generation> = nfMessage("gen", genAttrs);
