import { parseIp } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { RtmType, Route as RtnlRoute, RtProtocol } from "../../rtnl/route/index.ts";
import { rtScope } from "../../rtnl/scope.ts";
import { refuseOthers } from "../filter.ts";
import { protocolOf, realmNumber, scopeNumber, tableNumber, tosNumber } from "../names.ts";
import { addressBits, type IpFamily, isWithin, type Prefix, parsePrefix } from "../prefix.ts";
import type { Dev } from "../session.ts";
import { isCached } from "./flags.ts";
import { addressesOf, type RouteAddresses, type RouteFamily } from "./mpls.ts";
import type { FlowSettings } from "./nexthop.ts";

/** Prefixes by their relation to another: `exact` or text alone is that prefix itself. */
export type PrefixFilter =
  | string
  | {
      /** Those within this prefix. */
      root?: string;
      /** Those that this prefix is in. */
      match?: string;
      exact?: string;
    };

/** Which routes to list: the selectors of `ip route show`. */
export interface RouteFilter {
  /** Default: that of the addresses here, else both of IP. */
  family?: RouteFamily;
  /** A table, `all` of them, or the `cache`, which holds exceptions for single addresses; default `main`. */
  table?: string | number;
  /** A VRF: its table is meant, without local and broadcast routes unless `type` says so. */
  vrf?: Dev;
  /** Of an MPLS route its label. */
  dst?: PrefixFilter;
  /** The prefix that packets come from. */
  from?: PrefixFilter;
  /** A link that one of the next hops is on. */
  dev?: Dev;
  /** An address, or a prefix that the address of one of the next hops is in. */
  gateway?: string;
  /** An address, or a prefix that it is in. */
  prefsrc?: string;
  protocol?: RtProtocol | (string & {});
  scope?: string | number;
  type?: RtmType;
  tos?: string | number;
  metric?: number;
  /** Realms. */
  flow?: Partial<FlowSettings>;
}

export const filterWords: readonly (keyof RouteFilter)[] = [
  "family",
  "table",
  "vrf",
  "dst",
  "from",
  "dev",
  "gateway",
  "prefsrc",
  "protocol",
  "scope",
  "type",
  "tos",
  "metric",
  "flow",
];

type Test = (route: RtnlRoute) => boolean;

/** A filter in two parts. */
export interface SplitFilter {
  /** What the kernel looks at. */
  readonly request: Partial<RtnlRoute>;
  /** The rest. */
  readonly test: Test;
}

export function splitFilter(filter: RouteFilter): SplitFilter {
  const { family: asked, table = "main", dst, from, dev: _dev, gateway, prefsrc, ...more } = filter;
  const { protocol, scope, type, tos, metric, flow, ...others } = more;
  refuseOthers(others, filterWords);
  const family = addressesOf(asked);
  const cache = table === "cache";
  const mpls = asked === "mpls";
  const tests: Test[] = [
    // Where the kernel has no routes of a family, it answers with those of all.
    (route) => (mpls ? route.rtmFamily === asked : route.rtmFamily === "inet" || route.rtmFamily === "inet6"),
    (route) => isCached(route.rtmFlags) === cache,
  ];
  if (dst !== undefined && mpls) {
    const { address } = family.destination(dst, "dst");
    tests.push((route) => route.dst === address);
  } else if (dst !== undefined) {
    const matches = prefixTest(dst, "dst", family);
    tests.push((route) => matches(route.rtmFamily as IpFamily, route.dst, route.rtmDstLen));
  }
  if (from !== undefined) {
    const matches = prefixTest(from, "from", family);
    tests.push((route) => matches(route.rtmFamily as IpFamily, route.src, route.rtmSrcLen));
  }
  if (gateway !== undefined)
    tests.push(gatewayTest(mpls ? parsePrefix(gateway, "gateway") : family.prefix(gateway, "gateway")));
  if (prefsrc !== undefined) {
    const prefix = family.prefix(prefsrc, "prefsrc");
    tests.push((route) => route.prefsrc !== undefined && isWithin(parseIp(route.prefsrc)!, prefix));
  }
  if (scope !== undefined) {
    const number = scopeNumber(scope, "scope");
    tests.push((route) => rtScope.toNumber(route.rtmScope) === number);
  }
  if (tos !== undefined) {
    const number = tosNumber(tos, "tos");
    tests.push((route) => route.rtmTos === number);
  }
  if (metric !== undefined) tests.push((route) => (route.priority ?? 0) === metric);
  if (flow !== undefined) tests.push(flowTest(flow));
  return {
    request: {
      rtmFamily: family.known,
      rtmProtocol: protocol === undefined ? undefined : protocolOf(protocol),
      rtmType: type,
      rtmFlags: cache ? ["cloned"] : undefined,
      table: cache || table === "all" ? undefined : tableNumber(table, "table"),
    },
    test: (route) => tests.every((test) => test(route)),
  };
}

type PrefixTest = (family: IpFamily, address: string | undefined, length: number) => boolean;

function prefixTest(filter: PrefixFilter, field: string, family: RouteAddresses): PrefixTest {
  const { root, match, exact, ...others } = typeof filter === "string" ? { exact: filter } : filter;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new InputError(`${field}.${unknown}`, "root, match or exact", others);
  const at = (word: string) => (typeof filter === "string" ? field : `${field}.${word}`);
  const parsed = (text: string | undefined, word: string) =>
    text === undefined || text === "default" ? undefined : family.prefix(text, at(word));
  const [inside, around, same] = [parsed(root, "root"), parsed(match, "match"), parsed(exact, "exact")];
  return (own, address, length) => {
    if (exact === "default" && length !== 0) return false;
    if (match === "default" && length !== 0) return false;
    const bytes = address === undefined ? new Uint8Array(addressBits[own] / 8) : parseIp(address)!;
    if (same && !(length === same.length && isWithin(bytes, same))) return false;
    if (inside && !(length >= inside.length && isWithin(bytes, inside))) return false;
    return !around || (length <= around.length && isWithin(around.bytes, { bytes, length }));
  };
}

function gatewayTest(prefix: Prefix): Test {
  const within = (hop: Pick<RtnlRoute, "gateway" | "via">): boolean => {
    const address = hop.gateway ?? hop.via?.addr;
    const bytes = address === undefined ? undefined : parseIp(address);
    return bytes !== undefined && isWithin(bytes, prefix);
  };
  return (route) => within(route) || route.multipath?.some(within) === true;
}

function flowTest({ from, to }: Partial<FlowSettings>): Test {
  const source = from === undefined ? undefined : realmNumber(from, "flow.from");
  const target = to === undefined ? undefined : realmNumber(to, "flow.to");
  const matches = (flow = 0): boolean =>
    (source === undefined || flow >>> 16 === source) && (target === undefined || (flow & 0xffff) === target);
  return (route) =>
    route.multipath ? route.multipath.some((hop) => matches(hop.flow)) : matches(route.flow);
}
