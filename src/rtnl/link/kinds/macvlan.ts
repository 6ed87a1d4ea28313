import { mac } from "../../../netlink/codec/address.ts";
import { indexedArray } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { s32, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const IFLA_MACVLAN_MACADDR = 4;

const mode = enumeration(u32, "MACVLAN_MODE_", { private: 1, vepa: 2, bridge: 4, passthru: 8, source: 16 });
const macaddrMode = enumeration(u32, "MACVLAN_MACADDR_", { add: 0, del: 1, flush: 2, set: 3 });

const set = attributes("linkinfo-macvlan-attrs", () => ({
  mode: attr("IFLA_MACVLAN_MODE", 1, mode),
  flags: attr("IFLA_MACVLAN_FLAGS", 2, flags(u16, "MACVLAN_FLAG_", { nopromisc: 1, nodst: 2 })),
  /** What to do with the source addresses (mode `source`). */
  macaddrMode: attr("IFLA_MACVLAN_MACADDR_MODE", 3, macaddrMode),
  macaddr: attr("IFLA_MACVLAN_MACADDR", 4, mac),
  /** Source addresses, several at once. */
  macaddrData: attr("IFLA_MACVLAN_MACADDR_DATA", 5, indexedArray(mac, { elementType: IFLA_MACVLAN_MACADDR })),
  macaddrCount: attr("IFLA_MACVLAN_MACADDR_COUNT", 6, u32),
  bcQueueLen: attr("IFLA_MACVLAN_BC_QUEUE_LEN", 7, u32),
  bcQueueLenUsed: attr("IFLA_MACVLAN_BC_QUEUE_LEN_USED", 8, u32),
  bcCutoff: attr("IFLA_MACVLAN_BC_CUTOFF", 9, s32),
}));

/** Options of a macvlan or macvtap link (linux/if_link.h IFLA_MACVLAN_*, ip-link(8)). */
export interface MacvlanAttrs extends Infer<typeof set> {}
export const macvlan: AttributeSet<MacvlanAttrs> = set;
