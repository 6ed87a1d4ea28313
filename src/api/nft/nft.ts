import type { Client } from "../../netlink/client.ts";
import type { Protocol } from "../../netlink/codec/protocol.ts";
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import type { Links } from "../link/link.ts";
import type { NftCommand } from "./commands.ts";
import type { NftFamily, NftKey, NftObject, NftRule } from "./json.ts";
import type { NftSession } from "./session.ts";

/** Which part of the ruleset. */
export interface NftFilter {
  family?: NftFamily;
  table?: string;
  chain?: string;
}

/**
 * The packet filter of one namespace, nf_tables, with the verbs of nft(8) and the objects of libnftables-json(5).
 *
 * Every call is one transaction: all of its objects are made, changed or deleted, or none.
 *
 * @throws BatchError the kernel refused objects: which of the arguments, and why; nothing was done.
 * @throws InputError with `path`: what cannot be sent.
 * @example
 * await ns.nft.add(
 *   { table: { family: "ip", name: "nat" } },
 *   { chain: { family: "ip", table: "nat", name: "post", type: "nat", hook: "postrouting", prio: 100 } },
 *   { rule: { family: "ip", table: "nat", chain: "post", expr: [{ masquerade: null }] } },
 * );
 */
export class Nft {
  readonly #open: (protocol: Protocol) => Client;
  readonly #link: Links;
  #session: Promise<NftSession> | undefined;
  #client: Client | undefined;

  /** @param open - opens a client of another protocol in the same namespace. */
  constructor(open: (protocol: Protocol) => Client, link: Links) {
    this.#open = open;
    this.#link = link;
  }

  /** The schema of nf_tables is loaded at its first use: most programs need none. */
  async #loaded(): Promise<NftSession> {
    this.#session ??= import("./session.ts").then(({ netfilter, NftSession }) => {
      this.#client = this.#open(netfilter);
      return new NftSession(this.#client, this.#link);
    });
    return this.#session;
  }

  /** Makes objects; tables, chains and sets that are there stay as they are. */
  async add(...objects: NftObject[]): Promise<void> {
    await this.#each("add", objects);
  }

  /** Makes objects that must not be there yet (`EEXIST`). */
  async create(...objects: NftObject[]): Promise<void> {
    await this.#each("create", objects);
  }

  /** Puts rules at the beginning of their chains, or in front of the one with the handle `position`. */
  async insert(...rules: { rule: NftRule }[]): Promise<void> {
    await this.#each("insert", rules);
  }

  /** Puts rules in the place of those with their handles. */
  async replace(...rules: { rule: NftRule & { handle: number } }[]): Promise<void> {
    await this.#each("replace", rules);
  }

  async delete(...keys: NftKey[]): Promise<void> {
    await this.#each("delete", keys);
  }

  /** Empties tables, chains or sets; `{ ruleset: null }` deletes everything there is. */
  async flush(...what: Extract<NftCommand, { flush: unknown }>["flush"][]): Promise<void> {
    await this.#each("flush", what);
  }

  /** Paths of errors begin with what the verb was called with. */
  async #each(verb: string, items: readonly object[]): Promise<void> {
    try {
      await this.run(items.map((item) => ({ [verb]: item }) as unknown as NftCommand));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.path.replace(`].${verb}`, "]"), error.expected, error.received);
    }
  }

  /** Commands of all kinds in one transaction. */
  async run(commands: readonly NftCommand[], options: RequestOptions = {}): Promise<void> {
    await (await this.#loaded()).run(commands, options);
  }

  /**
   * The ruleset as `nft -j list ruleset` prints it: tables, then their chains, sets, maps and rules.
   *
   * What a rule does that nft has words for and nlkit has not stands as `{ name, data }` of `nlkit/nft`.
   */
  async list(filter: NftFilter = {}, options: RequestOptions = {}): Promise<NftObject[]> {
    return (await this.#loaded()).list(filter, options);
  }

  /** Closes its socket. */
  close(): void {
    this.#client?.close();
  }
}
