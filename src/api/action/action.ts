import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_ROOT } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { actions as actionsShape } from "../../rtnl/tc/actions/action.ts";
import { actionKinds } from "../../rtnl/tc/actions/index.ts";
import { type Actions, delActions, getActions, listActions, newActions } from "../../rtnl/tc/index.ts";
import type { OneOrMany } from "../many.ts";
import { type Advice, asking } from "../refusal.ts";
import type { Session } from "../session.ts";
import { linksOf, resolveLinks } from "../tc/links.ts";
import { fromUnits, inUnits } from "../tc/units.ts";
import type { Words } from "../words.ts";
import {
  linksInActions,
  pathsInAction,
  readAction,
  type TcAction,
  type TcActionInfo,
  writeAction,
} from "./options.ts";

export type { ControlAction } from "./verdict.ts";
export type { TcAction, TcActionInfo };

/** Which action. */
export interface TcActionKey {
  kind: TcAction["kind"];
  index: number;
}

export interface TcActionListOptions extends RequestOptions {
  /** With counters, as `tc -s`; default false. */
  stats?: boolean;
}

/** Actions on their own, that filters may share by kind and index: the verbs of `tc actions`. */
export class TcActions {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Makes an action, or several at once.
   *
   * @throws KernelError `EEXIST` there is one of that index; `ENOENT` the kernel has no such kind.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.action.add({ kind: "police", rate: 1_000_000, burst: 10_000, controlAction: { type: "drop" }, index: 7 });
   */
  async add(actions: OneOrMany<TcAction>, options?: RequestOptions): Promise<void> {
    await this.#modify(actions, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes an action, or changes the one of that index. */
  async replace(actions: OneOrMany<TcAction>, options?: RequestOptions): Promise<void> {
    await this.#modify(actions, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /** Changes the action of that index; as of `tc`, one that is not there is made. */
  async change(actions: OneOrMany<TcAction>, options?: RequestOptions): Promise<void> {
    await this.#modify(actions, NLM_F_REPLACE, options);
  }

  /** @throws KernelError `ENOENT` there is none of that index. */
  async get(key: TcActionKey, options: TcActionListOptions = {}): Promise<TcActionInfo> {
    return asking(
      key,
      paths,
      async () => {
        const found = await this.#session.client.request(getActions(keyed(key)), options);
        const [action] = await this.#read([found!], options);
        return action!;
      },
      advice,
    );
  }

  /** @throws KernelError `ENOENT` there is none of that index; `EPERM` a filter has it. */
  async delete(key: TcActionKey, options?: RequestOptions): Promise<void> {
    await asking(key, paths, () => this.#session.client.request(delActions(keyed(key)), options), advice);
  }

  /** The actions of a kind, those of filters as well. */
  async list(kind: TcAction["kind"], options: TcActionListOptions = {}): Promise<TcActionInfo[]> {
    return asking({ kind }, paths, async () => {
      const tab = [{ kind: known(kind) }] as Actions["tab"];
      // The kernel sends 32 at a time otherwise.
      const flags = { value: LARGE_DUMP, selector: LARGE_DUMP };
      return this.#read(await this.#session.client.list(listActions({ tab, flags }), options), options);
    });
  }

  /**
   * Deletes the actions of a kind.
   *
   * @throws KernelError `EPERM` a filter has one of them: some may be left.
   */
  async flush(kind: TcAction["kind"], options?: RequestOptions): Promise<void> {
    await asking(
      { kind },
      paths,
      async () => {
        const tab = [{ kind: known(kind) }] as Actions["tab"];
        await this.#session.client.request(delActions({ tab }, NLM_F_ROOT), options);
      },
      advice,
    );
  }

  async #read(parts: readonly Actions[], options: TcActionListOptions): Promise<TcActionInfo[]> {
    const links = linksOf(await this.#session.names(options));
    const found = inUnits(
      actionsShape,
      parts.flatMap(({ tab = [] }) => tab),
    ) as Parameters<typeof readAction>[0][];
    return found.map((action) => readAction(action, links, options.stats === true));
  }

  async #modify(
    given: OneOrMany<TcAction>,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    const several = Array.isArray(given);
    const actions = (several ? given : [given]) as readonly TcAction[];
    const pathOf = (place: number) => (several ? `[${place}].` : "");
    const words: Words = Object.assign(
      {},
      ...actions.map((action, place) => pathsInAction(action, pathOf(place), `tab[${place}].`)),
    );
    await asking(
      given,
      words,
      async () => {
        const links = await resolveLinks(this.#session, linksInActions(actions, pathOf), options);
        const tab = actions.map((action, place) => writeAction(action, pathOf(place), links));
        const value = { tab: fromUnits(actionsShape, tab) } as Partial<Actions>;
        await this.#session.client.request(newActions(value, flags), options);
      },
      advice,
    );
  }
}

/** TCA_ACT_FLAG_LARGE_DUMP_ON (linux/rtnetlink.h). */
const LARGE_DUMP = 1;

const paths = { kind: "tab[0].kind", index: "tab[0].index" } as const;

function known(kind: string): string {
  if (typeof kind === "string" && Object.hasOwn(actionKinds, kind)) return kind;
  throw new InputError("kind", `one of ${Object.keys(actionKinds).join(", ")}`, kind);
}

function keyed({ kind, index }: TcActionKey): Partial<Actions> {
  if (!Number.isInteger(index) || index < 1) throw new InputError("index", "the index of an action", index);
  return { tab: [{ kind: known(kind), index }] as Actions["tab"] };
}

function advice(error: KernelError): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "index", hint: "there is an action of that index: replace() changes it" };
    case "ENOENT":
      return { hint: "there is no action of that index, or this kernel has no such kind" };
    case "EPERM":
      return { hint: "a filter has it, or it needs CAP_NET_ADMIN in the namespace's user namespace" };
    default:
      return undefined;
  }
}
