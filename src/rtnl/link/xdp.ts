import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { s32, u8, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";

const set = attributes("xdp-attrs", () => ({
  /** Descriptor of the program to attach; -1 detaches. */
  fd: attr("IFLA_XDP_FD", 1, s32),
  attached: attr(
    "IFLA_XDP_ATTACHED",
    2,
    enumeration(u8, "XDP_ATTACHED_", { none: 0, drv: 1, skb: 2, hw: 3, multi: 4 }),
  ),
  flags: attr(
    "IFLA_XDP_FLAGS",
    3,
    flags(u32, "XDP_FLAGS_", {
      "update-if-noexist": 1,
      "skb-mode": 2,
      "drv-mode": 4,
      "hw-mode": 8,
      replace: 16,
    }),
  ),
  progId: attr("IFLA_XDP_PROG_ID", 4, u32),
  drvProgId: attr("IFLA_XDP_DRV_PROG_ID", 5, u32),
  skbProgId: attr("IFLA_XDP_SKB_PROG_ID", 6, u32),
  hwProgId: attr("IFLA_XDP_HW_PROG_ID", 7, u32),
  expectedFd: attr("IFLA_XDP_EXPECTED_FD", 8, s32),
}));

/** XDP programs of a link (linux/if_link.h IFLA_XDP_*). */
export interface XdpAttrs extends Infer<typeof set> {}
export const xdpAttrs: AttributeSet<XdpAttrs> = set;
