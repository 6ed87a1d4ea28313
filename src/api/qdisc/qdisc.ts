import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delQdisc, listQdiscs, newQdisc, type Qdisc as RtnlQdisc } from "../../rtnl/tc/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, type LinkName, nameOf, type Session } from "../session.ts";
import { type Estimator, writeEstimator } from "../tc/estimator.ts";
import { handleNumber, handleText, parentNumber, parentText } from "../tc/handle.ts";
import { linksOf, noLinks } from "../tc/links.ts";
import { optionPaths, readOptions, writeOptions } from "../tc/options.ts";
import { readStab, type SizeTable, writeStab } from "../tc/stab.ts";
import { readStats, type TcStats } from "../tc/stats.ts";
import { withoutUndefined } from "../words.ts";
import { type QdiscOptions, qdiscTable } from "./options.ts";

export type { QdiscOptions } from "./options.ts";

/** Which of a link's queueing disciplines. */
export interface QdiscKey {
  /** `root`, `ingress`, `clsact`, or the class it is of: `1:10`. Default `root`; of ingress and clsact their own. */
  parent?: string;
  /** Its own handle: `1:`. */
  handle?: string;
}

/**
 * A queueing discipline to be made or changed. What `options` has depends on `kind`: the words of `tc -j` in camelCase.
 *
 * Rates are bits a second (`tc -j` prints bytes a second), times µs, sizes bytes, chances fractions of 1, wherever the
 * field does not say otherwise.
 */
export type QdiscAdd = QdiscKey & {
  /** Numbers of the blocks that share filters with others. */
  ingressBlock?: number;
  egressBlock?: number;
  /** Sizes that packets count as. */
  stab?: SizeTable;
  estimator?: Estimator;
} & QdiscOptions;

/** A queueing discipline as `tc -j -d qdisc` prints it; units as of {@link QdiscAdd}. */
export type Qdisc = TcStats & {
  /** Name of the link. */
  dev: string;
  /** `1:`; `0:` of one that the kernel made itself. */
  handle: string;
  root?: true;
  /** Where it is not the root: `ingress`, `1:10`. */
  parent?: string;
  refcnt?: number;
  /** Hardware does it. */
  offloaded?: true;
  ingressBlock?: number;
  egressBlock?: number;
  stab?: SizeTable;
} & QdiscOptions;

export interface QdiscFilter {
  dev?: Dev;
  /** `root`, `ingress`, or a handle. */
  parent?: string;
  handle?: string;
  kind?: string;
  /** Also those that the kernel made without being asked, as `tc qdisc show invisible`. */
  invisible?: boolean;
}

export interface QdiscListOptions extends RequestOptions {
  /** With counters, as `tc -s`; default false. */
  stats?: boolean;
}

/** The kernel's names beside what the caller gave. */
const paths = { dev: "tcmIfindex", handle: "tcmHandle", parent: "tcmParent" } as const;

const filterWords = ["dev", "parent", "handle", "kind", "invisible"];

/** The queueing disciplines of one namespace, with the verbs of tc(8). */
export class Qdiscs {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a queueing discipline. Without a handle the kernel puts it in the place of one of another kind.
   *
   * @throws KernelError `EEXIST` there is one; `ENOENT` the kernel has no such kind; `ENODEV` with `path`: no such link.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.qdisc.add("eth0", { handle: "1:", kind: "fq_codel", options: { limit: 1000, target: 5000 } });
   * await ns.qdisc.add("eth0", { kind: "clsact" });
   */
  async add(dev: Dev, qdisc: QdiscAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, qdisc, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes one in the place of what is there, or changes that where it is of the same kind and handle. */
  async replace(dev: Dev, qdisc: QdiscAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, qdisc, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /** Changes the options of one. */
  async change(dev: Dev, qdisc: QdiscAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, qdisc, 0, options);
  }

  /** Replaces one that is there by one of the handle. */
  async link(dev: Dev, qdisc: QdiscAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, qdisc, NLM_F_REPLACE, options);
  }

  /**
   * Deletes one, with all that hangs on it.
   *
   * @throws KernelError `ENOENT` or `EINVAL` there is none.
   */
  async delete(dev: Dev, key: QdiscKey = {}, options?: RequestOptions): Promise<void> {
    await asking({ dev, ...key }, paths, async () => {
      const { parent = "root", handle, ...others } = key;
      refuseOthers(others, ["parent", "handle"]);
      const value = {
        tcmParent: parentNumber(parent, "parent"),
        tcmHandle: handle === undefined ? 0 : handleNumber(handle, "handle"),
      };
      const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(delQdisc({ ...value, tcmIfindex }), options);
    });
  }

  /** The queueing disciplines of all links, or those that the filter lets through. */
  async list(filter: QdiscFilter = {}, options: QdiscListOptions = {}): Promise<Qdisc[]> {
    return asking(filter, paths, async () => {
      const { dev, parent, handle, kind, invisible, ...others } = filter;
      refuseOthers(others, filterWords);
      const wanted = {
        tcmIfindex: dev === undefined ? undefined : await this.#session.indexOf(dev, "dev", options),
        tcmParent: parent === undefined ? undefined : parentNumber(parent, "parent"),
        tcmHandle: handle === undefined ? undefined : handleNumber(handle, "handle"),
        kind,
      };
      const request = listQdiscs(invisible ? { dumpInvisible: true } : {});
      const all = await this.#session.client.list(request, options);
      const names = await this.#session.names(options);
      return all
        .filter((one) =>
          Object.entries(wanted).every(
            ([key, value]) => value === undefined || one[key as keyof RtnlQdisc] === value,
          ),
        )
        .map((one) => readQdisc(one, names, options.stats === true));
    });
  }

  async #modify(
    dev: Dev,
    qdisc: QdiscAdd,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...qdisc },
      { ...paths, ...optionPaths(qdiscTable, qdisc.kind) },
      async () => {
        const value = writeQdisc(qdisc);
        const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(newQdisc({ ...value, tcmIfindex }, flags), options);
      },
      advice,
    );
  }
}

const words = [
  ...["parent", "handle", "kind", "options", "ingressBlock", "egressBlock"],
  ...["stab", "estimator"],
];

function writeQdisc(qdisc: QdiscAdd): Partial<RtnlQdisc> {
  const { parent, handle, kind, options, ingressBlock, egressBlock, stab, estimator, ...others } = qdisc;
  refuseOthers(others, words);
  if (typeof kind !== "string" || kind === "") throw new InputError("kind", "a kind, such as fq_codel", kind);
  const own = kind === "ingress" || kind === "clsact";
  return {
    tcmParent: parentNumber(parent ?? (own ? kind : "root"), "parent"),
    tcmHandle: handle === undefined ? (own ? 0xffff0000 : 0) : handleNumber(handle, "handle"),
    kind,
    options: writeOptions(qdiscTable, kind, options, "options.", noLinks),
    ingressBlock,
    egressBlock,
    stab: stab && writeStab(stab, "stab."),
    rate: estimator && writeEstimator(estimator, "estimator."),
  } as Partial<RtnlQdisc>;
}

function readQdisc(qdisc: RtnlQdisc, names: ReadonlyMap<number, LinkName>, stats: boolean): Qdisc {
  const { kind, options, tcmParent, tcmInfo, ingressBlock, egressBlock } = qdisc;
  const parent = parentText(tcmParent);
  return withoutUndefined({
    dev: nameOf(names, qdisc.tcmIfindex),
    kind,
    handle: handleText(qdisc.tcmHandle),
    root: parent === "root" ? true : undefined,
    parent: parent === "root" ? undefined : parent,
    refcnt: tcmInfo === 1 ? undefined : tcmInfo,
    offloaded: qdisc.hwOffload ? true : undefined,
    ingressBlock,
    egressBlock,
    stab: qdisc.stab && readStab(qdisc.stab),
    options: readOptions(qdiscTable, kind, options, linksOf(names)),
    ...(stats && readStats(qdisc.stats2)),
  }) as Qdisc;
}

function advice(error: KernelError): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "parent", hint: "there is one: replace() puts another in its place" };
    case "ENOENT":
      return { hint: "this kernel has no such kind, or there is no such parent" };
    case "ENODEV":
      return { path: "dev" };
    default:
      return undefined;
  }
}
