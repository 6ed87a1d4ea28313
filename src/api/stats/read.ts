import type { Stats } from "../../rtnl/stats/index.ts";
import type { OffloadXstats } from "../../rtnl/stats/offload.ts";
import type { LinkXstats } from "../../rtnl/stats/xstats.ts";
import { type LinkName, nameOf } from "../session.ts";
import { vlanFlags } from "../vlan/read.ts";
import { inWords, withoutUndefined } from "../words.ts";
import { byDirection } from "./counters.ts";
import type {
  HwCounters,
  LacpXstats,
  LinkCounters,
  McastXstats,
  MplsStats,
  StatsEntry,
  StatsSuite,
  XstatsSuite,
} from "./suites.ts";

/** An entry for each suite of one message. */
export function readStats(stats: Stats, names: ReadonlyMap<number, LinkName>): StatsEntry[] {
  const { link64, linkXstats, linkXstatsSlave, linkOffloadXstats, afSpec, ifindex } = stats;
  const mpls = afSpec?.mpls?.link;
  const suites: StatsSuite[] = [
    ...(mpls
      ? [{ group: "afstats" as const, subgroup: "mpls" as const, mplsStats: byDirection<MplsStats>(mpls) }]
      : []),
    ...(link64 ? [{ group: "link" as const, stats64: byDirection<LinkCounters>(link64) }] : []),
    ...readOffload(linkOffloadXstats ?? {}),
    ...readXstats(linkXstats ?? {}).map((suite) => ({ group: "xstats" as const, ...suite })),
    ...readXstats(linkXstatsSlave ?? {}).map((suite) => ({ group: "xstats_slave" as const, ...suite })),
  ];
  return suites.map((suite) => ({ ifindex, ifname: nameOf(names, ifindex), ...suite }));
}

function readOffload({ cpuHit, hwSInfo, l3Stats }: OffloadXstats): StatsSuite[] {
  const group = "offload";
  const asked = hwSInfo?.l3Stats;
  const info = asked && { request: Boolean(asked.request), used: Boolean(asked.used) };
  const stats64 = l3Stats && byDirection<HwCounters>(l3Stats);
  const suites: StatsSuite[] = [];
  if (info || stats64) suites.push(withoutUndefined({ group, subgroup: "l3_stats", info, stats64 }));
  if (info) suites.push({ group, subgroup: "hw_stats_info", info: { l3Stats: info } });
  if (cpuHit) suites.push({ group, subgroup: "cpu_hit", stats64: byDirection<LinkCounters>(cpuHit) });
  return suites;
}

function readXstats({ bridge, bond }: LinkXstats): XstatsSuite[] {
  const subgroup = "bridge";
  const suites: XstatsSuite[] = [];
  if (bridge?.vlan) {
    const vlans = bridge.vlan.map(({ flags, trailing: _trailing, ...counters }) => ({
      ...inWords(counters, {}),
      flags: vlanFlags(flags),
    }));
    suites.push({ subgroup, suite: "vlan", vlans });
  }
  if (bridge?.mcast) suites.push({ subgroup, suite: "mcast", multicast: readMcast(bridge.mcast) });
  if (bridge?.stp) {
    const { trailing: _trailing, ...stp } = bridge.stp;
    suites.push({ subgroup, suite: "stp", stp: inWords(stp, {}) });
  }
  if (bond?.lacp) {
    const { unknown: _unknown, pad: _pad, ...lacp } = bond.lacp;
    suites.push({ subgroup: "bond", suite: "802.3ad", "802.3ad": inWords(lacp, lacpWords) as LacpXstats });
  }
  return suites;
}

const lacpWords = { markerResponseRx: "markerRespRx", markerResponseTx: "markerRespTx" } as const;

type Bridge = NonNullable<LinkXstats["bridge"]>;
function readMcast(mcast: NonNullable<Bridge["mcast"]>): McastXstats {
  const both = ({ rx, tx }: { rx: bigint; tx: bigint }) => ({ rx: Number(rx), tx: Number(tx) });
  const versions = (...all: { rx: bigint; tx: bigint }[]) =>
    Object.fromEntries(
      all.flatMap(({ rx, tx }, index) => [
        [`rxV${index + 1}`, Number(rx)],
        [`txV${index + 1}`, Number(tx)],
      ]),
    );
  return {
    igmpQueries: versions(mcast.igmpV1queries, mcast.igmpV2queries, mcast.igmpV3queries),
    igmpReports: versions(mcast.igmpV1reports, mcast.igmpV2reports, mcast.igmpV3reports),
    igmpLeaves: both(mcast.igmpLeaves),
    igmpParseErrors: Number(mcast.igmpParseErrors),
    mldQueries: versions(mcast.mldV1queries, mcast.mldV2queries),
    mldReports: versions(mcast.mldV1reports, mcast.mldV2reports),
    mldLeaves: both(mcast.mldLeaves),
    mldParseErrors: Number(mcast.mldParseErrors),
    bytes: both(mcast.mcastBytes),
    packets: both(mcast.mcastPackets),
  } as McastXstats;
}
