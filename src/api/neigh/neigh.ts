import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import type { Request } from "../../netlink/request.ts";
import { delNeigh, getNeigh, listNeighs, newNeigh, type Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { refuseEmpty } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { masterIndex, selectLinks } from "../link/select.ts";
import { many, type OneOrMany } from "../many.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, linkName, type Session } from "../session.ts";
import {
  filterWords,
  flushedByDefault,
  listedByDefault,
  type NeighFilter,
  neighTest,
  type Test,
} from "./filter.ts";
import { type Neigh, readNeigh } from "./read.ts";
import { neighPaths } from "./words.ts";
import { checkLladdr, type NeighAdd, type NeighKey, neighKey, writeNeigh } from "./write.ts";

export interface NeighListOptions extends RequestOptions {
  /** With `used`, `confirmed`, `updated`, `probes` and `refcnt`, as `ip -s`; default false. */
  stats?: boolean;
}

/** The neighbours (ARP, NDP) of one namespace, with the verbs of ip-neighbour(8). */
export class Neighs {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes an entry, permanent where no state is given.
   *
   * @throws KernelError `EEXIST` there is one; `ENODEV` with `path`: no such link.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.neigh.add("eth0", { dst: "10.0.0.2", lladdr: "02:00:5e:10:00:01" });
   */
  async add(dev: Dev, neigh: OneOrMany<NeighAdd>, options?: RequestOptions): Promise<void> {
    await many(this.#session, neigh, (session, one) =>
      new Neighs(session).#modify(dev, one, NLM_F_CREATE | NLM_F_EXCL, options),
    );
  }

  /** Makes an entry, or changes the one that is there. */
  async replace(dev: Dev, neigh: OneOrMany<NeighAdd>, options?: RequestOptions): Promise<void> {
    await many(this.#session, neigh, (session, one) =>
      new Neighs(session).#modify(dev, one, NLM_F_CREATE | NLM_F_REPLACE, options),
    );
  }

  /**
   * Changes an entry.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async change(dev: Dev, neigh: OneOrMany<NeighAdd>, options?: RequestOptions): Promise<void> {
    await many(this.#session, neigh, (session, one) =>
      new Neighs(session).#modify(dev, one, NLM_F_REPLACE, options),
    );
  }

  /**
   * Deletes an entry.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async delete(dev: Dev, neigh: NeighKey, options?: RequestOptions): Promise<void> {
    await this.#about(dev, neigh, async () => {
      const key = neighKey(neigh);
      const ndmIfindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(delNeigh({ ...key, ndmIfindex }), options);
    });
  }

  /**
   * One entry, with statistics.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async get(dev: Dev, neigh: NeighKey, options?: RequestOptions): Promise<Neigh> {
    return this.#about(dev, neigh, async () => {
      const key = neighKey(neigh);
      const link = await this.#session.link(dev, "dev", options);
      const ndmIfindex = link.ifiIndex;
      const found = await this.#session.client.request(getNeigh({ ...key, ndmIfindex }), options);
      return readNeigh(found!, new Map([[ndmIfindex, linkName(link)]]), true);
    });
  }

  /**
   * The entries, or those that the filter lets through. Without `state` none in the states `noarp` and `none`, but of
   * a control plane's (`externLearn`) all.
   */
  async list(filter: NeighFilter = {}, options: NeighListOptions = {}): Promise<Neigh[]> {
    return asking(filter, neighPaths, async () => {
      const found = await this.#find(filter, listedByDefault, options);
      const names = await this.#session.names(options);
      return found.map((neigh) => readNeigh(neigh, names, options.stats === true));
    });
  }

  /**
   * Deletes the entries that the filter lets through; without `state` none that are `permanent`, `noarp` or `none`.
   *
   * @throws InputError an empty filter.
   */
  async flush(filter: NeighFilter, options?: RequestOptions): Promise<void> {
    await asking(filter, neighPaths, async () => {
      refuseEmpty(filter, filterWords);
      const { client } = this.#session;
      const find = () => this.#find(filter, flushedByDefault, options);
      // Once: what traffic brings back meanwhile is not meant.
      await flushAll(client, find, deletion, "ENOENT", options, 1);
    });
  }

  async #find(
    filter: NeighFilter,
    byDefault: Test,
    options: RequestOptions | undefined,
  ): Promise<RtnlNeigh[]> {
    const test = neighTest(filter, byDefault);
    const { dev, family, proxy } = filter;
    const master = await masterIndex(this.#session, filter, options);
    const request = listNeighs({
      ndmFamily: family,
      ndmFlags: proxy ? ["proxy"] : undefined,
      ifindex: dev === undefined ? undefined : (await this.#session.link(dev, "dev", options)).ifiIndex,
      master: master ?? undefined,
    });
    const found = (await this.#session.client.list(request, options)).filter(test);
    if (master !== null) return found;
    const free = await selectLinks(this.#session, { master: null }, ["skip-stats"], options);
    const indexes = new Set(free.map((link) => link.ifiIndex));
    return found.filter((neigh) => indexes.has(neigh.ndmIfindex));
  }

  async #modify(
    dev: Dev,
    neigh: NeighAdd,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await this.#about(dev, neigh, async () => {
      const value = writeNeigh(neigh);
      const link = await this.#session.link(dev, "dev", options);
      checkLladdr(neigh, link, (flags & NLM_F_EXCL) !== 0);
      await this.#session.client.request(newNeigh({ ...value, ndmIfindex: link.ifiIndex }, flags), options);
    });
  }

  /** A request about one neighbour. */
  #about<T>(dev: Dev, neigh: NeighKey, request: () => Promise<T>): Promise<T> {
    return asking({ dev, ...neigh }, neighPaths, request, (error) => advice(error, dev, neigh));
  }
}

function deletion({ ndmFamily, ndmIfindex, ndmFlags, dst }: RtnlNeigh): Request<never> {
  return delNeigh({ ndmFamily, ndmIfindex, ndmFlags: ndmFlags.filter((flag) => flag === "proxy"), dst });
}

function advice(error: KernelError, dev: Dev, neigh: NeighKey): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "dst", hint: "there is an entry for that address: replace() or change() changes it" };
    case "ENOENT":
      return { path: "dst", hint: `${JSON.stringify(dev)} has no neighbour ${JSON.stringify(neigh.dst)}` };
    case "ENODEV":
      return { path: "dev" };
    case "EINVAL":
      return error.kernelMessage?.startsWith("No link layer address") ? { path: "lladdr" } : undefined;
    default:
      return undefined;
  }
}
