import type { NexthopObject as RtnlNexthop } from "../../rtnl/nexthop/index.ts";
import { protocolName, scopeName } from "../names.ts";
import { type Encap, readEncap } from "../route/encap/read.ts";
import { hopFlags } from "../route/flags.ts";
import { type LinkName, nameOf } from "../session.ts";
import { withoutUndefined } from "../words.ts";

export interface NexthopMember {
  id: number;
  /** Share of the packets; missing for 1. */
  weight?: number;
}

export interface ResilientArgs {
  buckets: number;
  /** Seconds that a bucket must be without traffic to be moved. */
  idleTimer: number;
  /** Seconds after which buckets are moved anyway; 0 for never. */
  unbalancedTimer: number;
  /** Seconds that the weights have been wrong. */
  unbalancedTime: number;
}

/** Packets that one nexthop of a group got. */
export interface NexthopStats {
  id: number;
  packets: number;
  packetsHw?: number;
}

/** A nexthop object as `ip -j -d nexthop` prints it, in camelCase; what is `null` there is `true` here. */
export interface NexthopObject {
  id: number;
  group?: NexthopMember[];
  /** Of a group: `resilient`; missing where it is not. */
  type?: string;
  resilientArgs?: ResilientArgs;
  encap?: Encap;
  gateway?: string;
  /** Name of the link. */
  dev?: string;
  scope: string;
  blackhole?: boolean;
  protocol: string;
  /** `onlink`, `dead`, `linkdown` … */
  flags: string[];
  /** For entries of a bridge's forwarding database. */
  fdb?: boolean;
  /** Whether hardware counts, and whether some does; with `stats`. */
  hwStats?: { enabled: boolean; used: boolean };
  groupStats?: NexthopStats[];
}

/** A bucket of a resilient group as `ip -j -d nexthop bucket` prints it. */
export interface NexthopBucket {
  /** The group. */
  id: number;
  bucket: {
    index: number;
    /** Seconds since it had traffic. */
    idleTime: number;
    /** The nexthop that it leads to. */
    nhid: number;
  };
  flags: string[];
}

/** Timers count in USER_HZ. */
const HZ = 100;
const seconds = (hundredths: number | bigint | undefined) => Number(hundredths ?? 0) / HZ;

export function readNexthop(nexthop: RtnlNexthop, names: ReadonlyMap<number, LinkName>): NexthopObject {
  const { group, resGroup, oif, encapType, encap, groupStats, hwStatsEnable, hwStatsUsed } = nexthop;
  return withoutUndefined<NexthopObject>({
    id: nexthop.id ?? 0,
    group: group?.map(({ id, weight, weightHigh }) => {
      const share = weightHigh * 256 + weight + 1;
      return share === 1 ? { id } : { id, weight: share };
    }),
    type: nexthop.groupType === "res" ? "resilient" : undefined,
    resilientArgs: resGroup && {
      buckets: resGroup.buckets ?? 0,
      idleTimer: seconds(resGroup.idleTimer),
      unbalancedTimer: seconds(resGroup.unbalancedTimer),
      unbalancedTime: seconds(resGroup.unbalancedTime),
    },
    encap: readEncap(encapType, encap, names),
    gateway: nexthop.gateway,
    dev: oif === undefined ? undefined : nameOf(names, oif),
    scope: scopeName(nexthop.nhScope),
    blackhole: nexthop.blackhole,
    protocol: protocolName(nexthop.nhProtocol),
    flags: hopFlags(nexthop.nhFlags),
    fdb: nexthop.fdb,
    hwStats:
      hwStatsEnable === undefined
        ? undefined
        : { enabled: hwStatsEnable !== 0, used: (hwStatsUsed ?? 0) !== 0 },
    groupStats: groupStats?.entry?.map(({ id = 0, packets = 0n, packetsHw }) => ({
      id,
      packets: Number(packets),
      ...(packetsHw !== undefined && { packetsHw: Number(packetsHw) }),
    })),
  });
}

export function readBucket({ id = 0, resBucket = {}, nhFlags }: RtnlNexthop): NexthopBucket {
  const { index = 0, idleTime, nhId = 0 } = resBucket;
  return { id, bucket: { index, idleTime: seconds(idleTime), nhid: nhId }, flags: hopFlags(nhFlags) };
}
