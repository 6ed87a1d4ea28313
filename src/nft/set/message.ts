import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { exprAttrs, expressions } from "../expression.ts";
import { listOf } from "../list.ts";
import { objectType } from "../obj/type.ts";
import { byteCount, milliseconds, milliseconds32 } from "../units.ts";

const fieldSet = attributes("set-field-attrs", () => ({ len: attr("NFTA_SET_FIELD_LEN", 1, byteCount) }));
/** One part of a key that is made of several. */
export interface SetField extends Infer<typeof fieldSet> {}
const field: AttributeSet<SetField> = fieldSet;

const descSet = attributes("set-desc-attrs", () => ({
  /** At most this many elements. */
  size: attr("NFTA_SET_DESC_SIZE", 1, be32),
  concat: attr("NFTA_SET_DESC_CONCAT", 2, listOf(field)),
}));
export interface SetDesc extends Infer<typeof descSet> {}
const setDesc: AttributeSet<SetDesc> = descSet;

const flagNames = {
  anonymous: 1,
  constant: 2,
  interval: 4,
  map: 8,
  timeout: 16,
  eval: 32,
  object: 64,
  concat: 128,
  expr: 256,
} as const;
export type SetFlag = NameOf<typeof flagNames>;
const setFlags: NamedShape<readonly SetFlag[]> = flags(be32, "NFT_SET_", flagNames);

const set = attributes("set-attrs", () => ({
  table: attr("NFTA_SET_TABLE", 1, string),
  /** `__set%d` lets the kernel choose the number. */
  name: attr("NFTA_SET_NAME", 2, string),
  flags: attr("NFTA_SET_FLAGS", 3, setFlags),
  /** What nft takes keys for: its own number of a data type. */
  keyType: attr("NFTA_SET_KEY_TYPE", 4, be32),
  keyLen: attr("NFTA_SET_KEY_LEN", 5, byteCount),
  /** Of a map likewise; 0xffffff00 for verdicts. */
  dataType: attr("NFTA_SET_DATA_TYPE", 6, be32),
  dataLen: attr("NFTA_SET_DATA_LEN", 7, byteCount),
  policy: attr("NFTA_SET_POLICY", 8, enumeration(be32, "NFT_SET_POL_", { performance: 0, memory: 1 })),
  desc: attr("NFTA_SET_DESC", 9, setDesc),
  /** Names it in the batch that makes it. */
  id: attr("NFTA_SET_ID", 10, be32),
  /** How long elements live that do not say it themselves. */
  timeout: attr("NFTA_SET_TIMEOUT", 11, milliseconds),
  gcInterval: attr("NFTA_SET_GC_INTERVAL", 12, milliseconds32),
  userdata: attr("NFTA_SET_USERDATA", 13, bytes),
  pad: attr("NFTA_SET_PAD", 14, bytes),
  /** Of a map of objects. */
  objType: attr("NFTA_SET_OBJ_TYPE", 15, objectType),
  handle: attr("NFTA_SET_HANDLE", 16, be64),
  /** What every element does besides. */
  expr: attr("NFTA_SET_EXPR", 17, exprAttrs),
  /** The same where it is more than one. */
  expressions: attr("NFTA_SET_EXPRESSIONS", 18, expressions),
  /** The kernel's own name for what it keeps it in, `nft_set_rbtree_type`, or its address; since Linux 6.16. */
  type: attr("NFTA_SET_TYPE", 19, string),
  /** How many elements it has. */
  count: attr("NFTA_SET_COUNT", 20, be32),
}));
export interface NftSetAttrs extends Infer<typeof set> {}
export const setAttrs: AttributeSet<NftSetAttrs> = set;

/** A set, or a map: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface NftSet extends Nfgenmsg, NftSetAttrs {
  trailing?: Uint8Array;
}
export const setMessage: Message<NftSet> = nfMessage("set", setAttrs);
