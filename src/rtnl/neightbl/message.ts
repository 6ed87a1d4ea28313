import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { u16, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("ndtmsg", { family: addressFamily, pad: pad(3) });

/** struct ndtmsg (linux/neighbour.h), 4 bytes. */
export interface Ndtmsg extends Infer<typeof header> {}
export const ndtmsg: StructShape<Ndtmsg> = header;

const ms = withUnit(u64, "ms");

const parms = attributes("ndtpa-attrs", () => ({
  /** Index of the link they are for; not sent: the table's defaults. */
  ifindex: attr("NDTPA_IFINDEX", 1, u32),
  refcnt: attr("NDTPA_REFCNT", 2, u32),
  /** In use now: a random value from half to one and a half times the base. */
  reachableTime: attr("NDTPA_REACHABLE_TIME", 3, ms),
  baseReachableTime: attr("NDTPA_BASE_REACHABLE_TIME", 4, ms),
  retransTime: attr("NDTPA_RETRANS_TIME", 5, ms),
  gcStaletime: attr("NDTPA_GC_STALETIME", 6, ms),
  delayProbeTime: attr("NDTPA_DELAY_PROBE_TIME", 7, ms),
  /** Packets that wait for an address. */
  queueLen: attr("NDTPA_QUEUE_LEN", 8, withUnit(u32, "packets")),
  appProbes: attr("NDTPA_APP_PROBES", 9, u32),
  ucastProbes: attr("NDTPA_UCAST_PROBES", 10, u32),
  mcastProbes: attr("NDTPA_MCAST_PROBES", 11, u32),
  anycastDelay: attr("NDTPA_ANYCAST_DELAY", 12, ms),
  proxyDelay: attr("NDTPA_PROXY_DELAY", 13, ms),
  proxyQlen: attr("NDTPA_PROXY_QLEN", 14, withUnit(u32, "packets")),
  locktime: attr("NDTPA_LOCKTIME", 15, ms),
  queueLenbytes: attr("NDTPA_QUEUE_LENBYTES", 16, withUnit(u32, "bytes")),
  mcastReprobes: attr("NDTPA_MCAST_REPROBES", 17, u32),
  pad: attr("NDTPA_PAD", 18, bytes),
  intervalProbeTimeMs: attr("NDTPA_INTERVAL_PROBE_TIME_MS", 19, ms),
}));

/** Parameters of a neighbour table, for one link or for those to come (linux/neighbour.h NDTPA_*). */
export interface NdtpaAttrs extends Infer<typeof parms> {}
export const ndtpaAttrs: AttributeSet<NdtpaAttrs> = parms;

const config = struct("ndt-config", {
  keyLen: withUnit(u16, "bytes"),
  entrySize: withUnit(u16, "bytes"),
  entries: u32,
  /** Since then. */
  lastFlush: withUnit(u32, "ms"),
  lastRand: withUnit(u32, "ms"),
  hashRnd: u32,
  hashMask: u32,
  hashChainGc: u32,
  proxyQlen: withUnit(u32, "packets"),
});

const stats = struct("ndt-stats", {
  allocs: u64,
  destroys: u64,
  hashGrows: u64,
  resFailed: u64,
  lookups: u64,
  hits: u64,
  rcvProbesMcast: u64,
  rcvProbesUcast: u64,
  periodicGcRuns: u64,
  forcedGcRuns: u64,
  tableFulls: u64,
});

const set = attributes("ndt-attrs", () => ({
  /** `arp_cache`, `ndisc_cache`. */
  name: attr("NDTA_NAME", 1, string),
  /** Up to so many entries none are collected. */
  thresh1: attr("NDTA_THRESH1", 2, u32),
  /** Above, those older than 5 s are collected. */
  thresh2: attr("NDTA_THRESH2", 3, u32),
  /** There are never more. */
  thresh3: attr("NDTA_THRESH3", 4, u32),
  config: attr("NDTA_CONFIG", 5, config),
  parms: attr("NDTA_PARMS", 6, ndtpaAttrs),
  stats: attr("NDTA_STATS", 7, stats),
  gcInterval: attr("NDTA_GC_INTERVAL", 8, ms),
  pad: attr("NDTA_PAD", 9, bytes),
}));

export interface NeightblAttrs extends Infer<typeof set> {}
export const neightblAttrs: AttributeSet<NeightblAttrs> = set;

/**
 * A table of neighbours, or its parameters for one link: struct ndtmsg and its attributes (linux/neighbour.h,
 * ip-ntable(8)).
 */
export interface Neightbl extends Ndtmsg, NeightblAttrs {
  trailing?: Uint8Array;
}
export const neightblMessage: Message<Neightbl> = message(
  "neightbl",
  ndtmsg,
  neightblAttrs,
) as Message<Neightbl>;
