import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-tun-attrs", () => ({
  /** User id that may attach to it. */
  owner: attr("IFLA_TUN_OWNER", 1, u32),
  /** Group id that may attach to it. */
  group: attr("IFLA_TUN_GROUP", 2, u32),
  type: attr("IFLA_TUN_TYPE", 3, enumeration(u8, "IFF_", { tun: 1, tap: 2 })),
  pi: attr("IFLA_TUN_PI", 4, bool8),
  vnetHdr: attr("IFLA_TUN_VNET_HDR", 5, bool8),
  persist: attr("IFLA_TUN_PERSIST", 6, bool8),
  multiQueue: attr("IFLA_TUN_MULTI_QUEUE", 7, bool8),
  numQueues: attr("IFLA_TUN_NUM_QUEUES", 8, u32),
  numDisabledQueues: attr("IFLA_TUN_NUM_DISABLED_QUEUES", 9, u32),
}));

/** What the kernel tells of a TUN or TAP link (linux/if_link.h IFLA_TUN_*); it is made through /dev/net/tun. */
export interface TunAttrs extends Infer<typeof set> {}
export const tun: AttributeSet<TunAttrs> = set;
