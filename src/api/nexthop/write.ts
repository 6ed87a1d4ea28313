import { InputError } from "../../netlink/errors.ts";
import type { NexthopObject as RtnlNexthop } from "../../rtnl/nexthop/index.ts";
import type { RtProtocol } from "../../rtnl/route/index.ts";
import { refuseOthers } from "../filter.ts";
import { protocolOf } from "../names.ts";
import { type IpFamily, parseAddress } from "../prefix.ts";
import { encapPaths } from "../route/encap/words.ts";
import { type EncapSettings, writeEncap } from "../route/encap/write.ts";
import { hopFlagsOf, type IndexOf } from "../route/nexthop.ts";
import type { Dev } from "../session.ts";
import type { Words } from "../words.ts";
import type { NexthopMember } from "./read.ts";

/** A nexthop in the words of ip-nexthop(8). */
export interface NexthopAdd {
  /** Default: one that is free. */
  id?: number;
  /** Address of the next hop. */
  gateway?: string;
  dev?: Dev;
  /** `onlink`: the gateway is on the link whatever the routes say. */
  flags?: "onlink"[];
  encap?: EncapSettings;
  /** Packets are dropped. */
  blackhole?: boolean;
  /** Of a nexthop without a gateway; default `inet`. */
  family?: IpFamily;
  /** Nexthops that share the packets. */
  group?: NexthopMember[];
  /** Of a group; `resilient` keeps flows on their nexthop when the group changes. Default `mpath`. */
  type?: "mpath" | "resilient";
  /** How many buckets flows are spread over, 1 to 65535. */
  buckets?: number;
  /** Seconds that a bucket must be without traffic to be moved. */
  idleTimer?: number;
  /** Seconds after which buckets are moved anyway; 0 for never. */
  unbalancedTimer?: number;
  /** Whether hardware is to count (Linux 6.9). */
  hwStats?: boolean;
  /** For entries of a bridge's forwarding database. */
  fdb?: boolean;
  /** Who made it; default `unspec`. */
  protocol?: RtProtocol | (string & {});
}

/** What ip-nexthop(8) calls it beside the attributes. */
export const nexthopPaths = {
  family: "nhFamily",
  flags: "nhFlags",
  protocol: "nhProtocol",
  dev: "oif",
  type: "groupType",
  buckets: "resGroup.buckets",
  idleTimer: "resGroup.idleTimer",
  unbalancedTimer: "resGroup.unbalancedTimer",
  hwStats: "hwStatsEnable",
  ...encapPaths,
} as const satisfies Words;

const words: readonly (keyof NexthopAdd)[] = [
  "id",
  "gateway",
  "dev",
  "flags",
  "encap",
  "blackhole",
  "family",
  "group",
  "type",
  "buckets",
  "idleTimer",
  "unbalancedTimer",
  "hwStats",
  "fdb",
  "protocol",
];

export function writeNexthop(given: NexthopAdd, indexOf: IndexOf): Partial<RtnlNexthop> {
  const { id, gateway, dev, flags, encap, blackhole, family, group, type, ...more } = given;
  const { buckets, idleTimer, unbalancedTimer, hwStats, fdb, protocol, ...others } = more;
  refuseOthers(others, words);
  const address = gateway === undefined ? undefined : parseAddress(gateway, "gateway");
  if (address && family !== undefined && address.family !== family) {
    throw new InputError("gateway", `an address of ${family}`, gateway);
  }
  if (type !== undefined && type !== "mpath" && type !== "resilient") {
    throw new InputError("type", "mpath or resilient", type);
  }
  const resGroup = {
    buckets,
    idleTimer: hundredths(idleTimer, "idleTimer"),
    unbalancedTimer: hundredths(unbalancedTimer, "unbalancedTimer"),
  };
  const isResilient = type === "resilient";
  if (!isResilient) {
    for (const [word, value] of Object.entries({ buckets, idleTimer, unbalancedTimer })) {
      if (value !== undefined) throw new InputError(word, `type: "resilient" with it`, value);
    }
  }
  return {
    // A group has no family.
    nhFamily: group === undefined ? (address?.family ?? family ?? "inet") : "unspec",
    nhProtocol: protocol === undefined ? undefined : protocolOf(protocol),
    nhFlags: hopFlagsOf(flags, "flags"),
    id,
    group: group && membersOf(group),
    groupType: type === undefined ? undefined : isResilient ? "res" : "mpath",
    blackhole,
    oif: dev === undefined ? undefined : indexOf(dev, "dev"),
    gateway: address?.address,
    ...(encap && writeEncap(encap, "encap", indexOf)),
    fdb,
    resGroup: isResilient ? resGroup : undefined,
    hwStatsEnable: hwStats === undefined ? undefined : Number(hwStats),
  };
}

function membersOf(group: readonly NexthopMember[]): NonNullable<RtnlNexthop["group"]> {
  if (!Array.isArray(group) || group.length === 0) {
    throw new InputError("group", "an array of at least one nexthop such as { id: 1, weight: 2 }", group);
  }
  return group.map(({ id, weight = 1, ...others }, index) => {
    const at = `group[${index}]`;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new InputError(`${at}.${unknown}`, "id and weight", others);
    if (!Number.isInteger(weight) || weight < 1 || weight > 65535) {
      throw new InputError(`${at}.weight`, "1 to 65535", weight);
    }
    return { id, weight: (weight - 1) & 0xff, weightHigh: (weight - 1) >> 8 };
  });
}

function hundredths(seconds: number | undefined, field: string): number | undefined {
  if (seconds === undefined) return undefined;
  const value = Math.round(seconds * 100);
  if (!(value >= 0 && value <= 0xffffffff)) throw new InputError(field, "seconds up to 42949672", seconds);
  return value;
}
