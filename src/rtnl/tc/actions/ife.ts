import { mac } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { type IntegerShape, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer, Shape } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

/** Its value, or true where the packet's own is to be encoded. */
function given(of: IntegerShape<number>): Shape<number | true> {
  return {
    type: `${of.type} or flag`,
    accepts: (length) => length === 0 || length === of.size,
    decode: (input, at, length, scope) => (length === 0 ? true : of.decode(input, at, length, scope)),
    encode: (output, value, scope) => {
      if (value !== true) of.encode(output, value, scope);
    },
  };
}

const metadata = attributes("ife-meta-attrs", () => ({
  skbmark: attr("IFE_META_SKBMARK", 1, given(u32)),
  hashid: attr("IFE_META_HASHID", 2, given(u32)),
  prio: attr("IFE_META_PRIO", 3, given(u32)),
  qmap: attr("IFE_META_QMAP", 4, given(u16)),
  tcindex: attr("IFE_META_TCINDEX", 5, given(u16)),
}));

const tcIfeStruct = partialStruct("tc-ife", {
  ...generic,
  /** 1 encodes, 0 decodes. */
  flags: u16,
  pad: pad(2),
});

/** struct tc_ife. */
export interface TcIfe extends Infer<typeof tcIfeStruct> {}
export const tcIfe: StructShape<TcIfe> = tcIfeStruct;

const set = attributes("act-ife-attrs", () => ({
  parms: attr("TCA_IFE_PARMS", 1, tcIfe),
  /** Ages. */
  tm: attr("TCA_IFE_TM", 2, tcfT),
  dmac: attr("TCA_IFE_DMAC", 3, mac),
  smac: attr("TCA_IFE_SMAC", 4, mac),
  /** EtherType of the frame around it. */
  type: attr("TCA_IFE_TYPE", 5, u16),
  metalst: attr("TCA_IFE_METALST", 6, metadata),
  pad: attr("TCA_IFE_PAD", 7, bytes),
}));

/** Encapsulates metadata between packets and their frames (tc-ife(8)). */
export interface IfeAttrs extends Infer<typeof set> {}
export const ife: AttributeSet<IfeAttrs> = set;
