import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  delNexthop,
  getNexthop,
  getNexthopBucket,
  listNexthopBuckets,
  listNexthops,
  newNexthop,
  type NexthopObject as RtnlNexthop,
} from "../../rtnl/nexthop/index.ts";
import type { RtProtocol } from "../../rtnl/route/index.ts";
import { refuseEmpty, refuseOthers } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { protocolName, protocolOf } from "../names.ts";
import type { IpFamily } from "../prefix.ts";
import { type Advice, asking } from "../refusal.ts";
import { encapLinks, namedDevs } from "../route/encap/devs.ts";
import { indexIn } from "../route/write.ts";
import type { Dev, Session } from "../session.ts";
import { type NexthopBucket, type NexthopObject, readBucket, readNexthop } from "./read.ts";
import { type NexthopAdd, nexthopPaths, writeNexthop } from "./write.ts";

/** Which nexthops: the selectors of `ip nexthop list`. */
export interface NexthopFilter {
  family?: IpFamily;
  id?: number;
  dev?: Dev;
  /** Those whose link has this master: a bridge, or a VRF. */
  master?: Dev;
  /** Groups alone. */
  groups?: boolean;
  /** Those for forwarding databases alone. */
  fdb?: boolean;
  protocol?: RtProtocol | (string & {});
}

/** Which buckets of resilient groups. */
export interface BucketFilter {
  /** The group. */
  id?: number;
  /** The nexthop that they lead to. */
  nhid?: number;
  dev?: Dev;
  master?: Dev;
}

export interface NexthopListOptions extends RequestOptions {
  /** Also count what the members of groups got (Linux 6.9). */
  stats?: boolean;
}

const filterWords: readonly (keyof NexthopFilter)[] = [
  "family",
  "id",
  "dev",
  "master",
  "groups",
  "fdb",
  "protocol",
];
const bucketWords: readonly (keyof BucketFilter)[] = ["id", "nhid", "dev", "master"];

/** Nexthop objects of one namespace, with the verbs of ip-nexthop(8). */
export class Nexthops {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a nexthop, or a group of them.
   *
   * @throws KernelError `EEXIST` there is one with this `id`; `EINVAL` with what the kernel says.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.nexthop.add({ id: 1, gateway: "10.0.0.2", dev: "eth0" });
   * await ns.nexthop.add({ id: 10, group: [{ id: 1, weight: 3 }, { id: 2 }], type: "resilient", buckets: 64 });
   */
  async add(nexthop: NexthopAdd, options?: RequestOptions): Promise<void> {
    await this.#put(nexthop, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes a nexthop, or changes the one with this `id`. */
  async replace(nexthop: NexthopAdd, options?: RequestOptions): Promise<void> {
    await this.#put(nexthop, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /**
   * Deletes a nexthop, and with it the routes that use it.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async delete(id: number, options?: RequestOptions): Promise<void> {
    const request = async () => void (await this.#session.client.request(delNexthop({ id }), options));
    await asking({ id }, nexthopPaths, request, advice);
  }

  /**
   * One nexthop.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async get(id: number, options: NexthopListOptions = {}): Promise<NexthopObject> {
    const request = async () => {
      const found = await this.#session.client.request(getNexthop({ id, ...statsFlags(options) }), options);
      return readNexthop(found!, await this.#session.namesOf([found!.oif, ...encapLinks(found!)], options));
    };
    return asking({ id }, nexthopPaths, request, advice);
  }

  /** All nexthops, or those that the filter lets through. */
  async list(filter: NexthopFilter = {}, options: NexthopListOptions = {}): Promise<NexthopObject[]> {
    return asking(filter, nexthopPaths, async () => {
      const found = await this.#find(filter, options);
      const names = await this.#session.names(options);
      return found.map((nexthop) => readNexthop(nexthop, names));
    });
  }

  /**
   * Deletes the nexthops that the filter lets through, and with them the routes that use them.
   *
   * @throws InputError an empty filter.
   */
  async flush(filter: NexthopFilter, options?: RequestOptions): Promise<void> {
    await asking(filter, nexthopPaths, async () => {
      refuseEmpty(filter, filterWords);
      const find = () => this.#find(filter, options);
      await flushAll(this.#session.client, find, ({ id }) => delNexthop({ id }), "ENOENT", options);
    });
  }

  /** Buckets of all resilient groups, or those that the filter lets through. */
  async listBuckets(filter: BucketFilter = {}, options?: RequestOptions): Promise<NexthopBucket[]> {
    return asking(filter, nexthopPaths, async () => {
      const { id, nhid, dev, master, ...others } = filter;
      refuseOthers(others, bucketWords);
      const indexes = await this.#indexes(dev, master, options);
      const resBucket = nhid === undefined ? undefined : { nhId: nhid };
      const request = listNexthopBuckets({ id, ...indexes, resBucket });
      return (await this.#session.client.list(request, options)).map(readBucket);
    });
  }

  /**
   * One bucket of the resilient group `id`.
   *
   * @throws KernelError `ENOENT` no such group or bucket.
   */
  async getBucket(id: number, index: number, options?: RequestOptions): Promise<NexthopBucket> {
    const request = async () => {
      const found = await this.#session.client.request(
        getNexthopBucket({ id, resBucket: { index } }),
        options,
      );
      return readBucket(found!);
    };
    return asking({ id, index }, { index: "resBucket.index" }, request);
  }

  async #find(filter: NexthopFilter, options: NexthopListOptions | undefined): Promise<RtnlNexthop[]> {
    const { family, id, dev, master, groups, fdb, protocol, ...others } = filter;
    refuseOthers(others, filterWords);
    const request = listNexthops({
      nhFamily: family,
      ...(await this.#indexes(dev, master, options)),
      groups,
      fdb,
      ...statsFlags(options ?? {}),
    });
    const maker = protocol === undefined ? undefined : protocolName(protocolOf(protocol));
    return (await this.#session.client.list(request, options)).filter(
      (nexthop) =>
        (id === undefined || nexthop.id === id) &&
        (family === undefined || nexthop.nhFamily === family) &&
        (maker === undefined || protocolName(nexthop.nhProtocol) === maker),
    );
  }

  async #indexes(
    dev: Dev | undefined,
    master: Dev | undefined,
    options: RequestOptions | undefined,
  ): Promise<{ oif: number | undefined; master: number | undefined }> {
    const index = async (link: Dev | undefined, field: string) =>
      link === undefined ? undefined : this.#session.indexOf(link, field, options);
    return { oif: await index(dev, "dev"), master: await index(master, "master") };
  }

  async #put(nexthop: NexthopAdd, flags: number, options: RequestOptions | undefined): Promise<void> {
    await asking(
      nexthop,
      nexthopPaths,
      async () => {
        const indexes = new Map<string, number>();
        for (const [dev, field] of namedDevs(nexthop, "")) {
          if (!indexes.has(dev)) indexes.set(dev, await this.#session.indexOf(dev, field, options));
        }
        const value = writeNexthop(nexthop, indexIn(indexes));
        await this.#session.client.request(newNexthop(value, flags), options);
      },
      advice,
    );
  }
}

function statsFlags({ stats }: NexthopListOptions): Pick<Partial<RtnlNexthop>, "opFlags"> {
  return stats ? { opFlags: ["dump-stats", "dump-hw-stats"] } : {};
}

function advice(error: KernelError): Advice | undefined {
  if (error.code === "EEXIST") return { path: "id", hint: "there is one: replace() changes it" };
  if (error.code === "ENOENT") return { path: "id", hint: "there is no such nexthop" };
  return undefined;
}
