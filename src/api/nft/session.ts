/** What `ns.nft` does with its socket. */
import type { Client } from "../../netlink/client.ts";
import { BatchError, InputError, NetlinkError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { batchBegin, batchEnd } from "../../nfnetlink/index.ts";
import {
  listChains,
  listRules,
  listSetElements,
  listSets,
  listTables,
  type NftSet as RawSet,
  type SetElement,
} from "../../nft/index.ts";
import type { Links } from "../link/link.ts";
import { readChain, readRule, readTable } from "./chains.ts";
import { Commands, type NftCommand } from "./commands.ts";
import { familyOf, nfprotoOf } from "./hooks.ts";
import type { NftObject } from "./json.ts";
import type { NftFilter } from "./nft.ts";
import type { KnownSet } from "./read.ts";
import { knownSet, readSet } from "./sets.ts";

export { netfilter } from "../../nft/index.ts";

const frame = { begin: batchBegin("nftables"), end: batchEnd("nftables") };

/** How often a listing is begun anew while the ruleset changes. */
const RETRIES = 8;

export class NftSession {
  readonly #client: Client;
  readonly #link: Links;

  constructor(client: Client, link: Links) {
    this.#client = client;
    this.#link = link;
  }

  /** Commands of all kinds in one transaction. */
  async run(commands: readonly NftCommand[], options: RequestOptions = {}): Promise<void> {
    const indexes = namesLinks(commands) ? await this.#indexes(options) : new Map<string, number>();
    const sets = await this.#setsNamed(commands, options);
    const built = new Commands({
      indexOf: (dev) => indexes.get(dev),
      setOf: (family, table, name) => sets.get(`${family} ${table} ${name}`),
    });
    for (const [index, command] of commands.entries()) {
      try {
        built.take(command, index);
      } catch (error) {
        if (error instanceof InputError)
          throw new InputError(`[${index}].${error.path}`, error.expected, error.received);
        throw error;
      }
    }
    try {
      await this.#client.transaction(built.requests, frame, options);
    } catch (error) {
      if (!(error instanceof BatchError)) throw error;
      const errors = error.errors.map(({ index, error }) => ({ index: built.origin[index]!, error }));
      throw new BatchError(errors, commands.length);
    }
  }

  async #indexes(options: RequestOptions): Promise<Map<string, number>> {
    const links = await this.#link.list({}, options);
    return new Map(links.map(({ ifname, ifindex }) => [ifname, ifindex]));
  }

  /** What the elements of commands are, by the sets they are for. */
  async #setsNamed(commands: readonly NftCommand[], options: RequestOptions): Promise<Map<string, KnownSet>> {
    const found = new Map<string, KnownSet>();
    const objects = commands.flatMap((command): object[] => Object.values(command));
    if (!objects.some((object) => "element" in object)) return found;
    for (const raw of await this.#client.list(listSets(), options)) {
      const family = familyOf(raw.nfgenFamily);
      if (family) found.set(`${family} ${raw.table} ${raw.name}`, knownSet(raw, []));
    }
    return found;
  }

  /**
   * The ruleset as `nft -j list ruleset` prints it: tables, then their chains, sets, maps and rules.
   *
   * What a rule does that nft has words for and nlkit has not stands as `{ name, data }` of `nlkit/nft`.
   */
  async list(filter: NftFilter = {}, options: RequestOptions = {}): Promise<NftObject[]> {
    const client = this.#client;
    const { family, table, chain } = filter;
    const nfgenFamily = family && nfprotoOf(family, "family");
    const narrowed = nfgenFamily ? { nfgenFamily, ...(table !== undefined && { table }) } : {};
    for (let attempt = 0; attempt < RETRIES; attempt++) {
      try {
        const tables = await client.list(listTables(nfgenFamily ? { nfgenFamily } : {}), options);
        if (table !== undefined && !tables.some(({ name }) => name === table)) return [];
        const chains = await client.list(listChains(nfgenFamily ? { nfgenFamily } : {}), options);
        const rules = await client.list(
          listRules(chain === undefined ? narrowed : { ...narrowed, chain }),
          options,
        );
        const sets = await this.#sets(narrowed, options);
        const names = await this.#names(options);
        const inTable = (name: string | undefined) => table === undefined || name === table;
        return tables
          .filter(({ name }) => inTable(name))
          .flatMap((raw): NftObject[] => {
            const made = readTable(raw);
            if (!made) return [];
            const { family } = made.table;
            const own = (object: { nfgenFamily: unknown; table?: string }) =>
              object.nfgenFamily === raw.nfgenFamily && object.table === raw.name;
            const known = new Map(
              sets
                .filter(({ raw: set }) => own(set))
                .map(({ raw: set, elements }) => [set.name!, knownSet(set, elements)]),
            );
            const context = {
              family,
              setOf: (name: string) => known.get(name),
              nameOf: (index: number) => names.get(index) ?? String(index),
            };
            return [
              made,
              ...chains
                .filter((one) => own(one) && (chain === undefined || one.name === chain))
                .flatMap((one) => readChain(one) ?? []),
              ...(chain === undefined
                ? sets
                    .filter(({ raw: set }) => own(set) && !set.flags?.includes("anonymous"))
                    .map(({ raw: set }) => readSet(set, family, known.get(set.name!)!))
                : []),
              ...rules
                .filter((rule) => own(rule) && (chain === undefined || rule.chain === chain))
                .map((rule) => readRule(rule, context)),
            ];
          });
      } catch (error) {
        // A set went between its listing and that of its elements: the next attempt sees what is there now.
        if (!(error instanceof NetlinkError) || error.code !== "ENOENT" || attempt === RETRIES - 1)
          throw error;
      }
    }
    return [];
  }

  async #sets(filter: object, options: RequestOptions): Promise<{ raw: RawSet; elements: SetElement[] }[]> {
    const client = this.#client;
    const sets = await client.list(listSets(filter), options);
    const found: { raw: RawSet; elements: SetElement[] }[] = [];
    for (const raw of sets) {
      const key = { nfgenFamily: raw.nfgenFamily, table: raw.table!, set: raw.name! };
      const parts = await client.list(listSetElements(key), options);
      found.push({ raw, elements: parts.flatMap(({ elements }) => elements ?? []) });
    }
    return found;
  }

  async #names(options: RequestOptions): Promise<Map<number, string>> {
    const links = await this.#link.list({}, options);
    return new Map(links.map(({ ifname, ifindex }) => [ifindex, ifname]));
  }
}

/** Whether something is compared with a link's index, which stands there by the link's name. */
function namesLinks(value: unknown): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  if ("meta" in value) {
    const { key } = (value.meta ?? {}) as { key?: unknown };
    if (key === "iif" || key === "oif") return true;
  }
  return Object.values(value).some(namesLinks);
}
