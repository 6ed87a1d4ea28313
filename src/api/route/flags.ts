import { type Route as RtnlRoute, rtmFlags } from "../../rtnl/route/index.ts";

/** In the order of `ip route`: the next hop's flags have the plain names, the route's own begin with `rt_`. */
const printed = [
  ["dead", "dead"],
  ["onlink", "onlink"],
  ["pervasive", "pervasive"],
  ["nh-offload", "offload"],
  ["nh-trap", "trap"],
  ["notify", "notify"],
  ["linkdown", "linkdown"],
  ["unresolved", "unresolved"],
  ["offload", "rt_offload"],
  ["trap", "rt_trap"],
  ["offload-failed", "rt_offload_failed"],
] as const;

export function routeFlags(flags: RtnlRoute["rtmFlags"]): string[] {
  if (flags.length === 0) return [];
  // In a looked up IPv4 route the upper half has other flags.
  const own = isCached(flags) ? flags.filter((flag) => flag !== "offload-failed") : flags;
  return printed.filter(([flag]) => own.includes(flag)).map(([, word]) => word);
}

/** The flags of one of several next hops. */
export function hopFlags(flags: readonly (string | number)[] | undefined): string[] {
  if (flags === undefined || flags.length === 0) return [];
  return printed.map(([, word]) => word).filter((word) => flags.includes(word));
}

/** Whether it is the answer for one packet rather than a route of a table. */
export function isCached(flags: RtnlRoute["rtmFlags"]): boolean {
  return flags.includes("cloned");
}

/** RTCF_* (linux/in_route.h) */
const cacheBits = [
  ["local", 0x80000000],
  ["reject", 0x40000000],
  ["mc", 0x20000000],
  ["brd", 0x10000000],
  ["dst-nat", 0x08000000],
  ["src-nat", 0x00800000],
  ["masq", 0x00400000],
  ["dst-direct", 0x00020000],
  ["src-direct", 0x04000000],
  ["redirected", 0x00040000],
  ["redirect", 0x01000000],
  ["fastroute", 0x00200000],
  ["notify", 0x00010000],
  ["proxy", 0x00080000],
] as const;

/** What `ip route get` prints behind `cache` of an IPv4 route. */
export function cacheFlags(flags: RtnlRoute["rtmFlags"]): string[] {
  const bits = rtmFlags.toNumber(flags);
  return cacheBits.filter(([, bit]) => (bits & bit) !== 0).map(([word]) => word);
}
