import { ipv4, ipv6 } from "../../netlink/codec/address.ts";
import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("tunnel_msg", {
  family: addressFamily,
  /** `stats`: a dump is to have statistics. */
  flags: flags(u8, "TUNNEL_MSG_FLAG_", { stats: 1 }),
  pad: pad(2),
  /** Index of the VXLAN. */
  ifindex: u32,
});

/** struct tunnel_msg (linux/if_link.h), 8 bytes. */
export interface TunnelMsg extends Infer<typeof header> {}
export const tunnelMsg: StructShape<TunnelMsg> = header;

const stats = attributes("vnifilter-entry-stats-attrs", () => ({
  rxBytes: attr("VNIFILTER_ENTRY_STATS_RX_BYTES", 1, u64),
  rxPkts: attr("VNIFILTER_ENTRY_STATS_RX_PKTS", 2, u64),
  rxDrops: attr("VNIFILTER_ENTRY_STATS_RX_DROPS", 3, u64),
  rxErrors: attr("VNIFILTER_ENTRY_STATS_RX_ERRORS", 4, u64),
  txBytes: attr("VNIFILTER_ENTRY_STATS_TX_BYTES", 5, u64),
  txPkts: attr("VNIFILTER_ENTRY_STATS_TX_PKTS", 6, u64),
  txDrops: attr("VNIFILTER_ENTRY_STATS_TX_DROPS", 7, u64),
  txErrors: attr("VNIFILTER_ENTRY_STATS_TX_ERRORS", 8, u64),
  pad: attr("VNIFILTER_ENTRY_STATS_PAD", 9, bytes),
}));

const entry = attributes("vnifilter-entry-attrs", () => ({
  /** The network identifier, or the first one of a range. */
  start: attr("VXLAN_VNIFILTER_ENTRY_START", 1, u32),
  end: attr("VXLAN_VNIFILTER_ENTRY_END", 2, u32),
  group: attr("VXLAN_VNIFILTER_ENTRY_GROUP", 3, ipv4),
  group6: attr("VXLAN_VNIFILTER_ENTRY_GROUP6", 4, ipv6),
  stats: attr("VXLAN_VNIFILTER_ENTRY_STATS", 5, stats),
}));
/** Network identifiers that a VXLAN lets in (VXLAN_VNIFILTER_ENTRY_*). */
export interface VnifilterEntry extends Infer<typeof entry> {}
export const vnifilterEntry: AttributeSet<VnifilterEntry> = entry;

const set = attributes("vnifilter-attrs", () => ({
  entry: attr("VXLAN_VNIFILTER_ENTRY", 1, multi(vnifilterEntry)),
}));
export interface VnifilterAttrs extends Infer<typeof set> {}
export const vnifilterAttrs: AttributeSet<VnifilterAttrs> = set;

/** A VXLAN's filter of network identifiers: struct tunnel_msg and VXLAN_VNIFILTER_* (linux/if_link.h, bridge(8)). */
export interface Vnifilter extends TunnelMsg, VnifilterAttrs {
  trailing?: Uint8Array;
}
export const vnifilterMessage: Message<Vnifilter> = message(
  "vnifilter",
  tunnelMsg,
  vnifilterAttrs,
) as Message<Vnifilter>;
