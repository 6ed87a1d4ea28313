import { ip, lladdr } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flag, pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be16, s32, u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { rtmType, rtProtocol } from "../route/header.ts";

const states = {
  incomplete: 0x01,
  reachable: 0x02,
  stale: 0x04,
  delay: 0x08,
  probe: 0x10,
  failed: 0x20,
  noarp: 0x40,
  permanent: 0x80,
} as const;

const entryFlags = {
  use: 0x01,
  self: 0x02,
  master: 0x04,
  proxy: 0x08,
  "ext-learned": 0x10,
  offloaded: 0x20,
  sticky: 0x40,
  router: 0x80,
} as const;

const header = struct("ndmsg", {
  ndmFamily: addressFamily,
  ndmPad: pad(3),
  /** Index of the link. */
  ndmIfindex: s32,
  ndmState: flags(u16, "NUD_", states),
  ndmFlags: flags(u8, "NTF_", entryFlags),
  ndmType: rtmType,
});

/** struct ndmsg (linux/neighbour.h), 12 bytes. */
export interface Ndmsg extends Infer<typeof header> {}
export const ndmsg: StructShape<Ndmsg> = header;

const hundredths = withUnit(u32, "1/100 s") as typeof u32;

const cacheinfo = struct("nda-cacheinfo", {
  /** Ages. */
  confirmed: hundredths,
  used: hundredths,
  updated: hundredths,
  refcnt: u32,
});

const fdbExt = attributes("fdb-ext-attrs", () => ({
  activityNotify: attr("NFEA_ACTIVITY_NOTIFY", 1, flags(u8, "FDB_NOTIFY_", { bit: 1, "inactive-bit": 2 })),
  dontRefresh: attr("NFEA_DONT_REFRESH", 2, flag),
}));

const set = attributes("neighbour-attrs", () => ({
  /** Protocol address; of a VXLAN's FDB entry the remote tunnel end. */
  dst: attr("NDA_DST", 1, ip),
  lladdr: attr("NDA_LLADDR", 2, lladdr),
  cacheinfo: attr("NDA_CACHEINFO", 3, cacheinfo),
  probes: attr("NDA_PROBES", 4, u32),
  vlan: attr("NDA_VLAN", 5, u16),
  /** UDP port of the remote tunnel end, network byte order on the wire. */
  port: attr("NDA_PORT", 6, be16),
  vni: attr("NDA_VNI", 7, u32),
  /** Index of the link to reach the remote tunnel end by. */
  ifindex: attr("NDA_IFINDEX", 8, u32),
  master: attr("NDA_MASTER", 9, u32),
  linkNetnsid: attr("NDA_LINK_NETNSID", 10, s32),
  srcVni: attr("NDA_SRC_VNI", 11, u32),
  /** Who made the entry. */
  protocol: attr("NDA_PROTOCOL", 12, rtProtocol),
  /** Nexthop group of the remote tunnel ends. */
  nhId: attr("NDA_NH_ID", 13, u32),
  fdbExtAttrs: attr("NDA_FDB_EXT_ATTRS", 14, fdbExt),
  flagsExt: attr("NDA_FLAGS_EXT", 15, flags(u32, "NTF_EXT_", { managed: 1, locked: 2, "ext-validated": 4 })),
  /** In a bulk deletion: which of the header's state bits are compared. */
  ndmStateMask: attr("NDA_NDM_STATE_MASK", 16, flags(u16, "NUD_", states)),
  ndmFlagsMask: attr("NDA_NDM_FLAGS_MASK", 17, flags(u8, "NTF_", entryFlags)),
}));

export interface NeighAttrs extends Infer<typeof set> {}
export const neighAttrs: AttributeSet<NeighAttrs> = set;

/**
 * A neighbour, or with family `bridge` an entry of a forwarding database: struct ndmsg and its attributes
 * (rtnetlink(7), linux/neighbour.h).
 */
export interface Neigh extends Ndmsg, NeighAttrs {
  trailing?: Uint8Array;
}
export const neighMessage: Message<Neigh> = message("neigh", ndmsg, neighAttrs) as Message<Neigh>;
