import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { be64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const set = attributes("expr-counter-attrs", () => ({
  bytes: attr("NFTA_COUNTER_BYTES", 1, be64),
  packets: attr("NFTA_COUNTER_PACKETS", 2, be64),
  pad: attr("NFTA_COUNTER_PAD", 3, bytes),
}));
/** Counts what comes by. */
export interface CounterExpr extends Infer<typeof set> {}
export const counter: AttributeSet<CounterExpr> = set;
