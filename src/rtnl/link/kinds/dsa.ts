import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-dsa-attrs", () => ({
  /** Index of the link that the switch hangs on. */
  conduit: attr("IFLA_DSA_CONDUIT", 1, u32),
}));

/** Options of a port of a switch (linux/if_link.h IFLA_DSA_*, the kernel's dsa.rst, ip-link(8)). */
export interface DsaAttrs extends Infer<typeof set> {}
export const dsa: AttributeSet<DsaAttrs> = set;
