import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { pad } from "../../../netlink/codec/bytes.ts";
import { s32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

const tcCbsQoptStruct = partialStruct("tc-cbs-qopt", {
  offload: bool8,
  pad: pad(3),
  hicredit: withUnit(s32, "bytes") as typeof s32,
  locredit: withUnit(s32, "bytes") as typeof s32,
  idleslope: withUnit(s32, "kbit/s") as typeof s32,
  sendslope: withUnit(s32, "kbit/s") as typeof s32,
});

/** struct tc_cbs_qopt. */
export interface TcCbsQopt extends Infer<typeof tcCbsQoptStruct> {}
export const tcCbsQopt: StructShape<TcCbsQopt> = tcCbsQoptStruct;

const set = attributes("cbs-attrs", () => ({
  parms: attr("TCA_CBS_PARMS", 1, tcCbsQopt),
}));

/** Credit based shaper (tc-cbs(8), IEEE 802.1Q). */
export interface CbsAttrs extends Infer<typeof set> {}
export const cbs: AttributeSet<CbsAttrs> = set;
