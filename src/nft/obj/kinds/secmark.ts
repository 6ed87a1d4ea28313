import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";

const set = attributes("obj-secmark-attrs", () => ({
  /** A security context. */
  ctx: attr("NFTA_SECMARK_CTX", 1, string),
}));
/** Marks packets with a security context. */
export interface SecmarkObject extends Infer<typeof set> {}
export const secmark: AttributeSet<SecmarkObject> = set;
