import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";

const rmnetFlags = flags(u32, "RMNET_FLAGS_", {
  "ingress-deaggregation": 1,
  "ingress-map-commands": 2,
  "ingress-map-cksumv4": 4,
  "egress-map-cksumv4": 8,
  "ingress-map-cksumv5": 16,
  "egress-map-cksumv5": 32,
});

const set = attributes("linkinfo-rmnet-attrs", () => ({
  /** 0 to 254. */
  muxId: attr("IFLA_RMNET_MUX_ID", 1, u16),
  /** Flags, and which of them are meant. */
  flags: attr("IFLA_RMNET_FLAGS", 2, struct("ifla-rmnet-flags", { flags: rmnetFlags, mask: rmnetFlags })),
}));

/** Options of a channel of a Qualcomm modem (linux/if_link.h IFLA_RMNET_*, the kernel's rmnet.rst). */
export interface RmnetAttrs extends Infer<typeof set> {}
export const rmnet: AttributeSet<RmnetAttrs> = set;
