import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { data } from "../data.ts";
import { exprAttrs, expressions } from "../expression.ts";
import { listOf } from "../list.ts";
import { milliseconds } from "../units.ts";

const elementSet = attributes("setelem-attrs", () => ({
  key: attr("NFTA_SET_ELEM_KEY", 1, data),
  /** Of a map: what the key stands for. */
  data: attr("NFTA_SET_ELEM_DATA", 2, data),
  flags: attr("NFTA_SET_ELEM_FLAGS", 3, flags(be32, "NFT_SET_ELEM_", { "interval-end": 1, catchall: 2 })),
  timeout: attr("NFTA_SET_ELEM_TIMEOUT", 4, milliseconds),
  /** What is left of it. */
  expiration: attr("NFTA_SET_ELEM_EXPIRATION", 5, milliseconds),
  userdata: attr("NFTA_SET_ELEM_USERDATA", 6, bytes),
  expr: attr("NFTA_SET_ELEM_EXPR", 7, exprAttrs),
  pad: attr("NFTA_SET_ELEM_PAD", 8, bytes),
  /** Of a map of objects: the object's name. */
  objref: attr("NFTA_SET_ELEM_OBJREF", 9, string),
  /** Of an interval of keys that are made of several parts: its end, included. */
  keyEnd: attr("NFTA_SET_ELEM_KEY_END", 10, data),
  expressions: attr("NFTA_SET_ELEM_EXPRESSIONS", 11, expressions),
}));
/** An element of a set or a map. An interval is two: where it begins, and behind its end, with `interval-end`. */
export interface SetElement extends Infer<typeof elementSet> {}
const setelem: AttributeSet<SetElement> = elementSet;

const set = attributes("setelem-list-attrs", () => ({
  table: attr("NFTA_SET_ELEM_LIST_TABLE", 1, string),
  set: attr("NFTA_SET_ELEM_LIST_SET", 2, string),
  elements: attr("NFTA_SET_ELEM_LIST_ELEMENTS", 3, listOf(setelem)),
  /** As `set`, of a set that is made in the same batch. */
  setId: attr("NFTA_SET_ELEM_LIST_SET_ID", 4, be32),
}));
export interface SetElementsAttrs extends Infer<typeof set> {}
export const setelemListAttrs: AttributeSet<SetElementsAttrs> = set;

/** Elements of a set: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface SetElements extends Nfgenmsg, SetElementsAttrs {
  trailing?: Uint8Array;
}
export const setelemMessage: Message<SetElements> = nfMessage("setelem", setelemListAttrs);
