import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";
import { seconds } from "../units.ts";
import { ematchAttrs } from "./ematch.ts";

const keys = flags(u32, "FLOW_KEY_", {
  src: 1,
  dst: 2,
  proto: 4,
  "proto-src": 8,
  "proto-dst": 16,
  iif: 32,
  priority: 64,
  mark: 128,
  nfct: 256,
  "nfct-src": 512,
  "nfct-dst": 1024,
  "nfct-proto-src": 2048,
  "nfct-proto-dst": 4096,
  rtclassid: 8192,
  skuid: 16384,
  skgid: 32768,
  "vlan-tag": 65536,
  rxhash: 131072,
});

const set = attributes("flow-attrs", () => ({
  /** What is mapped or hashed. */
  keys: attr("TCA_FLOW_KEYS", 1, keys),
  mode: attr("TCA_FLOW_MODE", 2, enumeration(u32, "FLOW_MODE_", { map: 0, hash: 1 })),
  /** First class. */
  baseclass: attr("TCA_FLOW_BASECLASS", 3, u32),
  rshift: attr("TCA_FLOW_RSHIFT", 4, u32),
  addend: attr("TCA_FLOW_ADDEND", 5, u32),
  mask: attr("TCA_FLOW_MASK", 6, u32),
  xor: attr("TCA_FLOW_XOR", 7, u32),
  divisor: attr("TCA_FLOW_DIVISOR", 8, u32),
  /** What is done with a packet that matches. */
  act: attr("TCA_FLOW_ACT", 9, actions),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_FLOW_POLICE", 10, policeAttrs),
  ematches: attr("TCA_FLOW_EMATCHES", 11, ematchAttrs),
  /** How often the hash changes. */
  perturb: attr("TCA_FLOW_PERTURB", 12, seconds),
}));

/** Classes by keys of the packet (tc-flow(8)). */
export interface FlowAttrs extends Infer<typeof set> {}
export const flow: AttributeSet<FlowAttrs> = set;
