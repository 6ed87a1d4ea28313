import { InputError } from "../../netlink/errors.ts";
import type { Rtnexthop } from "../../rtnl/route/index.ts";
import { realmNumber } from "../names.ts";
import { parseAddress } from "../prefix.ts";
import type { Dev } from "../session.ts";
import { type EncapSettings, writeEncap } from "./encap/write.ts";
import type { RouteAddresses, RouteFamily } from "./mpls.ts";
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
  /** MPLS: the labels that packets have behind it, `"200/300"`; without any the label is taken off (`as` in `ip`). */
  to?: string;
  dev?: Dev;
  flow?: FlowSettings;
  /** What to put around packets: `{ type: "mpls", dst: "100/200" }`. */
  encap?: EncapSettings;
  /** `onlink`: the gateway is on the link whatever the routes say. */
  flags?: ("onlink" | "pervasive")[];
}

export interface MultipathNexthop extends NexthopSettings {
  /** Share of the packets, 1 to 256; default 1. */
  weight?: number;
}

/** Looks up a link that was named; all of them are known before a route is written. */
export type IndexOf = (dev: Dev, field: string) => number;

/** A next hop of the route's own family is a gateway, whatever it was given as. */
export function nexthopOf(
  { gateway, via, to: newdst }: NexthopSettings,
  prefix: string,
  family: RouteFamily,
): Pick<Rtnexthop, "gateway" | "via" | "newdst"> {
  if (via === undefined) return { gateway, newdst };
  if (gateway !== undefined) throw new InputError(`${prefix}via`, "either gateway or via", via);
  if (via.family !== family) {
    const { host, family: other, ...others } = via;
    // AF_PACKET
    const spoken = other === "link" ? "packet" : other;
    return { via: { ...others, family: spoken, addr: host } as Rtnexthop["via"], newdst };
  }
  const host = parseAddress(via.host, `${prefix}via.host`);
  if (host.family === family) return { gateway: host.address, newdst };
  throw new InputError(`${prefix}via.host`, `an address of ${family}`, via.host);
}

type Hop = (family: RouteFamily, index: number) => Rtnexthop;

/** The next hops, as far as the route's family need not be known: all of them together say which it is. */
export function hopsOf(
  nexthops: readonly MultipathNexthop[],
  family: RouteAddresses,
  indexOf: IndexOf,
): Hop[] {
  if (!Array.isArray(nexthops)) throw new InputError("nexthops", "an array of next hops", nexthops);
  return nexthops.map((nexthop, position) => {
    const at = `nexthops[${position}]`;
    const { gateway, via, to, dev, weight = 1, flow, encap, flags, ...others } = nexthop;
    if (gateway !== undefined) family.gateway(gateway, `${at}.gateway`);
    if (!Number.isInteger(weight) || weight < 1 || weight > 256) {
      throw new InputError(`${at}.weight`, "1 to 256", weight);
    }
    return (known) => ({
      rtnhFlags: hopFlagsOf(flags, `${at}.flags`),
      rtnhHops: weight - 1,
      rtnhIfindex: dev === undefined ? undefined : indexOf(dev, `${at}.dev`),
      ...nexthopOf({ gateway, via, to }, `${at}.`, known),
      flow: flow && flowOf(flow, `${at}.flow`),
      ...(encap && writeEncap(encap, `${at}.encap`, indexOf)),
      ...others,
    });
  });
}

const hopFlagNames = ["onlink", "pervasive"] as const;

export function hopFlagsOf(
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

export function flowOf({ from, to, ...others }: FlowSettings, field: string): number {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new InputError(`${field}.${unknown}`, "from and to", others);
  const source = from === undefined ? 0 : realmNumber(from, `${field}.from`);
  return source * 0x10000 + realmNumber(to, `${field}.to`);
}
