import { indexedArray } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { be32, s32, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { fixedString } from "../../../netlink/codec/string.ts";
import { structThen } from "../../../netlink/codec/struct-then.ts";
import { subMessage } from "../../../netlink/codec/sub-message.ts";
import { partialStruct } from "../partial-struct.ts";

const cmp = partialStruct("tcf-em-cmp", {
  val: u32,
  mask: u32,
  off: u16,
  /** Two bit-fields, the first in the low bits on a little endian machine: 1, 2 or 4 bytes; 1 converts to host order. */
  alignFlags: u8,
  /** Likewise: TCF_LAYER_* and TCF_EM_OPND_*. */
  layerOpnd: u8,
});

const nbyte = structThen(
  partialStruct("tcf-em-nbyte", {
    off: u16,
    /** Two bit-fields: the length in 12 bits, TCF_LAYER_* in 4. */
    lenLayer: u16,
  }),
  "pattern",
  bytes,
);

const text = structThen(
  partialStruct("tcf-em-text", {
    algo: fixedString(16),
    fromOffset: u16,
    toOffset: u16,
    patternLen: u16,
    /** Two bit-fields of TCF_LAYER_*: where the search begins and ends. */
    layers: u8,
    pad: pad(1),
  }),
  "pattern",
  bytes,
);

/** u32 as in the filter of this name. */
const u32key = partialStruct("tc-u32-key", { mask: be32, val: be32, off: s32, offmask: s32 });

const metaValue = partialStruct("tcf-meta-val", {
  /** TCF_META_TYPE_* in the high four bits, TCF_META_ID_* in the low eleven. */
  kind: u16,
  shift: u8,
  op: enumeration(u8, "TCF_EM_OPND_", { eq: 0, gt: 1, lt: 2 }),
});

const meta = attributes("em-meta-attrs", () => ({
  hdr: attr("TCA_EM_META_HDR", 1, partialStruct("tcf-meta-hdr", { left: metaValue, right: metaValue })),
  /** A number of 4 or 8 bytes, or text, as the type says. */
  lvalue: attr("TCA_EM_META_LVALUE", 2, bytes),
  rvalue: attr("TCA_EM_META_RVALUE", 3, bytes),
}));

const kinds = {
  /** Index of the first match of a bracket. */
  container: u32,
  cmp,
  nbyte,
  u32: u32key,
  meta,
  text,
} as const;

const header = partialStruct("tcf-ematch-hdr", {
  matchid: u16,
  kind: enumeration(u16, "TCF_EM_", {
    container: 0,
    cmp: 1,
    nbyte: 2,
    u32: 3,
    meta: 4,
    text: 5,
    vlan: 6,
    canid: 7,
    ipset: 8,
    ipt: 9,
  }),
  /** How it goes on after this match: neither `and` nor `or` is the end. */
  flags: flags(u16, "TCF_EM_", {
    and: [1, "TCF_EM_REL_AND"],
    or: [2, "TCF_EM_REL_OR"],
    invert: 4,
    simple: 8,
  }),
  pad: pad(2),
});

const set = attributes("ematch-attrs", () => ({
  treeHdr: attr(
    "TCA_EMATCH_TREE_HDR",
    1,
    partialStruct("tcf-ematch-tree-hdr", { nmatches: u16, progid: u16 }),
  ),
  /** The kernel wants types from 1 in order. */
  treeList: attr(
    "TCA_EMATCH_TREE_LIST",
    2,
    indexedArray(structThen(header, "match", subMessage("kind", kinds))),
  ),
}));

/** Extended matches (tc-ematch(8), linux/pkt_cls.h TCA_EMATCH_TREE_*). */
export interface EmatchAttrs extends Infer<typeof set> {}
export const ematchAttrs: AttributeSet<EmatchAttrs> = set;
