import type { Rtnexthop, Route as RtnlRoute } from "../../rtnl/route/index.ts";
import { protocolName, realmName, scopeName, tableName, tosName } from "../names.ts";
import { type LinkName, nameOf } from "../session.ts";
import { type Encap, readEncap } from "./encap/read.ts";
import { cacheFlags, hopFlags, isCached, routeFlags } from "./flags.ts";
import { type RouteMetrics, readMetrics } from "./metrics.ts";
import { destinationBits, type RouteFamily } from "./mpls.ts";

/** A next hop of another family than the route's. */
export interface Via {
  /** `inet6` in an IPv4 route; `link` and others have a hardware address. */
  family: string;
  host: string;
}

/** Realms: of where packets come from, and where they go to (ip-route(8)). */
export interface Flow {
  from?: string;
  to: string;
}

/** A next hop: a route's only one, or one of its `nexthops`. */
export interface NexthopFields {
  gateway?: string;
  via?: Via;
  /** MPLS: the labels that packets have behind it. */
  to?: string;
  /** Name of the link. */
  dev?: string;
  flow?: Flow;
  /** What packets get around them. */
  encap?: Encap;
  /** `onlink`, `dead`, `linkdown` … */
  flags: string[];
}

export interface Nexthop extends NexthopFields {
  /** Share of the packets, 1 to 256. */
  weight: number;
}

/** A route as `ip -j -d route show` prints it, in camelCase. */
export interface Route extends NexthopFields {
  /** What `dst` leaves open. */
  family: RouteFamily;
  /** `unicast`, `local`, `blackhole` … */
  type: string;
  /** A prefix, an address, or `default`; the label of an MPLS route. */
  dst: string;
  /** The prefix that packets come from. */
  from?: string;
  /** As `0x10`. */
  tos?: string;
  /** Id of a nexthop object. */
  nhid?: number;
  /** The link packets come in by, where that was asked. */
  iif?: string;
  /** `main`, `local`, `default`, or a number; absent where a packet's way is in no table. */
  table?: string;
  /** `kernel`, `boot`, `static` … or a number; not of a route that was looked up for one IPv4 packet. */
  protocol?: string;
  /** `global`, `site`, `link`, `host`, `nowhere`, or a number; absent where `protocol` is. */
  scope?: string;
  /** The address that packets are sent from. */
  prefsrc?: string;
  metric?: number;
  mark?: number;
  uid?: number;
  /** Seconds. */
  expires?: number;
  /** Number of the error that packets meet. */
  error?: number;
  /** Of a route that was looked up for one IPv4 packet: `local`, `brd`, `mc` … */
  cache?: string[];
  metrics?: RouteMetrics;
  /** IPv6: `low`, `medium`, `high` (RFC 4191). */
  pref?: string;
  nexthops?: Nexthop[];
  ttlPropagate?: boolean;
}

/** `rta_expires` counts in USER_HZ. */
const HZ = 100;

function prefixText(address: string | undefined, length: number, bits: number): string | undefined {
  if (address === undefined) return length === 0 ? undefined : `0/${length}`;
  return length === bits ? address : `${address}/${length}`;
}

export function readRoute(route: RtnlRoute, names: ReadonlyMap<number, LinkName>): Route {
  const family = route.rtmFamily as RouteFamily;
  const bits = destinationBits[family];
  const looked = family === "inet" && isCached(route.rtmFlags);
  // In the order of `ip -j`.
  const words = { family, type: String(route.rtmType) } as Route;
  words.dst = prefixText(route.dst, route.rtmDstLen, bits) ?? "default";
  const from = prefixText(route.src, route.rtmSrcLen, bits);
  if (from !== undefined) words.from = from;
  if (route.rtmTos !== 0) words.tos = tosName(route.rtmTos);
  if (route.nhId !== undefined) words.nhid = route.nhId;
  readNexthop(words, route, route.oif, names);
  const table = route.table ?? route.rtmTable;
  if (table !== 0) words.table = tableName(table);
  if (!looked) {
    words.protocol = protocolName(route.rtmProtocol);
    words.scope = scopeName(route.rtmScope);
  }
  if (route.prefsrc !== undefined) words.prefsrc = route.prefsrc;
  if (route.priority !== undefined) words.metric = route.priority;
  words.flags = routeFlags(route.rtmFlags);
  if (route.iif !== undefined) words.iif = nameOf(names, route.iif);
  if (route.mark !== undefined) words.mark = route.mark;
  if (route.uid !== undefined) words.uid = route.uid;
  if (looked) words.cache = cacheFlags(route.rtmFlags);
  if (route.cacheinfo !== undefined) {
    const { rtaExpires, rtaError } = route.cacheinfo;
    if (rtaExpires !== 0) words.expires = Math.trunc(rtaExpires / HZ);
    if (rtaError !== 0) words.error = rtaError;
  }
  if (route.metrics !== undefined) words.metrics = readMetrics(route.metrics);
  if (route.pref !== undefined) words.pref = String(route.pref);
  if (route.multipath !== undefined) words.nexthops = route.multipath.map((hop) => readHop(hop, names));
  if (route.ttlPropagate !== undefined) words.ttlPropagate = route.ttlPropagate !== 0;
  return words;
}

function readHop(hop: Rtnexthop, names: ReadonlyMap<number, LinkName>): Nexthop {
  const words = {} as Nexthop;
  readNexthop(words, hop, hop.rtnhIfindex, names);
  words.weight = (hop.rtnhHops ?? 0) + 1;
  words.flags = hopFlags(hop.rtnhFlags);
  return words;
}

function readNexthop(
  words: NexthopFields,
  { gateway, via, newdst, flow, encapType, encap }: Rtnexthop,
  dev: number | undefined,
  names: ReadonlyMap<number, LinkName>,
): void {
  if (encapType !== undefined) words.encap = readEncap(encapType, encap, names);
  if (gateway !== undefined) words.gateway = gateway;
  if (newdst !== undefined) words.to = newdst;
  if (via !== undefined)
    words.via = { family: via.family === "packet" ? "link" : String(via.family), host: via.addr };
  if (dev) words.dev = nameOf(names, dev);
  if (flow !== undefined) words.flow = readFlow(flow);
}

function readFlow(flow: number): Flow {
  const from = flow >>> 16;
  const to = realmName(flow & 0xffff);
  return from === 0 ? { to } : { from: realmName(from), to };
}
