import { ipv4 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const tcNatStruct = partialStruct("tc-nat", {
  ...generic,
  oldAddr: ipv4,
  newAddr: ipv4,
  mask: ipv4,
  /** 1 is egress. */
  flags: u32,
});

/** struct tc_nat. */
export interface TcNat extends Infer<typeof tcNatStruct> {}
export const tcNat: StructShape<TcNat> = tcNatStruct;

const set = attributes("act-nat-attrs", () => ({
  parms: attr("TCA_NAT_PARMS", 1, tcNat),
  /** Ages. */
  tm: attr("TCA_NAT_TM", 2, tcfT),
  pad: attr("TCA_NAT_PAD", 3, bytes),
}));

/** Stateless address translation (tc-nat(8)). */
export interface NatAttrs extends Infer<typeof set> {}
export const nat: AttributeSet<NatAttrs> = set;
