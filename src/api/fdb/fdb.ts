import { parseMac } from "../../netlink/codec/address.ts";
import { NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  delNeigh,
  flushNeigh,
  getNeigh,
  listNeighs,
  newNeigh,
  type Neigh as RtnlNeigh,
} from "../../rtnl/neigh/index.ts";
import { refuseOthers } from "../filter.ts";
import { many, type OneOrMany } from "../many.ts";
import { asking } from "../refusal.ts";
import type { Dev, Session } from "../session.ts";
import { adviceOnEntry, adviceOnFlush } from "./advice.ts";
import { type FdbFlush, writeFlush } from "./flush.ts";
import { type FdbEntry, readEntry, stateName } from "./read.ts";
import { fdbPaths } from "./words.ts";
import { type FdbAdd, type FdbKey, writeEntry, writeKey } from "./write.ts";

/** Which entries to list; without anything those of all devices. */
export interface FdbFilter {
  /** Of this device: those that point at it, and those of its own. */
  dev?: Dev;
  /** Of this bridge and its ports. */
  br?: Dev;
  vlan?: number;
  state?: "permanent" | "static" | "stale" | "reachable";
  /** None that are permanent. */
  dynamic?: boolean;
}

export interface FdbListOptions extends RequestOptions {
  /** With `used` and `updated`, as `bridge -s`; default false. */
  stats?: boolean;
}

/** Which one entry is asked for. */
export type FdbGet = Pick<FdbKey, "mac" | "vlan" | "srcVni" | "self" | "master">;

/**
 * The forwarding databases of one namespace's bridges, VXLANs and network cards, with the verbs of `bridge fdb`.
 *
 * As there, an entry is one of the device's own database where neither `self` nor `master` is given. An entry of a
 * bridge is made at its port, with `master: true`.
 */
export class Fdb {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes an entry, permanent where no state is given.
   *
   * @throws KernelError `EEXIST` there is one; `ENODEV` with `path`: no such link; `EOPNOTSUPP` with `path` `master`:
   *   it is no port of a bridge.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.fdb.add("veth0", { mac: "02:00:5e:10:00:01", vlan: 10, master: true, state: "static" });
   */
  async add(dev: Dev, entry: OneOrMany<FdbAdd>, options?: RequestOptions): Promise<void> {
    await many(this.#session, entry, (session, one) =>
      new Fdb(session).#make(dev, one, NLM_F_CREATE | NLM_F_EXCL, options),
    );
  }

  /**
   * Adds a destination to a VXLAN's entry for 00:00:00:00:00:00 or a multicast MAC, which has as many as are
   * appended; makes the entry where there is none.
   *
   * @throws KernelError `EEXIST` the entry is of another MAC: that has one destination. (The kernel by itself would
   *   say nothing and do nothing.)
   * @example
   * await ns.fdb.append("vxlan0", { mac: "00:00:00:00:00:00", dst: "10.0.0.2" });
   */
  async append(dev: Dev, entry: OneOrMany<FdbAdd>, options?: RequestOptions): Promise<void> {
    const flags = NLM_F_CREATE | NLM_F_APPEND;
    await many(this.#session, entry, (session, one) =>
      new Fdb(session).#make(dev, one, hasManyDestinations(one.mac) ? flags : flags | NLM_F_EXCL, options),
    );
  }

  /** Makes an entry, or changes the one that is there. */
  async replace(dev: Dev, entry: OneOrMany<FdbAdd>, options?: RequestOptions): Promise<void> {
    await many(this.#session, entry, (session, one) =>
      new Fdb(session).#make(dev, one, NLM_F_CREATE | NLM_F_REPLACE, options),
    );
  }

  /**
   * Deletes an entry; with a destination that one of a VXLAN's entry, and the entry with its last.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async delete(dev: Dev, entry: FdbKey, options?: RequestOptions): Promise<void> {
    await this.#about(dev, entry, async () => {
      const via = await this.#index(entry.via, "via", options);
      const value = writeKey(entry, via);
      const ndmIfindex = await this.#session.indexOf(dev, "dev", options);
      // A network card's own database is asked for what is permanent; others do not look at the state.
      await this.#session.client.request(
        delNeigh({ ...value, ndmIfindex, ndmState: ["permanent"] }),
        options,
      );
    });
  }

  /**
   * One entry of a bridge or a VXLAN, with statistics; of a VXLAN's entry with several destinations the first.
   *
   * @throws KernelError `ENOENT` there is none; `EOPNOTSUPP` the device cannot be asked.
   */
  async get(dev: Dev, entry: FdbGet, options?: RequestOptions): Promise<FdbEntry> {
    return this.#about(dev, entry, async () => {
      // The kernel looks an `external` VXLAN's entry up by NDA_VNI.
      const { srcVni, ...value } = writeKey(entry, undefined);
      const ndmIfindex = await this.#session.indexOf(dev, "dev", options);
      const found = await this.#session.client.request(
        getNeigh({ ...value, ndmIfindex, vni: srcVni }),
        options,
      );
      const names = await this.#session.namesOf([found!.ndmIfindex, found!.master, found!.ifindex], options);
      return readEntry(found!, names, true);
    });
  }

  /** The entries of all databases, or those that the filter lets through. */
  async list(filter: FdbFilter = {}, options: FdbListOptions = {}): Promise<FdbEntry[]> {
    return asking(filter, { dev: "ifindex", br: "master" }, async () => {
      const test = fdbTest(filter);
      const { dev, br } = filter;
      const request = listNeighs({
        ndmFamily: "bridge",
        ifindex: dev === undefined ? undefined : (await this.#session.link(dev, "dev", options)).ifiIndex,
        master: br === undefined ? undefined : (await this.#session.link(br, "br", options)).ifiIndex,
      });
      const found = (await this.#session.client.list(request, options)).filter(test);
      const names = await this.#session.names(options);
      return found.map((entry) => readEntry(entry, names, options.stats === true));
    });
  }

  /**
   * Deletes all entries of one database, or those that match, in one request.
   *
   * @throws KernelError `EOPNOTSUPP` the device is neither bridge (Linux 5.19) nor VXLAN (Linux 6.7).
   */
  async flush(dev: Dev, filter: FdbFlush = {}, options?: RequestOptions): Promise<void> {
    await asking(
      { dev, ...filter },
      { dev: "ndmIfindex", brport: "ifindex", nhid: "nhId" },
      async () => {
        const value = writeFlush(filter, await this.#index(filter.brport, "brport", options));
        const ndmIfindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(flushNeigh({ ...value, ndmIfindex }), options);
      },
      (error) => adviceOnFlush(error, filter),
    );
  }

  async #make(dev: Dev, entry: FdbAdd, flags: number, options: RequestOptions | undefined): Promise<void> {
    await this.#about(dev, entry, async () => {
      const via = await this.#index(entry.via, "via", options);
      const value = writeEntry(entry, via);
      const ndmIfindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(newNeigh({ ...value, ndmIfindex }, flags), options);
    });
  }

  #index(dev: Dev | undefined, field: string, options?: RequestOptions): Promise<number | undefined> {
    return dev === undefined ? Promise.resolve(undefined) : this.#session.indexOf(dev, field, options);
  }

  /** A request about one entry. */
  #about<T>(dev: Dev, entry: FdbAdd, request: () => Promise<T>): Promise<T> {
    return asking({ dev, ...entry }, fdbPaths, request, (error) => adviceOnEntry(error, dev, entry));
  }
}

function hasManyDestinations(mac: string): boolean {
  const bytes = typeof mac === "string" ? parseMac(mac) : undefined;
  return bytes !== undefined && ((bytes[0]! & 1) === 1 || bytes.every((byte) => byte === 0));
}

function fdbTest(filter: FdbFilter): (entry: RtnlNeigh) => boolean {
  const { dev: _dev, br: _br, vlan, state, dynamic, ...others } = filter;
  refuseOthers(others, ["dev", "br", "vlan", "state", "dynamic"]);
  if (state !== undefined && !["permanent", "static", "stale", "reachable"].includes(state)) {
    throw new InputError("state", "permanent, static, stale or reachable", state);
  }
  const word = state === "reachable" ? "" : state;
  return (entry) =>
    (vlan === undefined || entry.vlan === vlan) &&
    (word === undefined || stateName(entry) === word) &&
    !(dynamic && entry.ndmState.includes("permanent"));
}
