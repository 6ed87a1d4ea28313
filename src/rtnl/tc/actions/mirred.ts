import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const direction = enumeration(u32, "TCA_", {
  "egress-redir": 1,
  "egress-mirror": 2,
  "ingress-redir": 3,
  "ingress-mirror": 4,
});

const tcMirredStruct = partialStruct("tc-mirred", {
  ...generic,
  eaction: direction,
  /** Of the link that gets the packet. */
  ifindex: u32,
});

/** struct tc_mirred. */
export interface TcMirred extends Infer<typeof tcMirredStruct> {}
export const tcMirred: StructShape<TcMirred> = tcMirredStruct;

const set = attributes("act-mirred-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_MIRRED_TM", 1, tcfT),
  parms: attr("TCA_MIRRED_PARMS", 2, tcMirred),
  pad: attr("TCA_MIRRED_PAD", 3, bytes),
  /** Block whose links all get the packet. */
  blockid: attr("TCA_MIRRED_BLOCKID", 4, u32),
}));

/** Mirrors or redirects packets (tc-mirred(8)). */
export interface MirredAttrs extends Infer<typeof set> {}
export const mirred: AttributeSet<MirredAttrs> = set;
