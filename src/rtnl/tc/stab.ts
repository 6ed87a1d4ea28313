import { arrayOf } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { s16, s32, u8, u16, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import type { StructShape } from "../../netlink/codec/struct.ts";
import { partialStruct } from "./partial-struct.ts";
import { byteCount } from "./units.ts";

const tcSizespecStruct = partialStruct("tc-sizespec", {
  cellLog: u8,
  sizeLog: u8,
  cellAlign: s16,
  overhead: s32,
  linklayer: u32,
  mpu: byteCount,
  mtu: byteCount,
  /** Entries of the table. */
  tsize: u32,
});

/** struct tc_sizespec (linux/pkt_sched.h). */
export interface TcSizespec extends Infer<typeof tcSizespecStruct> {}
export const tcSizespec: StructShape<TcSizespec> = tcSizespecStruct;

const set = attributes("tca-stab-attrs", () => ({
  base: attr("TCA_STAB_BASE", 1, tcSizespec),
  /** Sizes that packets count as, in units of 2 to the power of `sizeLog`. */
  data: attr("TCA_STAB_DATA", 2, arrayOf(u16)),
}));

/** How long packets count as: tc-stab(8). */
export interface TcaStabAttrs extends Infer<typeof set> {}
export const tcaStabAttrs: AttributeSet<TcaStabAttrs> = set;
