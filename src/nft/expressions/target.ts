import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";

const set = attributes("compat-target-attrs", () => ({
  name: attr("NFTA_TARGET_NAME", 1, string),
  rev: attr("NFTA_TARGET_REV", 2, be32),
  /** The extension's own struct. */
  info: attr("NFTA_TARGET_INFO", 3, bytes),
}));
/** A target of iptables. */
export interface TargetExpr extends Infer<typeof set> {}
export const target: AttributeSet<TargetExpr> = set;
