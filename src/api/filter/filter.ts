import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  delFilter,
  getFilter,
  listChains,
  listFilters,
  newFilter,
  type Filter as RtnlFilter,
} from "../../rtnl/tc/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import type { LinkName, Session } from "../session.ts";
import { type Estimator, writeEstimator } from "../tc/estimator.ts";
import { linksOf, resolveLinks } from "../tc/links.ts";
import { type EtherType, protocolNumber } from "../tc/protocol.ts";
import { readStats, type TcStats } from "../tc/stats.ts";
import { withoutUndefined } from "../words.ts";
import { u32Handle, u32Text } from "./kinds/u32.ts";
import {
  filterPaths,
  linksInFilter,
  readFilterOptions,
  type TcFilterOptions,
  writeFilterOptions,
} from "./options.ts";
import {
  type FilterPlace,
  placeGiven,
  type ReadPlace,
  readInfo,
  readPlace,
  writeInfo,
  writePlace,
} from "./place.ts";

export type { TcFilterOptions } from "./options.ts";
export type { FilterPlace } from "./place.ts";

/** Which filters. */
export interface TcFilterKey {
  /** `ingress` or `egress` of clsact, `root`, or a handle: `1:`. Not of a block. */
  parent?: string;
  /** `ip`, `ipv6`, `arp`, `802.1Q` …, or an EtherType's number. */
  protocol?: EtherType;
  /** Preference: the lowest number is asked first. */
  pref?: number;
  /** Of one among several of the same preference; the mark of fw; of u32 as `800::800`. */
  handle?: number | string;
  /** Default 0. */
  chain?: number;
}

/** A filter to be made or changed; units as of queueing disciplines. */
export type TcFilterAdd = TcFilterKey & {
  /** For policers among the actions, which `avrate` needs. */
  estimator?: Estimator;
} & TcFilterOptions;

/** A filter as `tc -j -d filter` prints it. */
export type TcFilter = TcStats &
  ReadPlace & {
    protocol: EtherType;
    pref: number;
    chain: number;
    /** Of u32 as text: `800::800`. */
    handle: number | string;
  } & TcFilterOptions;

/** Which filters to list. */
export interface TcFilterFilter extends Omit<TcFilterKey, "handle"> {
  kind?: string;
}

export interface TcFilterListOptions extends RequestOptions {
  /** With counters, of the actions as well, as `tc -s`; default false. */
  stats?: boolean;
}

/** The kernel's names beside what the caller gave. */
const paths = { dev: "tcmIfindex", handle: "tcmHandle", parent: "tcmParent", protocol: "tcmInfo" } as const;

const keyWords = ["parent", "protocol", "pref", "handle", "chain", "kind"];

/** The filters of queueing disciplines, with the verbs of tc(8). */
export class TcFilters {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a filter; without `protocol` for all, without `pref` before those that are there.
   *
   * @param place - a link, or `{ block: 22 }`.
   * @throws KernelError `EEXIST` there is one of that preference and handle; `EINVAL` there is no such parent.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.filter.add("eth0", {
   *   parent: "ingress",
   *   protocol: "ip",
   *   kind: "flower",
   *   options: { keys: { srcIp: "10.0.0.0/8" }, actions: [{ kind: "gact", controlAction: { type: "drop" } }] },
   * });
   */
  async add(place: FilterPlace, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(place, filter, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes a filter, or one in the place of that of the same preference and handle. */
  async replace(place: FilterPlace, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(place, filter, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /** Changes a filter; `pref` and `handle` say which. */
  async change(place: FilterPlace, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(place, filter, 0, options);
  }

  /**
   * The filter of this preference and handle.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async get(
    place: FilterPlace,
    key: TcFilterKey & { kind: string; pref: number; handle: number | string },
    options: TcFilterListOptions = {},
  ): Promise<TcFilter> {
    return asking(
      { ...placeGiven(place), ...key },
      paths,
      async () => {
        const value = {
          ...writeKey({ protocol: "all", ...key }),
          ...(await this.#place(place, key, options)),
        };
        const found = await this.#session.client.request(getFilter(value as Partial<RtnlFilter>), options);
        return readFilter(found!, await this.#session.names(options), options.stats === true);
      },
      advice,
    );
  }

  /** Deletes the filter of that handle, or all of a preference. */
  async delete(
    place: FilterPlace,
    key: TcFilterKey & { kind?: string; pref: number },
    options?: RequestOptions,
  ): Promise<void> {
    await asking(
      { ...placeGiven(place), ...key },
      paths,
      async () => {
        if (!(key.pref > 0)) throw new InputError("pref", "a preference: flush() deletes all", key.pref);
        const value = { ...writeKey(key), ...(await this.#place(place, key, options)) };
        await this.#session.client.request(delFilter(value as Partial<RtnlFilter>), options);
      },
      advice,
    );
  }

  /** Deletes all filters below `parent` or of a block, or those of one chain. */
  async flush(
    place: FilterPlace,
    filter: { parent?: string; chain?: number } = {},
    options?: RequestOptions,
  ): Promise<void> {
    await asking({ ...placeGiven(place), ...filter }, paths, async () => {
      const { parent, chain, ...others } = filter;
      refuseOthers(others, ["parent", "chain"]);
      const where = await writePlace(this.#session, place, parent, options);
      const { client } = this.#session;
      const all = chain === undefined ? await client.list(listChains(where), options) : [{ chain }];
      for (const one of all) {
        try {
          await client.request(delFilter({ ...where, chain: one.chain }), options);
        } catch (error) {
          // The chain went with its last filter.
          if (!(error instanceof KernelError && error.code === "ENOENT")) throw error;
        }
      }
    });
  }

  /** The filters of a link below `parent`, or of a block; those of them that the rest of the filter lets through. */
  async list(
    place: FilterPlace,
    filter: TcFilterFilter = {},
    options: TcFilterListOptions = {},
  ): Promise<TcFilter[]> {
    return asking({ ...placeGiven(place), ...filter }, paths, async () => {
      const { kind, ...key } = filter;
      const value = { ...writeKey(key), ...(await this.#place(place, key, options)) };
      const all = await this.#session.client.list(listFilters(value as Partial<RtnlFilter>), options);
      const names = await this.#session.names(options);
      return (
        all
          // What the kernel says of a preference itself has no options.
          .filter((one) => one.options !== undefined && (kind === undefined || one.kind === kind))
          .map((one) => readFilter(one, names, options.stats === true))
      );
    });
  }

  #place(place: FilterPlace, { parent }: TcFilterKey, options: RequestOptions | undefined): Promise<object> {
    return writePlace(this.#session, place, parent, options);
  }

  async #modify(
    place: FilterPlace,
    filter: TcFilterAdd,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { ...placeGiven(place), ...filter },
      { ...paths, ...filterPaths(filter.kind, filter.options) },
      async () => {
        const { kind, options: given, protocol = "all", estimator, ...key } = filter;
        if (typeof kind !== "string" || kind === "")
          throw new InputError("kind", "a kind, such as flower", kind);
        const links = await resolveLinks(this.#session, linksInFilter(given), options);
        const number = protocolNumber(protocol, "protocol");
        const context = { ...links, protocol: protocol === "all" ? undefined : number };
        const { tcmHandle, ...own } = writeFilterOptions(kind, given, context);
        const value = {
          ...writeKey({ handle: tcmHandle, ...withoutUndefined(key), kind, protocol }),
          ...(await this.#place(place, key, options)),
          ...own,
          rate: estimator && writeEstimator(estimator, "estimator."),
        };
        await this.#session.client.request(newFilter(value as Partial<RtnlFilter>, flags), options);
      },
      advice,
    );
  }
}

function writeKey(key: TcFilterKey & { kind?: string }): object {
  const { parent: _place, protocol, pref = 0, handle, chain, kind, ...others } = key;
  refuseOthers(others, keyWords);
  return {
    tcmHandle: typeof handle === "string" ? u32Handle(handle, "handle") : (handle ?? 0),
    tcmInfo: writeInfo(pref, protocol),
    chain,
    kind,
  };
}

function readFilter(filter: RtnlFilter, names: ReadonlyMap<number, LinkName>, stats: boolean): TcFilter {
  const { kind, options, tcmInfo, tcmHandle, chain, stats2 } = filter;
  return withoutUndefined({
    ...readPlace(filter, names),
    ...readInfo(tcmInfo),
    kind,
    chain: chain ?? 0,
    handle: kind === "u32" ? u32Text(tcmHandle) : tcmHandle,
    options: readFilterOptions(kind, options, linksOf(names), stats),
    ...(stats && readStats(stats2)),
  }) as TcFilter;
}

function advice(error: KernelError): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "pref", hint: "there is such a filter: replace() puts another in its place" };
    case "ENOENT":
      return { hint: "there is no such filter, or this kernel has no such kind" };
    case "ENODEV":
      return { path: "dev" };
    default:
      return undefined;
  }
}
