import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { be16, u8, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { nfproto16 } from "../../../nfnetlink/header.ts";
import { ipproto } from "../../../nfnetlink/ipproto.ts";

const set = attributes("obj-ct-expect-attrs", () => ({
  l3proto: attr("NFTA_CT_EXPECT_L3PROTO", 1, nfproto16),
  l4proto: attr("NFTA_CT_EXPECT_L4PROTO", 2, ipproto),
  dport: attr("NFTA_CT_EXPECT_DPORT", 3, be16),
  /** In the host's byte order, other than the rest. */
  timeout: attr("NFTA_CT_EXPECT_TIMEOUT", 4, withUnit(u32, "ms") as typeof u32),
  /** At most this many expectations. */
  size: attr("NFTA_CT_EXPECT_SIZE", 5, u8),
}));
/** Expects another connection that belongs to the one at hand. */
export interface CtExpectObject extends Infer<typeof set> {}
export const ctExpect: AttributeSet<CtExpectObject> = set;
