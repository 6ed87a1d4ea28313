import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { getStats, listStats, type Stats as RtnlStats, setStats } from "../../rtnl/stats/index.ts";
import { refuseOthers } from "../filter.ts";
import { asking } from "../refusal.ts";
import type { Dev, Session } from "../session.ts";
import { readStats } from "./read.ts";
import type { StatsEntry } from "./suites.ts";
import { type StatsSelector, statsPaths, writeSelector } from "./words.ts";

/** Which statistics; without anything all of all links. */
export interface StatsFilter extends StatsSelector {
  dev?: Dev;
}

export interface StatsSettings {
  /** Whether a device is to count what it routes (`offload`, `l3_stats`); without such a device nothing is counted. */
  l3Stats: boolean;
}

/** Statistics of the links of one namespace, with the verbs of ip-stats(8). */
export class Stats {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Statistics of all links, or of one: an entry for each suite that a link has.
   *
   * @throws KernelError `ENODEV` with `path`: no such link.
   * @throws InputError with `path`: a group, subgroup or suite that there is not.
   * @example
   * await ns.stats.list({ dev: "br0", group: "xstats", subgroup: "bridge", suite: "mcast" });
   */
  async list(filter: StatsFilter = {}, options?: RequestOptions): Promise<StatsEntry[]> {
    const { dev, group, subgroup, suite, ...others } = filter;
    return asking(filter, statsPaths, async () => {
      refuseOthers(others, ["dev", "group", "subgroup", "suite"]);
      const asked = writeSelector(filter);
      const entries: StatsEntry[] = [];
      const found = await this.#find(dev, asked, options);
      const one = dev === undefined ? undefined : found.map(({ ifindex }) => ifindex);
      const names = one ? await this.#session.namesOf(one, options) : await this.#session.names(options);
      for (const stats of found) {
        for (const entry of readStats(stats, names)) if (isSelected(entry, filter)) join(entries, entry);
      }
      return entries;
    });
  }

  /**
   * Has the device behind a link count, or no longer.
   *
   * @throws KernelError `ENODEV` with `path`: no such link; `EOPNOTSUPP`: the device cannot.
   */
  async set(dev: Dev, settings: StatsSettings, options?: RequestOptions): Promise<void> {
    const { l3Stats, ...others } = settings;
    await asking({ dev, ...settings }, statsPaths, async () => {
      refuseOthers(others, ["l3Stats"]);
      if (typeof l3Stats !== "boolean") throw new InputError("l3Stats", "a boolean", l3Stats);
      const ifindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(setStats({ ifindex, setOffloadXstatsL3Stats: l3Stats }), options);
    });
  }

  async #find(
    dev: Dev | undefined,
    asked: Parameters<typeof getStats>[0],
    options: RequestOptions | undefined,
  ): Promise<RtnlStats[]> {
    const { client } = this.#session;
    if (dev === undefined) return client.list(listStats(asked), options);
    const ifindex = await this.#session.indexOf(dev, "dev", options);
    const stats = await client.request(getStats({ ...asked, ifindex }), options);
    return stats ? [stats] : [];
  }
}

function isSelected(entry: StatsEntry, { subgroup, suite }: StatsSelector): boolean {
  if (subgroup !== undefined && !("subgroup" in entry && entry.subgroup === subgroup)) return false;
  return suite === undefined || ("suite" in entry && entry.suite === suite);
}

/** A bridge's VLANs may come in several messages. */
function join(entries: StatsEntry[], entry: StatsEntry): void {
  const last = entries.findLast(({ ifindex, group }) => ifindex === entry.ifindex && group === entry.group);
  if ("vlans" in entry && last && "vlans" in last) last.vlans.push(...entry.vlans);
  else entries.push(entry);
}
