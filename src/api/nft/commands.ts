/** Commands of nft → the requests of one transaction. */

import { NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Request } from "../../netlink/request.ts";
import {
  delChain,
  delRule,
  delSet,
  delSetElements,
  delTable,
  newChain,
  newRule,
  newSet,
  newSetElements,
  newTable,
} from "../../nft/index.ts";
import { userdataOf, writeChain } from "./chains.ts";
import { writeElements } from "./elements.ts";
import { nfprotoOf } from "./hooks.ts";
import type {
  NftChain,
  NftElements,
  NftFamily,
  NftKey,
  NftMap,
  NftObject,
  NftRule,
  NftSet,
  NftTable,
} from "./json.ts";
import type { KnownSet } from "./read.ts";
import { typeAttributes, writeSet } from "./sets.ts";
import { writeStatements } from "./write.ts";

/** What to do, and with what: as in libnftables-json(5). */
export type NftCommand =
  | { add: NftObject }
  | { create: NftObject }
  | { insert: { rule: NftRule } }
  | { replace: { rule: NftRule & { handle: number } } }
  | { delete: NftKey }
  | {
      flush:
        | { ruleset: null }
        | { table: Pick<NftTable, "family" | "name"> }
        | { chain: Pick<NftChain, "family" | "table" | "name"> }
        | { set: Pick<NftSet, "family" | "table" | "name"> };
    };

/** What commands are turned into requests with. */
export interface CommandContext {
  indexOf(dev: string): number | undefined;
  /** A set that is there already. */
  setOf(family: NftFamily, table: string, name: string): KnownSet | undefined;
}

export class Commands {
  readonly requests: Request<never>[] = [];
  /** Which command each request is of. */
  readonly origin: number[] = [];
  readonly #context: CommandContext;
  #nextId = 1;
  #index = 0;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  take(command: NftCommand, index: number): void {
    this.#index = index;
    if ("add" in command) this.#add(command.add, 0, "add");
    else if ("create" in command) this.#add(command.create, NLM_F_EXCL, "create");
    else if ("insert" in command) this.#rule(command.insert.rule, NLM_F_CREATE, "insert.rule");
    else if ("replace" in command) this.#rule(command.replace.rule, NLM_F_REPLACE, "replace.rule");
    else if ("delete" in command) this.#delete(command.delete, "delete");
    else if ("flush" in command) this.#flush(command.flush);
    else
      throw new InputError(
        "",
        "{ add }, { create }, { insert }, { replace }, { delete } or { flush }",
        command,
      );
  }

  #push(...requests: Request<never>[]): void {
    for (const request of requests) {
      this.requests.push(request);
      this.origin.push(this.#index);
    }
  }

  #add(object: NftObject, exclusive: number, path: string): void {
    const flags = NLM_F_CREATE | exclusive;
    if ("table" in object) {
      const { family, name } = object.table;
      this.#push(
        newTable({ nfgenFamily: nfprotoOf(family, `${path}.table.family`), name, flags: [] }, flags),
      );
    } else if ("chain" in object) this.#push(newChain(writeChain(object.chain, `${path}.chain`), flags));
    else if ("rule" in object) this.#rule(object.rule, flags | NLM_F_APPEND, `${path}.rule`);
    else if ("set" in object) this.#set(object.set, flags, `${path}.set`);
    else if ("map" in object) this.#set(object.map, flags, `${path}.map`);
    else if ("element" in object) this.#elements(object.element, flags, `${path}.element`);
    else
      throw new InputError(path, "{ table }, { chain }, { rule }, { set }, { map } or { element }", object);
  }

  #set(set: NftSet | NftMap, flags: number, path: string): void {
    const nfgenFamily = nfprotoOf(set.family, `${path}.family`);
    this.#push(...writeSet(set, nfgenFamily, flags, this.#nextId++, path));
  }

  #elements(element: NftElements, flags: number, path: string): void {
    const raw = this.#rawElements(element, path);
    this.#push(newSetElements(raw, flags));
  }

  #rawElements(
    { family, table, name, elem }: NftElements,
    path: string,
  ): Parameters<typeof newSetElements>[0] {
    const known = this.#context.setOf(family, table, name);
    if (!known?.types) throw new InputError(`${path}.name`, "a set that is there", name);
    const elements = writeElements(elem, known.types, known.value, known.interval, `${path}.elem`);
    return { nfgenFamily: nfprotoOf(family, `${path}.family`), table, set: name, elements };
  }

  #rule(rule: NftRule, flags: number, path: string): void {
    const { family, table, chain, handle, position, comment } = rule;
    const nfgenFamily = nfprotoOf(family, `${path}.family`);
    const expressions = within(path, () =>
      writeStatements(rule.expr, {
        family,
        indexOf: (dev) => this.#context.indexOf(dev),
        addSet: ({ types, value, interval, elements, path: where }) => {
          const id = this.#nextId++;
          const name = value === undefined ? "__set%d" : "__map%d";
          const attributes = typeAttributes(types, value, interval, ["anonymous", "constant"]);
          const raw = writeElements(elements, types, value, interval, where);
          this.#push(
            newSet({ nfgenFamily, table, name, id, ...attributes }, NLM_F_CREATE),
            newSetElements({ nfgenFamily, table, set: name, setId: id, elements: raw }),
          );
          return id;
        },
      }),
    );
    const userdata = userdataOf(comment, `${path}.comment`);
    this.#push(
      newRule(
        {
          nfgenFamily,
          table,
          chain,
          expressions,
          ...(userdata && { userdata }),
          ...(flags & NLM_F_REPLACE ? { handle: BigInt(handle ?? 0) } : {}),
          ...(position !== undefined && { position: BigInt(position) }),
        },
        flags,
      ),
    );
  }

  #delete(key: NftKey, path: string): void {
    if ("table" in key) {
      const { family, name } = key.table;
      this.#push(delTable({ nfgenFamily: nfprotoOf(family, `${path}.table.family`), name }));
    } else if ("chain" in key) {
      const { family, table, name } = key.chain;
      this.#push(delChain({ nfgenFamily: nfprotoOf(family, `${path}.chain.family`), table, name }));
    } else if ("rule" in key) {
      const { family, table, chain, handle } = key.rule;
      const nfgenFamily = nfprotoOf(family, `${path}.rule.family`);
      // Without a handle the kernel would delete every rule of the chain.
      if (!Number.isInteger(handle)) throw new InputError(`${path}.rule.handle`, "a rule's handle", handle);
      this.#push(delRule({ nfgenFamily, table, chain, handle: BigInt(handle) }));
    } else if ("set" in key || "map" in key) {
      const [word, { family, table, name }] = "set" in key ? ["set", key.set] : ["map", key.map];
      this.#push(delSet({ nfgenFamily: nfprotoOf(family, `${path}.${word}.family`), table, name }));
    } else if ("element" in key)
      this.#push(delSetElements(this.#rawElements(key.element, `${path}.element`)));
    else throw new InputError(path, "{ table }, { chain }, { rule }, { set }, { map } or { element }", key);
  }

  #flush(flush: Extract<NftCommand, { flush: unknown }>["flush"]): void {
    if ("ruleset" in flush) this.#push(delTable({ nfgenFamily: "unspec" }));
    else if ("table" in flush) {
      const { family, name } = flush.table;
      this.#push(delRule({ nfgenFamily: nfprotoOf(family, "flush.table.family"), table: name }));
    } else if ("chain" in flush) {
      const { family, table, name } = flush.chain;
      this.#push(delRule({ nfgenFamily: nfprotoOf(family, "flush.chain.family"), table, chain: name }));
    } else if ("set" in flush) {
      const { family, table, name } = flush.set;
      this.#push(delSetElements({ nfgenFamily: nfprotoOf(family, "flush.set.family"), table, set: name }));
    } else throw new InputError("flush", "{ ruleset }, { table }, { chain } or { set }", flush);
  }
}

/** Puts the place of what is written in front of its own path. */
function within<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${path}.${error.path}`, error.expected, error.received);
  }
}
