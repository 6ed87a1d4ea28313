import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { wholeSeconds } from "../neigh/read.ts";
import { type LinkName, nameOf } from "../session.ts";
import { withoutUndefined } from "../words.ts";

/** An entry of a forwarding database as `bridge -j -d fdb show` prints it, in camelCase. */
export interface FdbEntry {
  mac: string;
  /** The device: a bridge's port, a VXLAN … */
  ifname: string;
  vlan?: number;
  /** Where a VXLAN sends to: IP address of the far end. */
  dst?: string;
  /** UDP port of the far end, where it is not the VXLAN's own. */
  port?: number;
  /** VXLAN network identifier to send with, where it is not the VXLAN's own. */
  vni?: number;
  /** Of an `external` VXLAN: the network identifier that the entry is for. */
  srcVni?: number;
  /** Link to send over. */
  viaIf?: string;
  /** Its index, where it is in another namespace. */
  viaIfIndex?: number;
  /** The id of that namespace here. */
  linkNetNsId?: number;
  /** Id of the nexthop group with the far ends. */
  nhid?: number;
  /** `self`: in the device's own database; `router`, `extern_learn`, `offload`, `sticky`, `locked`. */
  flags: string[];
  /** The bridge whose database it is in. */
  master?: string;
  /** `permanent`, `static`, `stale`, or empty for one that was seen lately. */
  state: string;
  /** Seconds since it was last used; with `stats`. */
  used?: number;
  /** Seconds since it last changed; with `stats`. */
  updated?: number;
}

/** Puts a decoded entry into the words of `bridge`. */
export function readEntry(entry: RtnlNeigh, names: ReadonlyMap<number, LinkName>, stats: boolean): FdbEntry {
  const elsewhere = entry.linkNetnsid !== undefined;
  return withoutUndefined<FdbEntry>({
    mac: entry.lladdr ?? "",
    ifname: nameOf(names, entry.ndmIfindex),
    vlan: entry.vlan,
    dst: entry.dst,
    port: entry.port,
    vni: entry.vni,
    srcVni: entry.srcVni,
    viaIf: entry.ifindex === undefined || elsewhere ? undefined : nameOf(names, entry.ifindex),
    viaIfIndex: elsewhere ? entry.ifindex : undefined,
    linkNetNsId: entry.linkNetnsid,
    nhid: entry.nhId,
    flags: flagNames(entry),
    master: entry.master === undefined ? undefined : nameOf(names, entry.master),
    state: stateName(entry),
    used: stats ? wholeSeconds(entry.cacheinfo?.used) : undefined,
    updated: stats ? wholeSeconds(entry.cacheinfo?.updated) : undefined,
  });
}

const flagWords = [
  ["self", "self"],
  ["router", "router"],
  ["ext-learned", "extern_learn"],
  ["offloaded", "offload"],
  ["sticky", "sticky"],
] as const;

function flagNames({ ndmFlags, flagsExt }: RtnlNeigh): string[] {
  const words = flagWords.filter(([flag]) => ndmFlags.includes(flag)).map(([, word]) => word as string);
  return flagsExt?.includes("locked") ? [...words, "locked"] : words;
}

/** The first of these that holds is what `bridge` prints. */
const stateWords = [
  ["permanent", "permanent"],
  ["noarp", "static"],
  ["stale", "stale"],
  ["reachable", ""],
] as const;

export function stateName({ ndmState }: RtnlNeigh): string {
  const found = stateWords.find(([state]) => ndmState.includes(state));
  return found?.[1] ?? `state=${ndmState.join("|")}`;
}
