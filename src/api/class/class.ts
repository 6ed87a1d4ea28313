import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delClass, listClasses, newClass, type TcClass as RtnlClass } from "../../rtnl/tc/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, type LinkName, nameOf, type Session } from "../session.ts";
import { type Estimator, writeEstimator } from "../tc/estimator.ts";
import { handleNumber, handleText, parentNumber, parentText } from "../tc/handle.ts";
import { linksOf, noLinks } from "../tc/links.ts";
import { optionPaths, readOptions, writeOptions } from "../tc/options.ts";
import { readStats, type TcStats } from "../tc/stats.ts";
import { withoutUndefined } from "../words.ts";
import { classTable, type TcClassOptions } from "./options.ts";

export type { TcClassOptions } from "./options.ts";

/** A class to be made or changed; `options` by the kind of its queueing discipline, with the same units. */
export type TcClassAdd = {
  /** `1:10` */
  classid: string;
  /** The queueing discipline or class above it; default the queueing discipline of `classid`. */
  parent?: string;
  estimator?: Estimator;
} & TcClassOptions;

/** A class with the words of `tc -d class`. */
export type TcClass = TcStats & {
  /** Name of the link. */
  dev: string;
  /** `1:10`; `handle` of tc. */
  classid: string;
  root?: true;
  parent?: string;
  /** Handle of the queueing discipline below it. */
  leaf?: string;
} & TcClassOptions;

export interface TcClassFilter {
  /** `1:10` */
  classid?: string;
  /** `root`, or a handle. */
  parent?: string;
}

export interface TcClassListOptions extends RequestOptions {
  /** With counters, as `tc -s`; default false. */
  stats?: boolean;
}

/** The kernel's names beside what the caller gave. */
const paths = { dev: "tcmIfindex", classid: "tcmHandle", parent: "tcmParent" } as const;

/** The classes of queueing disciplines, with the verbs of tc(8). */
export class TcClasses {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a class.
   *
   * @throws KernelError `EEXIST` there is one; `ENOENT` there is no such queueing discipline.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.class.add("eth0", { classid: "1:10", kind: "htb", options: { rate: 10_000_000, ceil: 100_000_000 } });
   */
  async add(dev: Dev, tcClass: TcClassAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, tcClass, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes a class, or changes the one that is there. */
  async replace(dev: Dev, tcClass: TcClassAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, tcClass, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /** Changes a class. */
  async change(dev: Dev, tcClass: TcClassAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, tcClass, 0, options);
  }

  /** Deletes a class without classes below it. */
  async delete(dev: Dev, key: { classid: string }, options?: RequestOptions): Promise<void> {
    await asking({ dev, ...key }, paths, async () => {
      const tcmHandle = handleNumber(key.classid, "classid");
      const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(delClass({ tcmHandle, tcmIfindex }), options);
    });
  }

  /** The classes of a link, or those that the filter lets through. */
  async list(dev: Dev, filter: TcClassFilter = {}, options: TcClassListOptions = {}): Promise<TcClass[]> {
    return asking({ dev, ...filter }, paths, async () => {
      const { classid, parent, ...others } = filter;
      refuseOthers(others, ["classid", "parent"]);
      const tcmHandle = classid === undefined ? undefined : handleNumber(classid, "classid");
      const tcmParent = parent === undefined ? undefined : parentNumber(parent, "parent");
      const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
      const all = await this.#session.client.list(listClasses({ tcmIfindex }), options);
      const names = await this.#session.names(options);
      return all
        .filter((one) => tcmHandle === undefined || one.tcmHandle === tcmHandle)
        .filter((one) => tcmParent === undefined || one.tcmParent === tcmParent)
        .map((one) => readClass(one, names, options.stats === true));
    });
  }

  async #modify(
    dev: Dev,
    tcClass: TcClassAdd,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...tcClass },
      { ...paths, ...optionPaths(classTable, tcClass.kind) },
      async () => {
        const value = writeClass(tcClass);
        const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(newClass({ ...value, tcmIfindex }, flags), options);
      },
      advice,
    );
  }
}

function writeClass(tcClass: TcClassAdd): Partial<RtnlClass> {
  const { classid, parent, kind, options, estimator, ...others } = tcClass;
  refuseOthers(others, ["classid", "parent", "kind", "options", "estimator"]);
  if (typeof kind !== "string" || kind === "") throw new InputError("kind", "a kind, such as htb", kind);
  const tcmHandle = handleNumber(classid, "classid");
  return {
    tcmHandle,
    tcmParent: parent === undefined ? (tcmHandle & 0xffff0000) >>> 0 : parentNumber(parent, "parent"),
    kind,
    options: writeOptions(classTable, kind, options, "options.", noLinks),
    rate: estimator && writeEstimator(estimator, "estimator."),
  } as Partial<RtnlClass>;
}

function readClass(tcClass: RtnlClass, names: ReadonlyMap<number, LinkName>, stats: boolean): TcClass {
  const { kind, options, tcmHandle, tcmInfo } = tcClass;
  const parent = parentText(tcClass.tcmParent);
  return withoutUndefined({
    dev: nameOf(names, tcClass.tcmIfindex),
    kind,
    classid: handleText(tcmHandle),
    root: parent === "root" ? true : undefined,
    parent: parent === "root" ? undefined : parent,
    leaf: tcmInfo === 0 ? undefined : handleText(tcmInfo),
    options: readOptions(classTable, kind, options, linksOf(names)),
    ...(stats && readStats(tcClass.stats2)),
  }) as TcClass;
}

function advice(error: KernelError): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "classid", hint: "there is such a class: replace() or change() changes it" };
    case "ENOENT":
      return { path: "classid", hint: "the link has no queueing discipline of that handle" };
    case "ENODEV":
      return { path: "dev" };
    default:
      return undefined;
  }
}
