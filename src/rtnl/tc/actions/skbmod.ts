import { mac } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { u16, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const tcSkbmodStruct = partialStruct("tc-skbmod", {
  ...generic,
  pad: pad(4),
  /** SKBMOD_F_*: 1 destination, 2 source, 4 type, 8 swaps, 16 ECN. */
  flags: u64,
});

/** struct tc_skbmod. */
export interface TcSkbmod extends Infer<typeof tcSkbmodStruct> {}
export const tcSkbmod: StructShape<TcSkbmod> = tcSkbmodStruct;

const set = attributes("act-skbmod-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_SKBMOD_TM", 1, tcfT),
  parms: attr("TCA_SKBMOD_PARMS", 2, tcSkbmod),
  dmac: attr("TCA_SKBMOD_DMAC", 3, mac),
  smac: attr("TCA_SKBMOD_SMAC", 4, mac),
  /** EtherType, in host byte order on the wire. */
  etype: attr("TCA_SKBMOD_ETYPE", 5, u16),
  pad: attr("TCA_SKBMOD_PAD", 6, bytes),
}));

/** Edits the Ethernet header (tc-skbmod(8)). */
export interface SkbmodAttrs extends Infer<typeof set> {}
export const skbmod: AttributeSet<SkbmodAttrs> = set;
