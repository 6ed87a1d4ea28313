import { InputError } from "../../netlink/errors.ts";
import type { RtmType, Rtnexthop, Route as RtnlRoute, RtProtocol } from "../../rtnl/route/index.ts";
import { realmNumber, scopeNumber, tableNumber, tosNumber, wordOrNumber } from "../names.ts";
import { type IpFamily, parseAddress } from "../prefix.ts";
import { type Dev, linkReference } from "../session.ts";
import type { Words } from "../words.ts";
import { FamilyOfRoute } from "./family.ts";
import { type RouteMetrics, writeMetrics } from "./metrics.ts";
import type { Via } from "./read.ts";

export interface FlowSettings {
  /** 0 to 65535. */
  from?: string | number;
  to: string | number;
}

export interface NexthopSettings {
  /** Address of the next hop. */
  gateway?: string;
  /** The next hop in another family: `{ family: "inet6", host: "fe80::1" }`. */
  via?: Via;
  dev?: Dev;
  flow?: FlowSettings;
  /** `onlink`: the gateway is on the link whatever the routes say. */
  flags?: ("onlink" | "pervasive")[];
}

export interface MultipathNexthop extends NexthopSettings {
  /** Share of the packets, 1 to 256; default 1. */
  weight?: number;
}

/** A route in the words of ip-route(8). */
export interface RouteSettings extends NexthopSettings {
  /** A prefix, an address, or `default`. */
  dst: string;
  /** Of `dst: "default"`, where no other address says it; default `inet`. */
  family?: IpFamily;
  /** Default `unicast`. */
  type?: RtmType;
  /** Default `main`; `local` for the types local, broadcast and anycast. */
  table?: string | number;
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
  ipproto: "ipProto",
  "via.host": "via.addr",
  "metrics.congestion": "metrics.ccAlgo",
} as const satisfies Words;

/** Looks up a link that was named; all of them are known before a route is written. */
export type IndexOf = (dev: Dev, field: string) => number;

/** Links that are given by name, and where. */
export function namedDevs(route: RouteSettings): [dev: string, field: string][] {
  const found: [string, string][] = [];
  if (typeof route.dev === "string") found.push([route.dev, "dev"]);
  if (Array.isArray(route.nexthops)) {
    for (const [index, hop] of route.nexthops.entries()) {
      if (typeof hop?.dev === "string") found.push([hop.dev, `nexthops[${index}].dev`]);
    }
  }
  return found;
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
  const { gateway, via, dev, flow, flags, nexthops, nhid, metrics, ...others } = more;
  const family = new FamilyOfRoute(asked);
  const to = dst === "default" ? undefined : family.prefix(dst, "dst");
  const source = from === undefined ? undefined : family.prefix(from, "from");
  if (gateway !== undefined) family.gateway(gateway, "gateway");
  if (prefsrc !== undefined) family.address(prefsrc, "prefsrc");
  const hops = nexthops && hopsOf(nexthops, family, indexOf);
  const rtmFamily = family.known ?? viaFamily(via) ?? "inet";
  const number = table === undefined ? defaultTable(type) : tableNumber(table, "table");
  const hasHop = gateway !== undefined || via !== undefined || hops !== undefined || nhid !== undefined;
  return {
    rtmFamily,
    rtmDstLen: to?.length,
    rtmSrcLen: source?.length,
    rtmTos: tos === undefined ? undefined : tosNumber(tos, "tos"),
    rtmTable: number < 256 ? number : 0,
    rtmProtocol:
      protocol === undefined ? (deleting ? undefined : "boot") : wordOrNumber<RtProtocol>(protocol),
    rtmScope:
      scope === undefined ? defaultScope(rtmFamily, type, hasHop, deleting) : scopeNumber(scope, "scope"),
    rtmType: type ?? (deleting ? undefined : "unicast"),
    rtmFlags: hopFlagsOf(flags, "flags"),
    dst: to?.address,
    src: source?.address,
    ...nexthopOf({ gateway, via }, "", rtmFamily),
    oif: dev === undefined ? undefined : indexOf(dev, "dev"),
    priority: metric,
    prefsrc,
    metrics: metrics && writeMetrics(metrics),
    multipath: hops?.map((hop, index) => hop(rtmFamily, index)),
    flow: flow && flowOf(flow, "flow"),
    table: number < 256 ? undefined : number,
    nhId: nhid,
    // What is left has the kernel's names: an unknown field is refused with its name when it is encoded.
    ...others,
  };
}

function viaFamily(via: Via | undefined): IpFamily | undefined {
  return via?.family === "inet" || via?.family === "inet6" ? via.family : undefined;
}

function defaultTable(type: RtmType | undefined): number {
  return type === "local" || type === "broadcast" || type === "anycast" || type === "nat" ? 255 : 254;
}

/** As iproute2 fills it in. */
function defaultScope(
  family: IpFamily,
  type: RtmType | undefined,
  hasHop: boolean,
  deleting: boolean,
): RtnlRoute["rtmScope"] {
  if (family === "inet6") return "universe";
  if (type === "local" || type === "nat") return "host";
  if (type === "broadcast" || type === "multicast" || type === "anycast") return "link";
  if (deleting) return "nowhere";
  return (type === undefined || type === "unicast") && !hasHop ? "link" : "universe";
}

/** A next hop of the route's own family is a gateway, whatever it was given as. */
function nexthopOf(
  { gateway, via }: NexthopSettings,
  prefix: string,
  family: IpFamily,
): Pick<Rtnexthop, "gateway" | "via"> {
  if (via === undefined) return { gateway };
  if (gateway !== undefined) throw new InputError(`${prefix}via`, "either gateway or via", via);
  if (via.family !== family) {
    const { host, ...others } = via;
    return { via: { ...others, addr: host } as Rtnexthop["via"] };
  }
  const host = parseAddress(via.host, `${prefix}via.host`);
  if (host.family === family) return { gateway: host.address };
  throw new InputError(`${prefix}via.host`, `an address of ${family}`, via.host);
}

type Hop = (family: IpFamily, index: number) => Rtnexthop;

/** The next hops, as far as the route's family need not be known: all of them together say which it is. */
function hopsOf(nexthops: readonly MultipathNexthop[], family: FamilyOfRoute, indexOf: IndexOf): Hop[] {
  if (!Array.isArray(nexthops)) throw new InputError("nexthops", "an array of next hops", nexthops);
  return nexthops.map((nexthop, position) => {
    const at = `nexthops[${position}]`;
    const { gateway, via, dev, weight = 1, flow, flags, ...others } = nexthop;
    if (gateway !== undefined) family.gateway(gateway, `${at}.gateway`);
    if (!Number.isInteger(weight) || weight < 1 || weight > 256) {
      throw new InputError(`${at}.weight`, "1 to 256", weight);
    }
    return (known) => ({
      rtnhFlags: hopFlagsOf(flags, `${at}.flags`),
      rtnhHops: weight - 1,
      rtnhIfindex: dev === undefined ? undefined : indexOf(dev, `${at}.dev`),
      ...nexthopOf({ gateway, via }, `${at}.`, known),
      flow: flow && flowOf(flow, `${at}.flow`),
      ...others,
    });
  });
}

const hopFlagNames = ["onlink", "pervasive"] as const;

function hopFlagsOf(
  flags: readonly (typeof hopFlagNames)[number][] | undefined,
  field: string,
): typeof flags {
  if (flags === undefined) return undefined;
  if (!Array.isArray(flags)) throw new InputError(field, "an array of onlink, pervasive", flags);
  for (const [index, flag] of flags.entries()) {
    if (!hopFlagNames.includes(flag)) throw new InputError(`${field}[${index}]`, "onlink or pervasive", flag);
  }
  return flags;
}

function flowOf({ from, to, ...others }: FlowSettings, field: string): number {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new InputError(`${field}.${unknown}`, "from and to", others);
  const source = from === undefined ? 0 : realmNumber(from, `${field}.from`);
  return source * 0x10000 + realmNumber(to, `${field}.to`);
}
