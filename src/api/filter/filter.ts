import { hostByteOrder } from "../../netlink/codec/byte-order.ts";
import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { filterKinds } from "../../rtnl/tc/filters/index.ts";
import {
  delFilter,
  type FilterKindOptions,
  listFilters,
  newFilter,
  type Filter as RtnlFilter,
} from "../../rtnl/tc/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import type { Dev, Session } from "../session.ts";
import { filterParent } from "../tc/handle.ts";
import { fromUnits } from "../tc/units.ts";
import { inWords, type Plain, withoutUndefined } from "../words.ts";

/** EtherTypes as tc writes them. */
const protocols: Readonly<Record<string, number>> = {
  all: 0x0003,
  ip: 0x0800,
  arp: 0x0806,
  ipv6: 0x86dd,
  "802.1Q": 0x8100,
  "802.1ad": 0x88a8,
  mpls_uc: 0x8847,
  mpls_mc: 0x8848,
};
const protocolNames = new Map(Object.entries(protocols).map(([name, number]) => [number, name]));

/** `{ kind, options }` of a filter. */
export type TcFilterOptions = Plain<FilterKindOptions>;

/** Which filters. */
export interface TcFilterKey {
  /** `ingress` or `egress` of clsact, `root`, or a handle: `1:`. */
  parent: string;
  /** `ip`, `ipv6`, `arp`, `802.1Q` …, or an EtherType's number. */
  protocol?: string | number;
  /** Preference: the lowest number is asked first. */
  pref?: number;
  /** Of one among several of the same preference; of u32 as `0x80000800`. */
  handle?: number;
  /** Default 0. */
  chain?: number;
}

/** A filter to be made or changed: `options` by the kernel's names, `act` in it says what is done with the packets. */
export type TcFilterAdd = TcFilterKey & TcFilterOptions;

/** A filter as `tc -j -d filter` prints it; its options by the kernel's names, 64-bit ones as numbers. */
export type TcFilter = {
  protocol: string;
  pref: number;
  chain: number;
  handle: number;
} & TcFilterOptions;

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
   * @throws KernelError `EEXIST` there is one of that preference and handle; `EINVAL` there is no such parent.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.filter.add("eth0", {
   *   parent: "ingress",
   *   protocol: "ip",
   *   kind: "flower",
   *   options: { keyIpv4Src: "10.0.0.0", keyIpv4SrcMask: "255.0.0.0", act: [{ kind: "gact", options: { parms: { action: "shot" } } }] },
   * });
   */
  async add(dev: Dev, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, filter, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes a filter, or one in the place of that of the same preference and handle. */
  async replace(dev: Dev, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, filter, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /** Changes a filter; `pref` and `handle` say which. */
  async change(dev: Dev, filter: TcFilterAdd, options?: RequestOptions): Promise<void> {
    await this.#modify(dev, filter, 0, options);
  }

  /** Deletes one filter, all of a preference, or without `pref` all below the parent. */
  async delete(dev: Dev, key: TcFilterKey & { kind?: string }, options?: RequestOptions): Promise<void> {
    await asking(
      { dev, ...key },
      paths,
      async () => {
        const { kind, ...place } = key;
        const value = { ...writeKey(place), kind } as Partial<RtnlFilter>;
        const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(delFilter({ ...value, tcmIfindex }), options);
      },
      advice,
    );
  }

  /** The filters of a link below `parent`, or those of them that the rest of the filter lets through. */
  async list(
    dev: Dev,
    filter: Omit<TcFilterKey, "handle"> & { kind?: string },
    options?: RequestOptions,
  ): Promise<TcFilter[]> {
    return asking({ dev, ...filter }, paths, async () => {
      const { kind, ...place } = filter;
      const value = writeKey(place);
      const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
      const all = await this.#session.client.list(listFilters({ ...value, tcmIfindex }), options);
      return (
        all
          // What the kernel says of a preference itself has no options.
          .filter((one) => one.options !== undefined && (kind === undefined || one.kind === kind))
          .map(readFilter)
      );
    });
  }

  async #modify(
    dev: Dev,
    filter: TcFilterAdd,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...filter },
      paths,
      async () => {
        const value = writeFilter(filter);
        const tcmIfindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(newFilter({ ...value, tcmIfindex }, flags), options);
      },
      advice,
    );
  }
}

/** Swaps the bytes where the host is little endian. */
function htons(value: number): number {
  return hostByteOrder === "little" ? ((value & 0xff) << 8) | (value >>> 8) : value;
}

function protocolNumber(protocol: string | number): number {
  const number = typeof protocol === "number" ? protocol : protocols[protocol];
  if (number === undefined || !Number.isInteger(number) || number < 0 || number > 0xffff) {
    throw new InputError(
      "protocol",
      `one of ${Object.keys(protocols).join(", ")}, or an EtherType`,
      protocol,
    );
  }
  return number;
}

function writeKey(key: TcFilterKey): Partial<RtnlFilter> {
  const { parent, protocol, pref = 0, handle, chain, ...others } = key;
  refuseOthers(others, keyWords);
  if (!Number.isInteger(pref) || pref < 0 || pref > 0xffff)
    throw new InputError("pref", "an integer 0 to 65535", pref);
  const type = protocol === undefined ? 0 : htons(protocolNumber(protocol));
  return {
    tcmParent: filterParent(parent, "parent"),
    tcmHandle: handle ?? 0,
    tcmInfo: ((pref << 16) | type) >>> 0,
    chain,
  };
}

function writeFilter(filter: TcFilterAdd): Partial<RtnlFilter> {
  const { kind, options, protocol = "all", ...key } = filter;
  if (typeof kind !== "string" || kind === "") throw new InputError("kind", "a kind, such as flower", kind);
  const shape = Object.hasOwn(filterKinds, kind) ? filterKinds[kind as keyof typeof filterKinds] : undefined;
  return {
    ...writeKey({ ...key, protocol }),
    kind,
    options: fromUnits(shape, options),
  } as Partial<RtnlFilter>;
}

function readFilter(filter: RtnlFilter): TcFilter {
  const { kind, options, tcmInfo, tcmHandle, chain } = filter;
  const protocol = htons(tcmInfo & 0xffff);
  return withoutUndefined({
    protocol: protocolNames.get(protocol) ?? `[${protocol}]`,
    pref: tcmInfo >>> 16,
    kind,
    chain: chain ?? 0,
    handle: tcmHandle,
    options: options === undefined || options instanceof Uint8Array ? options : inWords(options, {}),
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
