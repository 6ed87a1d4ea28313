import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { listNeightbls, type NdtpaAttrs, type Neightbl, setNeightbl } from "../../rtnl/neightbl/index.ts";
import { refuseOthers } from "../filter.ts";
import { asking } from "../refusal.ts";
import { type Dev, type LinkName, nameOf, type Session } from "../session.ts";
import { fromWords, inWords, type Words, withoutUndefined } from "../words.ts";

/** What `ip ntable` says → the kernel's name. */
export const ntableWords = {
  reachable: "reachableTime",
  baseReachable: "baseReachableTime",
  retrans: "retransTime",
  gcStale: "gcStaletime",
  delayProbe: "delayProbeTime",
  queue: "queueLen",
  proxyQueue: "proxyQlen",
} as const satisfies Words;

/** Parameters of a table. Times are in ms. */
export interface NtableSettings {
  baseReachable?: number;
  retrans?: number;
  gcStale?: number;
  delayProbe?: number;
  /** Packets that wait for an address. */
  queue?: number;
  appProbes?: number;
  ucastProbes?: number;
  mcastProbes?: number;
  anycastDelay?: number;
  proxyDelay?: number;
  proxyQueue?: number;
  locktime?: number;
  /** Of the table: so many entries stay; in the first network namespace alone. */
  thresh1?: number;
  thresh2?: number;
  thresh3?: number;
  gcInterval?: number;
}

/** A table of neighbours, or its parameters for one link, as `ip -j ntable show` prints it, in camelCase. */
export interface Ntable extends NtableSettings {
  family: string;
  name: string;
  /** The link that the parameters are for; without it they are for links to come. */
  dev?: string;
  refcnt?: number;
  /** In use now: a random time from half to one and a half times the base. */
  reachable?: number;
}

/** Which tables; without anything all of them. */
export interface NtableFilter {
  family?: "inet" | "inet6";
  /** `arp_cache`, `ndisc_cache`. */
  name?: string;
  dev?: Dev;
}

const ofTable = ["thresh1", "thresh2", "thresh3", "gcInterval"] as const;
const times = new Set([
  "baseReachable",
  "retrans",
  "gcStale",
  "delayProbe",
  "anycastDelay",
  "proxyDelay",
  "locktime",
  "gcInterval",
]);

/** The tables of neighbours of one namespace, with the verbs of `ip ntable`. */
export class Ntables {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async list(filter: NtableFilter = {}, options?: RequestOptions): Promise<Ntable[]> {
    const { family, name, dev, ...others } = filter;
    return asking(filter, { dev: "ifindex" }, async () => {
      refuseOthers(others, ["family", "name", "dev"]);
      const index = dev === undefined ? undefined : await this.#session.indexOf(dev, "dev", options);
      const found = await this.#session.client.list(listNeightbls({ family: family ?? "unspec" }), options);
      const names = await this.#session.names(options);
      return found
        .filter((table) => name === undefined || table.name === name)
        .filter((table) => index === undefined || table.parms?.ifindex === index)
        .map((table) => readNtable(table, names));
    });
  }

  /**
   * Changes parameters of a table, for a link where one is given.
   *
   * @throws KernelError `ENOENT` there is no such table, or it has none for the link.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.ntable.change({ family: "inet", name: "arp_cache", dev: "eth0" }, { retrans: 500 });
   */
  async change(
    table: { family: "inet" | "inet6"; name: string; dev?: Dev },
    settings: NtableSettings,
    options?: RequestOptions,
  ): Promise<void> {
    const { family, name, dev, ...others } = table;
    await asking(
      { ...table, ...settings },
      { dev: "ifindex", ...ntableWords },
      async () => {
        refuseOthers(others, ["family", "name", "dev"]);
        const value = writeNtable(settings);
        const ifindex = dev === undefined ? undefined : await this.#session.indexOf(dev, "dev", options);
        const parms = { ...value.parms, ifindex };
        const request = setNeightbl({ ...value, family, name, parms });
        await this.#session.client.request(request, options);
      },
      (error) => (error.code === "ENOENT" ? { path: "name" } : undefined),
    );
  }
}

function readNtable(table: Neightbl, names: ReadonlyMap<number, LinkName>): Ntable {
  const { thresh1, thresh2, thresh3, gcInterval, parms = {} } = table;
  const {
    ifindex,
    queueLenbytes: _bytes,
    unknown: _unknown,
    trailing: _trailing,
    pad: _pad,
    ...rest
  } = parms;
  const { mcastReprobes: _reprobes, intervalProbeTimeMs: _interval, ...printed } = rest;
  return withoutUndefined<Ntable>({
    family: String(table.family),
    name: table.name ?? "",
    dev: ifindex === undefined || ifindex === 0 ? undefined : nameOf(names, ifindex),
    ...inWords({ thresh1, thresh2, thresh3, gcInterval }, {}),
    ...inWords(printed, ntableWords),
  });
}

function writeNtable(settings: NtableSettings): Partial<Neightbl> {
  const wide = Object.entries(settings).map(([word, value]) => {
    if (value === undefined || !times.has(word)) return [word, value] as const;
    if (!Number.isInteger(value) || value < 0) throw new InputError(word, "milliseconds, an integer", value);
    return [word, BigInt(value)] as const;
  });
  const isOfTable = ([word]: readonly [string, unknown]) => (ofTable as readonly string[]).includes(word);
  const parms: NdtpaAttrs = fromWords(
    Object.fromEntries(wide.filter((entry) => !isOfTable(entry))),
    ntableWords,
  );
  return { ...Object.fromEntries(wide.filter(isOfTable)), parms };
}
