import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be64, s32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("ila-attrs", () => ({
  /** The upper half of the address that packets are sent to instead. */
  locator: attr("ILA_ATTR_LOCATOR", 1, be64),
  identifier: attr("ILA_ATTR_IDENTIFIER", 2, be64),
  locatorMatch: attr("ILA_ATTR_LOCATOR_MATCH", 3, be64),
  ifindex: attr("ILA_ATTR_IFINDEX", 4, s32),
  dir: attr("ILA_ATTR_DIR", 5, u32),
  pad: attr("ILA_ATTR_PAD", 6, bytes),
  /** How checksums of the transport are kept right. */
  csumMode: attr(
    "ILA_ATTR_CSUM_MODE",
    7,
    enumeration(u8, "ILA_CSUM_", {
      "adjust-transport": 0,
      "neutral-map": 1,
      "no-action": 2,
      "neutral-map-auto": 3,
    }),
  ),
  identType: attr(
    "ILA_ATTR_IDENT_TYPE",
    8,
    enumeration(u8, "ILA_ATYPE_", {
      iid: 0,
      luid: 1,
      "virt-v4": 2,
      "virt-uni-v6": 3,
      "virt-multi-v6": 4,
      "nonlocal-addr": 5,
      "rsvd-1": 6,
      "rsvd-2": 7,
      "use-format": 32,
    }),
  ),
  hookType: attr(
    "ILA_ATTR_HOOK_TYPE",
    9,
    enumeration(u8, "ILA_HOOK_", { "route-output": 0, "route-input": 1 }),
  ),
}));

/** Identifier-locator addressing: the upper half of an IPv6 address is exchanged (linux/ila.h). */
export interface IlaEncap extends Infer<typeof set> {}
export const ilaEncap: AttributeSet<IlaEncap> = set;
