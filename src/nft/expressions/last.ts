import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { milliseconds } from "../units.ts";

const set = attributes("expr-last-attrs", () => ({
  /** 1 where it ever did. */
  set: attr("NFTA_LAST_SET", 1, be32),
  /** How long ago. */
  msecs: attr("NFTA_LAST_MSECS", 2, milliseconds),
  pad: attr("NFTA_LAST_PAD", 3, bytes),
}));
/** Remembers when it last saw a packet. */
export interface LastExpr extends Infer<typeof set> {}
export const last: AttributeSet<LastExpr> = set;
