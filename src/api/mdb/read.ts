import type { BrMdbEntry, MdbEattrs, Mdb as RtnlMdb } from "../../rtnl/mdb/index.ts";
import { type LinkName, nameOf } from "../session.ts";
import { withoutUndefined } from "../words.ts";

/** An entry of a multicast database as `bridge -j -d mdb show` prints it, in camelCase. */
export interface MdbEntry {
  /** Index of the bridge or VXLAN. */
  index: number;
  dev: string;
  /** The bridge's own name where the host itself listens. */
  port: string;
  /** IPv4, IPv6 or MAC address. */
  grp: string;
  /** The source of a group for one source. */
  src?: string;
  state: string;
  filterMode?: string;
  sourceList?: { address: string; timer: number }[];
  protocol?: string;
  /** `offload`, `fast_leave`, `added_by_star_ex`, `blocked`, `offload_failed`. */
  flags: string[];
  vid?: number;
  /** Where a VXLAN sends to. */
  dst?: string;
  dstPort?: number;
  vni?: number;
  srcVni?: number;
  /** Link to send over. */
  via?: string;
  /** Seconds until it goes; 0 where it stays. */
  timer?: number;
}

/** A port that a multicast router is behind. */
export interface MdbRouter {
  dev: string;
  port: string;
  /** Seconds until it goes; 0 where it stays. */
  timer?: number;
  type?: string;
  vid?: number;
}

type Names = ReadonlyMap<number, LinkName>;

const flagWords = [
  ["offload", "offload"],
  ["fast-leave", "fast_leave"],
  ["star-excl", "added_by_star_ex"],
  ["blocked", "blocked"],
  ["offload-failed", "offload_failed"],
] as const;

/** The entries of a message, port by port. */
export function readMdb(message: RtnlMdb, names: Names): MdbEntry[] {
  return (message.mdb?.entry ?? [])
    .flatMap(({ info }) => info ?? [])
    .map((entry) => readEntry(message.ifindex, entry, entry.attrs ?? {}, names));
}

function readEntry(
  index: number,
  entry: Omit<BrMdbEntry, "trailing">,
  attrs: MdbEattrs,
  names: Names,
): MdbEntry {
  const sources = attrs.srcList?.entry?.map(({ address = "", timer = 0 }) => ({
    address,
    timer: timer / 100,
  }));
  return withoutUndefined<MdbEntry>({
    index,
    dev: nameOf(names, index),
    port: nameOf(names, entry.ifindex),
    grp: entry.addr,
    src: attrs.source,
    state: entry.state === "temporary" ? "temp" : String(entry.state),
    filterMode: attrs.groupMode === undefined ? undefined : String(attrs.groupMode),
    sourceList: sources && sources.length > 0 ? sources : undefined,
    protocol: attrs.rtprot === undefined ? undefined : String(attrs.rtprot),
    flags: flagWords.filter(([flag]) => entry.flags.includes(flag)).map(([, word]) => word),
    vid: entry.vid === 0 ? undefined : entry.vid,
    dst: attrs.dst,
    dstPort: attrs.dstPort,
    vni: attrs.vni,
    srcVni: attrs.srcVni,
    via: attrs.ifindex === undefined ? undefined : nameOf(names, attrs.ifindex),
    timer: attrs.timer === undefined ? undefined : attrs.timer / 100,
  });
}

/** `perm` is printed as `permanent`, `temp-query` as `temp_query`. */
const routerTypes: Readonly<Record<string, string>> = { perm: "permanent", "temp-query": "temp_query" };

export function readRouters(message: RtnlMdb, names: Names): MdbRouter[] {
  return (message.router?.port ?? []).map(({ ifindex, attrs = {} }) =>
    withoutUndefined<MdbRouter>({
      dev: nameOf(names, message.ifindex),
      port: nameOf(names, ifindex),
      timer: attrs.timer === undefined ? undefined : attrs.timer / 100,
      type: attrs.type === undefined ? undefined : (routerTypes[attrs.type] ?? String(attrs.type)),
      vid: attrs.vid,
    }),
  );
}
