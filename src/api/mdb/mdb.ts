import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import type { Request } from "../../netlink/request.ts";
import {
  delMdb,
  flushMdb,
  getMdb,
  listMdbs,
  listVxlanMdbs,
  type MdbSet,
  newMdb,
} from "../../rtnl/mdb/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import type { Dev, LinkName, Session } from "../session.ts";
import { type MdbEntry, type MdbRouter, readMdb, readRouters } from "./read.ts";
import { type MdbAdd, type MdbFlush, type MdbKey, mdbPaths, writeMdb } from "./write.ts";

/** Which entries to list; without anything those of all bridges and VXLANs. */
export interface MdbFilter {
  /** Of this bridge or VXLAN. */
  dev?: Dev;
  vid?: number;
}

/** The multicast databases of one namespace's bridges and VXLANs, with the verbs of `bridge mdb`. */
export class Mdb {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes an entry at a port of the bridge `dev`, or of the VXLAN `dev`.
   *
   * @throws KernelError `EEXIST` there is one; `ENODEV` with `path`: no such link; `EOPNOTSUPP`: it is no bridge.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.mdb.add("br0", { port: "veth0", grp: "239.1.1.1", vid: 10, state: "permanent" });
   */
  async add(dev: Dev, entry: MdbAdd, options?: RequestOptions): Promise<void> {
    const flags = NLM_F_CREATE | NLM_F_EXCL;
    await this.#about(dev, entry, (value) => newMdb(withAddress(value, entry), flags), options);
  }

  /** Makes an entry, or changes the one that is there. */
  async replace(dev: Dev, entry: MdbAdd, options?: RequestOptions): Promise<void> {
    const flags = NLM_F_CREATE | NLM_F_REPLACE;
    await this.#about(dev, entry, (value) => newMdb(withAddress(value, entry), flags), options);
  }

  /** @throws KernelError `ENOENT` there is none. */
  async delete(dev: Dev, entry: MdbKey, options?: RequestOptions): Promise<void> {
    await this.#about(dev, entry, (value) => delMdb(withAddress(value, entry)), options);
  }

  /** Deletes all entries of the bridge or VXLAN, or those that match, in one request (kernel 6.8). */
  async flush(dev: Dev, filter: MdbFlush = {}, options?: RequestOptions): Promise<void> {
    const { state } = filter;
    const stateMask = state === undefined ? undefined : 1;
    await asking({ dev, ...filter }, mdbPaths, async () => {
      const indexes = await this.#indexes(filter, undefined, options);
      const value = writeMdb(filter, indexes);
      const attrs = stateMask === undefined ? value.attrs : { ...value.attrs, stateMask };
      const ifindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(flushMdb({ ...value, attrs, ifindex }), options);
    });
  }

  /**
   * One group at all of its ports (kernel 6.8).
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async get(
    dev: Dev,
    entry: Pick<MdbKey, "grp" | "src" | "vid" | "srcVni">,
    options?: RequestOptions,
  ): Promise<MdbEntry[]> {
    return asking(
      { dev, ...entry },
      mdbPaths,
      async () => {
        const value = withAddress(writeMdb(entry, { port: undefined, via: undefined }), entry);
        const ifindex = await this.#session.indexOf(dev, "dev", options);
        const found = await this.#session.client.request(getMdb({ ...value, ifindex }), options);
        return readMdb(found!, await this.#session.names(options));
      },
      adviceOn,
    );
  }

  /** The entries of all databases, or those that the filter lets through. */
  async list(filter: MdbFilter = {}, options?: RequestOptions): Promise<MdbEntry[]> {
    const found = await this.#list(filter, readMdb, options);
    return found.filter(({ vid }) => filter.vid === undefined || vid === filter.vid);
  }

  /** The ports that multicast routers are behind. */
  async routers(filter: MdbFilter = {}, options?: RequestOptions): Promise<MdbRouter[]> {
    const found = await this.#list(filter, readRouters, options);
    return found.filter(({ vid }) => filter.vid === undefined || vid === filter.vid);
  }

  async #list<T>(
    filter: MdbFilter,
    read: (message: Parameters<typeof readMdb>[0], names: ReadonlyMap<number, LinkName>) => T[],
    options: RequestOptions | undefined,
  ): Promise<T[]> {
    const { dev, vid: _vid, ...others } = filter;
    return asking(filter, mdbPaths, async () => {
      refuseOthers(others, ["dev", "vid"]);
      const ifindex = dev === undefined ? undefined : await this.#session.indexOf(dev, "dev", options);
      const { client } = this.#session;
      const ofBridges = await client.list(listMdbs({ family: "bridge" }), options);
      const found = [...ofBridges, ...(await client.list(listVxlanMdbs({ family: "bridge" }), options))];
      const names = await this.#session.names(options);
      return found
        .filter((message) => ifindex === undefined || message.ifindex === ifindex)
        .flatMap((message) => read(message, names));
    });
  }

  async #about(
    dev: Dev,
    entry: MdbAdd,
    request: (value: Partial<MdbSet>) => Request<never>,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...entry },
      mdbPaths,
      async () => {
        const indexes = await this.#indexes(entry, dev, options);
        const value = writeMdb(entry, indexes);
        const ifindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(request({ ...value, ifindex }), options);
      },
      adviceOn,
    );
  }

  async #indexes(
    { port, via }: Pick<MdbKey, "port" | "via">,
    otherwise: Dev | undefined,
    options: RequestOptions | undefined,
  ): Promise<{ port: number | undefined; via: number | undefined }> {
    const at = port ?? otherwise;
    const field = port === undefined ? "dev" : "port";
    return {
      port: at === undefined ? undefined : await this.#session.indexOf(at, field, options),
      via: via === undefined ? undefined : await this.#session.indexOf(via, "via", options),
    };
  }
}

/** Refuses an entry without a group: the kernel would take it for 00:00:00:00:00:00. */
function withAddress(value: Partial<MdbSet>, { grp }: Pick<MdbKey, "grp">): Partial<MdbSet> {
  if (grp === undefined) throw new InputError("grp", "an IPv4, IPv6 or MAC address", grp);
  return value;
}

function adviceOn(error: KernelError): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "grp", hint: "there is such an entry: replace() changes it" };
    case "ENOENT":
      return { path: "grp", hint: "there is no such entry" };
    case "ENODEV":
    case "EOPNOTSUPP":
      return { path: "dev" };
    default:
      return undefined;
  }
}
