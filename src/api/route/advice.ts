import type { KernelError } from "../../netlink/kernel-error.ts";
import type { Advice } from "../refusal.ts";
import type { RouteSettings } from "./write.ts";

/** The kernel names no attribute for most of what it refuses in a route; its message says which one is meant. */
const messages: readonly (readonly [RegExp, keyof RouteSettings | "metrics.congestion"])[] = [
  [/prefix length|^Invalid prefix/, "dst"],
  [/congestion/, "metrics.congestion"],
  [/prefsrc|source address/, "prefsrc"],
  [/nexthop id/i, "nhid"],
  [/device/i, "dev"],
  [/scope/i, "scope"],
  [/gateway/i, "gateway"],
  [/FIB table/, "table"],
  [/platform_labels|label/i, "dst"],
];

const codes: Readonly<Record<string, keyof RouteSettings>> = {
  EEXIST: "dst",
  ESRCH: "dst",
  ENOENT: "dst",
  ENODEV: "dev",
  ENETUNREACH: "gateway",
  EHOSTUNREACH: "gateway",
};

const hints: Readonly<Record<string, string>> = {
  EEXIST: "there is a route with this dst, tos and metric: replace changes it, append adds another",
  ESRCH: "no route matches",
  ENOENT: "no route matches",
};

/** Which field of the route an error is about, and what to do. */
export function routeAdvice(error: KernelError, route: RouteSettings): Advice {
  const { code, kernelMessage } = error;
  const told = messages.find(([pattern]) => kernelMessage !== undefined && pattern.test(kernelMessage))?.[1];
  const field = told ?? codes[code];
  const path = field === "gateway" ? hopField(route) : field;
  const hint = error.path === undefined && kernelMessage === undefined ? hints[code] : undefined;
  if (code === "EOPNOTSUPP" && route.family === "mpls" && kernelMessage === undefined) {
    return {
      path: "family",
      hint: "this kernel has no MPLS routes: its module mpls_router cannot be loaded",
    };
  }
  if (code === "ENODEV" && kernelMessage === undefined && route.dev === undefined) {
    return { path: "dev", hint: "a route that is no blackhole needs a link or a gateway" };
  }
  return { path, hint };
}

/** Where the route has its gateway. */
function hopField({ gateway, via, nexthops }: RouteSettings): keyof RouteSettings {
  if (gateway !== undefined) return "gateway";
  if (via !== undefined) return "via";
  return nexthops === undefined ? "gateway" : "nexthops";
}
