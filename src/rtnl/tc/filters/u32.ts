import { arrayOf } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, s16, s32, u8, u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { struct } from "../../../netlink/codec/struct.ts";
import { structThen } from "../../../netlink/codec/struct-then.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";
import { partialStruct } from "../partial-struct.ts";
import { clsFlags } from "./flags.ts";

const key = struct("tc-u32-key", {
  /** As it stands in the packet. */
  mask: be32,
  /** As it stands in the packet. */
  val: be32,
  /** From where the header begins, bytes. */
  off: s32,
  offmask: s32,
});

const header = partialStruct("tc-u32-sel", {
  flags: flags(u8, "TC_U32_", { terminal: 1, offset: 2, varoffset: 4, eat: 8 }),
  offshift: u8,
  /** The number of `keys`, where it is not given. */
  nkeys: u8,
  pad: pad(1),
  offmask: be16,
  off: u16,
  offoff: s16,
  hoff: s16,
  /** Of the word that is hashed. */
  hmask: be32,
});
const sel = structThen(header, "keys", arrayOf(key), "nkeys");

const counted = partialStruct("tc-u32-pcnt", {
  /** Packets seen. */
  rcnt: u64,
  /** Packets that matched. */
  rhit: u64,
});
const pcnt = structThen(counted, "kcnts", arrayOf(u64));

const tcU32Mark = partialStruct("tc-u32-mark", {
  val: u32,
  mask: u32,
  success: u32,
});

const set = attributes("u32-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_U32_CLASSID", 1, u32),
  /** Hash table the filter is in, by its handle. */
  hash: attr("TCA_U32_HASH", 2, u32),
  /** Hash table to go on in. */
  link: attr("TCA_U32_LINK", 3, u32),
  /** Buckets of a hash table; sent to make one. */
  divisor: attr("TCA_U32_DIVISOR", 4, u32),
  sel: attr("TCA_U32_SEL", 5, sel),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_U32_POLICE", 6, policeAttrs),
  /** What is done with a packet that matches. */
  act: attr("TCA_U32_ACT", 7, actions),
  indev: attr("TCA_U32_INDEV", 8, string),
  /** With what each key matched. */
  pcnt: attr("TCA_U32_PCNT", 9, pcnt),
  mark: attr("TCA_U32_MARK", 10, tcU32Mark),
  flags: attr("TCA_U32_FLAGS", 11, clsFlags),
  pad: attr("TCA_U32_PAD", 12, bytes),
}));

/** Any bits of a packet (tc-u32(8)). */
export interface U32Attrs extends Infer<typeof set> {}
export const u32Filter: AttributeSet<U32Attrs> = set;
