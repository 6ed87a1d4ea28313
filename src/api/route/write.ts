import type { RtmType, Route as RtnlRoute, RtProtocol } from "../../rtnl/route/index.ts";
import { protocolOf, scopeNumber, tableNumber, tosNumber } from "../names.ts";
import { type Dev, linkReference } from "../session.ts";
import type { Words } from "../words.ts";
import { namedDevs } from "./encap/devs.ts";
import { encapPaths } from "./encap/words.ts";
import { writeEncap } from "./encap/write.ts";
import { type RouteMetrics, writeMetrics } from "./metrics.ts";
import { addressesOf, type RouteFamily } from "./mpls.ts";
import {
  flowOf,
  hopFlagsOf,
  hopsOf,
  type IndexOf,
  type MultipathNexthop,
  type NexthopSettings,
  nexthopOf,
} from "./nexthop.ts";
import type { Via } from "./read.ts";

/** A route in the words of ip-route(8). */
export interface RouteSettings extends NexthopSettings {
  /** A prefix, an address, or `default`; the label of an MPLS route. */
  dst: string;
  /** `mpls`; of `dst: "default"`, where no other address says it; default `inet`. */
  family?: RouteFamily;
  /** Default `unicast`. */
  type?: RtmType;
  /** Default `main`; `local` for the types local, broadcast and anycast. */
  table?: string | number;
  /** A VRF: its table is meant. */
  vrf?: Dev;
  /** Who made it; default `boot`. */
  protocol?: RtProtocol | (string & {});
  /** IPv4: default `host` for local routes, `link` for broadcasts and without a gateway, else `global`. */
  scope?: string | number;
  /** The prefix that packets come from. */
  from?: string;
  /** The address to send from. */
  prefsrc?: string;
  /** The lower wins. */
  metric?: number;
  tos?: string | number;
  metrics?: RouteMetrics;
  nexthops?: MultipathNexthop[];
  /** Id of a nexthop object. */
  nhid?: number;
  /** IPv6: seconds. */
  expires?: number;
  /** IPv6: `low`, `medium`, `high` (RFC 4191). */
  pref?: "low" | "medium" | "high";
  /** Whether the TTL goes from IP to MPLS and back. */
  ttlPropagate?: boolean;
}

/** What ip-route(8) calls it beside `route-attrs`. */
export const routePaths = {
  family: "rtmFamily",
  type: "rtmType",
  protocol: "rtmProtocol",
  scope: "rtmScope",
  tos: "rtmTos",
  from: "src",
  dev: "oif",
  metric: "priority",
  nhid: "nhId",
  nexthops: "multipath",
  to: "newdst",
  ipproto: "ipProto",
  ...encapPaths,
  "via.host": "via.addr",
  "metrics.congestion": "metrics.ccAlgo",
} as const satisfies Words;

/** Links that are given by name, and where. */
export function devsOf(route: RouteSettings): [dev: string, field: string][] {
  const hops = Array.isArray(route.nexthops) ? route.nexthops : [];
  return [...namedDevs(route, ""), ...hops.flatMap((hop, index) => namedDevs(hop, `nexthops[${index}].`))];
}

export function indexIn(indexes: ReadonlyMap<string, number>): IndexOf {
  return (dev, field) => (typeof dev === "string" ? indexes.get(dev)! : linkReference(dev, field).ifiIndex!);
}

/**
 * A route in the kernel's words.
 *
 * @param deleting - leave open what is not given, so that any such route is meant.
 */
export function writeRoute(given: RouteSettings, indexOf: IndexOf, deleting = false): Partial<RtnlRoute> {
  const { family: asked, type, dst, from, table, protocol, scope, tos, prefsrc, metric, ...more } = given;
  const { gateway, via, to: labels, dev, flow, encap, flags, nexthops, nhid, metrics, ...rest } = more;
  const { ttlPropagate, ...others } = rest;
  const family = addressesOf(asked);
  const to = dst === "default" ? undefined : family.destination(dst, "dst");
  const source = from === undefined ? undefined : family.prefix(from, "from");
  if (gateway !== undefined) family.gateway(gateway, "gateway");
  if (prefsrc !== undefined) family.address(prefsrc, "prefsrc");
  const hops = nexthops && hopsOf(nexthops, family, indexOf);
  const rtmFamily = family.known ?? viaFamily(via) ?? "inet";
  const number = table === undefined ? defaultTable(type) : tableNumber(table, "table");
  // Of an MPLS route there is only one for a label, and the kernel wants all of the header to be so.
  const open = deleting && rtmFamily !== "mpls";
  const hasHop = gateway !== undefined || via !== undefined || hops !== undefined || nhid !== undefined;
  return {
    rtmFamily,
    rtmDstLen: to?.length,
    rtmSrcLen: source?.length,
    rtmTos: tos === undefined ? undefined : tosNumber(tos, "tos"),
    rtmTable: number < 256 ? number : 0,
    rtmProtocol: protocol === undefined ? (deleting ? undefined : "boot") : protocolOf(protocol),
    rtmScope: scope === undefined ? defaultScope(rtmFamily, type, hasHop, open) : scopeNumber(scope, "scope"),
    rtmType: type ?? (open ? undefined : "unicast"),
    rtmFlags: hopFlagsOf(flags, "flags"),
    dst: to?.address,
    src: source?.address,
    ...nexthopOf({ gateway, via, to: labels }, "", rtmFamily),
    oif: dev === undefined ? undefined : indexOf(dev, "dev"),
    priority: metric,
    prefsrc,
    metrics: metrics && writeMetrics(metrics),
    multipath: hops?.map((hop, index) => hop(rtmFamily, index)),
    flow: flow && flowOf(flow, "flow"),
    ...(encap && writeEncap(encap, "encap", indexOf)),
    ttlPropagate: ttlPropagate === undefined ? undefined : Number(ttlPropagate),
    table: number < 256 ? undefined : number,
    nhId: nhid,
    // What is left has the kernel's names: an unknown field is refused with its name when it is encoded.
    ...others,
  };
}

function viaFamily(via: Via | undefined): RouteFamily | undefined {
  return via?.family === "inet" || via?.family === "inet6" ? via.family : undefined;
}

function defaultTable(type: RtmType | undefined): number {
  return type === "local" || type === "broadcast" || type === "anycast" || type === "nat" ? 255 : 254;
}

/** As iproute2 fills it in. */
function defaultScope(
  family: RouteFamily,
  type: RtmType | undefined,
  hasHop: boolean,
  deleting: boolean,
): RtnlRoute["rtmScope"] {
  if (family !== "inet") return "universe";
  if (type === "local" || type === "nat") return "host";
  if (type === "broadcast" || type === "multicast" || type === "anycast") return "link";
  if (deleting) return "nowhere";
  return (type === undefined || type === "unicast") && !hasHop ? "link" : "universe";
}
