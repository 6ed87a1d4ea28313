import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delChain, getChain, listChains, newChain, type Filter as RtnlFilter } from "../../rtnl/tc/index.ts";
import { readFilterOptions, type TcFilterOptions, writeFilterOptions } from "../filter/options.ts";
import {
  type FilterPlace,
  placeGiven,
  type ReadPlace,
  readPlace,
  writeInfo,
  writePlace,
} from "../filter/place.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import type { LinkName, Session } from "../session.ts";
import { linksOf, noLinks } from "../tc/links.ts";
import { type EtherType, protocolNumber } from "../tc/protocol.ts";
import { withoutUndefined } from "../words.ts";

/** Which chain. */
export interface TcChainKey {
  /** `ingress` or `egress` of clsact, `root`, or a handle: `1:`. Not of a block. */
  parent?: string;
  chain: number;
}

/** A chain of filters; with `kind` and `options` a template: only filters with the same keys and masks go in. */
export type TcChainAdd = TcChainKey & {
  /** Of the template. */
  protocol?: EtherType;
} & (TcFilterOptions | { kind?: undefined; options?: undefined });

/** A chain as `tc -j chain` prints it, with its template where it has one. */
export type TcChain = ReadPlace & { chain: number } & (
    | TcFilterOptions
    | { kind?: undefined; options?: undefined }
  );

/** The kernel's names beside what the caller gave. */
const paths = { dev: "tcmIfindex", parent: "tcmParent" } as const;

/** Chains of filters, with the verbs of `tc chain`; one that a filter is in is there without being made. */
export class TcChains {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes a chain that stays when it has no filters.
   *
   * @param place - a link, or `{ block: 22 }`.
   * @throws KernelError `EEXIST` there is one.
   * @example
   * await ns.chain.add("eth0", {
   *   parent: "ingress", chain: 7, protocol: "ip", kind: "flower", options: { keys: { dstIp: "0.0.0.0/8" } },
   * });
   */
  async add(place: FilterPlace, chain: TcChainAdd, options?: RequestOptions): Promise<void> {
    await asking(
      { ...placeGiven(place), ...chain },
      paths,
      async () => {
        const { protocol = "all", kind, options: template, ...key } = chain;
        const type = protocol === "all" ? undefined : protocolNumber(protocol, "protocol");
        const value = {
          ...(await this.#key(place, key, options)),
          tcmInfo: kind === undefined ? 0 : writeInfo(0, protocol),
          kind,
          ...(kind !== undefined && writeFilterOptions(kind, template, { ...noLinks, protocol: type })),
        };
        const request = newChain(value as Partial<RtnlFilter>, NLM_F_CREATE | NLM_F_EXCL);
        await this.#session.client.request(request, options);
      },
      advice,
    );
  }

  /** Deletes a chain with its filters. */
  async delete(place: FilterPlace, key: TcChainKey, options?: RequestOptions): Promise<void> {
    await asking({ ...placeGiven(place), ...key }, paths, async () => {
      await this.#session.client.request(delChain(await this.#key(place, key, options)), options);
    });
  }

  /** @throws KernelError `EINVAL` or `ENOENT` there is none. */
  async get(place: FilterPlace, key: TcChainKey, options?: RequestOptions): Promise<TcChain> {
    return asking({ ...placeGiven(place), ...key }, paths, async () => {
      const found = await this.#session.client.request(
        getChain(await this.#key(place, key, options)),
        options,
      );
      const where = await writePlace(this.#session, place, key.parent, options);
      return readChain({ ...found!, ...where }, await this.#session.names(options));
    });
  }

  /** The chains of a link below `parent`, or of a block. */
  async list(
    place: FilterPlace,
    filter: { parent?: string } = {},
    options?: RequestOptions,
  ): Promise<TcChain[]> {
    return asking({ ...placeGiven(place), ...filter }, paths, async () => {
      const where = await writePlace(this.#session, place, filter.parent, options);
      const all = await this.#session.client.list(listChains(where), options);
      const names = await this.#session.names(options);
      // Of clsact the kernel does not say which side.
      return all.map((one) => readChain({ ...one, ...where }, names));
    });
  }

  async #key(
    place: FilterPlace,
    key: TcChainKey,
    options: RequestOptions | undefined,
  ): Promise<Partial<RtnlFilter>> {
    const { parent, chain, ...others } = key;
    refuseOthers(others, ["parent", "chain"]);
    if (!Number.isInteger(chain) || chain < 0) throw new InputError("chain", "the number of a chain", chain);
    return { ...(await writePlace(this.#session, place, parent, options)), chain };
  }
}

function readChain(found: RtnlFilter, names: ReadonlyMap<number, LinkName>): TcChain {
  const { chain = 0, kind, options } = found;
  return withoutUndefined({
    ...readPlace(found, names),
    chain,
    kind,
    options: readFilterOptions(kind, options, linksOf(names), false),
  }) as TcChain;
}

function advice(error: KernelError): Advice | undefined {
  return error.code === "EEXIST" ? { path: "chain", hint: "there is such a chain" } : undefined;
}
