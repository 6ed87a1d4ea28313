import { InputError } from "../../netlink/errors.ts";
import type { StatsGetset } from "../../rtnl/stats/index.ts";
import type { Words } from "../words.ts";

/** Paths in a request beside what the caller gave. */
export const statsPaths = {
  dev: "ifindex",
  l3Stats: "setOffloadXstatsL3Stats",
} as const satisfies Words;

/** The groups of `ip stats`, their subgroups, and the suites of those. */
const tree = {
  link: {},
  offload: { cpu_hit: [], hw_stats_info: [], l3_stats: [] },
  xstats: { bridge: ["vlan", "mcast", "stp"], bond: ["802.3ad"] },
  xstats_slave: { bridge: ["vlan", "mcast", "stp"], bond: ["802.3ad"] },
  afstats: { mpls: [] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type StatsGroup = keyof typeof tree;

/** What of the statistics; without anything all of them. */
export interface StatsSelector {
  group?: StatsGroup;
  /** `cpu_hit`, `hw_stats_info`, `l3_stats`; `bridge`, `bond`; `mpls`. */
  subgroup?: string;
  /** `vlan`, `mcast`, `stp`; `802.3ad`. */
  suite?: string;
}

const bits = {
  link: "link-64",
  offload: "link-offload-xstats",
  xstats: "link-xstats",
  xstats_slave: "link-xstats-slave",
  afstats: "af-spec",
} as const satisfies Record<StatsGroup, StatsGetset["filterMask"][number]>;

/** Whether something counts is told apart from what it counted. */
const offloadBits = {
  cpu_hit: ["cpu-hit"],
  hw_stats_info: ["hw-s-info"],
  l3_stats: ["hw-s-info", "l3-stats"],
} as const;

/** The request for what is selected. */
export function writeSelector({ group, subgroup, suite }: StatsSelector): Partial<StatsGetset> {
  check("group", group, Object.keys(tree));
  const subgroups: Readonly<Record<string, readonly string[]>> = group === undefined ? {} : tree[group];
  check("subgroup", subgroup, Object.keys(subgroups));
  check("suite", suite, subgroup === undefined ? [] : subgroups[subgroup]!);
  const groups = group === undefined ? (Object.keys(bits) as StatsGroup[]) : [group];
  const offload = group === "offload" ? offloadBits[subgroup as keyof typeof offloadBits] : undefined;
  return {
    filterMask: groups.map((name) => bits[name]),
    getFilters: offload && { linkOffloadXstats: [...offload] },
  };
}

function check(field: string, word: string | undefined, words: readonly string[]): void {
  if (word === undefined || words.includes(word)) return;
  const parent = field === "suite" ? "subgroup" : "group";
  throw new InputError(
    field,
    words.length > 0 ? `one of ${words.join(", ")}` : `no ${field} without a ${parent} that has some`,
    word,
  );
}
