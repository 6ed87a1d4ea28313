import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const operation = enumeration(u32, "TCA_MPLS_ACT_", {
  pop: 1,
  push: 2,
  modify: 3,
  "dec-ttl": 4,
  "mac-push": 5,
});

const tcMplsStruct = partialStruct("tc-mpls", {
  ...generic,
  mAction: operation,
});

/** struct tc_mpls. */
export interface TcMpls extends Infer<typeof tcMplsStruct> {}
export const tcMpls: StructShape<TcMpls> = tcMplsStruct;

const set = attributes("act-mpls-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_MPLS_TM", 1, tcfT),
  parms: attr("TCA_MPLS_PARMS", 2, tcMpls),
  pad: attr("TCA_MPLS_PAD", 3, bytes),
  /** EtherType after pop, or of the pushed header. */
  proto: attr("TCA_MPLS_PROTO", 4, be16),
  /** 20 bits. */
  label: attr("TCA_MPLS_LABEL", 5, u32),
  /** Traffic class, 3 bits. */
  tc: attr("TCA_MPLS_TC", 6, u8),
  ttl: attr("TCA_MPLS_TTL", 7, u8),
  /** Bottom of the stack. */
  bos: attr("TCA_MPLS_BOS", 8, u8),
}));

/** Pushes, pops and changes MPLS headers (tc-mpls(8)). */
export interface MplsAttrs extends Infer<typeof set> {}
export const mpls: AttributeSet<MplsAttrs> = set;
