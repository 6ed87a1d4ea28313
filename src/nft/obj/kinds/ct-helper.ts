import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { nfproto16 } from "../../../nfnetlink/header.ts";
import { ipproto } from "../../../nfnetlink/ipproto.ts";

const set = attributes("obj-ct-helper-attrs", () => ({
  /** `ftp`, `sip` …. */
  name: attr("NFTA_CT_HELPER_NAME", 1, string),
  l3proto: attr("NFTA_CT_HELPER_L3PROTO", 2, nfproto16),
  l4proto: attr("NFTA_CT_HELPER_L4PROTO", 3, ipproto),
}));
/** A helper of connection tracking, which understands a protocol. */
export interface CtHelperObject extends Infer<typeof set> {}
export const ctHelper: AttributeSet<CtHelperObject> = set;
