/** Filters in tc's words: the options by the kind, the actions in them as {@link TcAction}s. */
import type { Infer } from "../../netlink/codec/shape.ts";
import type { Action } from "../../rtnl/tc/actions/action.ts";
import { filterKinds } from "../../rtnl/tc/filters/index.ts";
import {
  linksInActions,
  pathsInActions,
  readAction,
  type TcAction,
  type TcActionInfo,
  withLength,
  writeAction,
} from "../action/options.ts";
import type { Dev } from "../session.ts";
import { nameOf } from "../session.ts";
import { bytecodeBytes, bytecodeFrom, type Instruction } from "../tc/bytecode.ts";
import { hexBytes, hexText } from "../tc/bytes.ts";
import { type KindTable, kernelOptions, optionPaths, wordsOfOptions } from "../tc/options.ts";
import {
  type Context,
  has,
  type Rules,
  rule,
  ruled,
  type Translated,
  type Translation,
} from "../tc/rules.ts";
import { fromUnits, inUnits } from "../tc/units.ts";
import type { Words } from "../words.ts";
import { type FilterFields, fieldRules, handle, hardware } from "./common.ts";
import { flower } from "./kinds/flower.ts";
import type { FlowerOptions } from "./kinds/flower-keys.ts";
import { type U32Options, u32 } from "./kinds/u32.ts";

type FilterKinds = typeof filterKinds;

/** Where `tc -j -d filter` has other words than the kernel; `ematches` are the kernel's own. */
export const filterWords = {
  basic: { classid: handle("classid") },
  bpf: {
    classid: handle("classid"),
    /** Descriptor of a loaded program; never read back. */
    fd: "fd",
    /** A classic program. */
    bytecode: rule("ops", bytecodeFrom, (given: Instruction[]) => bytecodeBytes(given)),
    /** The program returns the verdict. */
    directAction: has("flags", "act-direct"),
    /** Digest of the program; only read. */
    tag: rule("tag", hexText, hexBytes),
  },
  cgroup: {},
  flow: {
    /** First class: `1:1`. */
    baseclass: handle("baseclass"),
    /** How often the hash changes, seconds. */
    perturb: "perturb",
  },
  fw: { classid: handle("classid") },
  matchall: { classid: handle("classid") },
  route: { classid: handle("classid") },
} as const;

/** What the kernel reports and nobody gives. */
type Counters = "pcnt" | "act" | "police" | "opsLen";

interface Special {
  flower: FlowerOptions;
  u32: U32Options;
  route: Omit<Translated<Infer<FilterKinds["route"]>, (typeof filterWords)["route"]>, Counters | "iif"> & {
    /** Link that the packet came by. */
    iif?: Dev;
  };
  matchall: FilterFields;
  bpf: Omit<Translated<Infer<FilterKinds["bpf"]>, (typeof filterWords)["bpf"]>, Counters | "flagsGen"> &
    FilterFields;
}

type RulesOf<K> = K extends keyof typeof filterWords ? (typeof filterWords)[K] : Record<never, never>;

/** A filter's options in the words of `tc -j -d filter`. */
export type FilterOptionsOf<K extends keyof FilterKinds> = (K extends keyof Special
  ? Special[K]
  : Omit<Translated<Infer<FilterKinds[K]>, RulesOf<K>>, Counters>) & {
  /** What is done with a packet that matches, in this order. */
  actions?: TcAction[];
};

/** `{ kind, options }` of a filter. Of a kind unknown here the options are bytes. */
export type TcFilterOptions =
  | { [K in keyof FilterKinds]: { kind: K; options?: FilterOptionsOf<K> } }[keyof FilterKinds]
  | { kind: string & {}; options?: Uint8Array };

function without(translation: Translation<object>, ...fields: readonly string[]): Translation<object> {
  return {
    ...translation,
    read(options, context) {
      const kept = Object.entries(options as object).filter(([field]) => !fields.includes(field));
      return translation.read(Object.fromEntries(kept), context);
    },
  };
}

const plain = (rules: Rules) => without(ruled(rules), "pcnt");
const route = plain(filterWords.route);
const bpf = without(ruled({ ...filterWords.bpf, ...hardware("flagsGen") }), "opsLen");

export const filterTable: KindTable = {
  shapes: filterKinds,
  translations: {
    basic: plain(filterWords.basic),
    bpf: { ...bpf, write: (words, path, context) => withLength(bpf.write(words, path, context)) },
    cgroup: plain(filterWords.cgroup),
    flow: plain(filterWords.flow),
    flower,
    fw: plain(filterWords.fw),
    matchall: plain(fieldRules),
    route: {
      ...route,
      // The kernel wants the one that it would compute.
      handle: ({ to = 0x8000, from, iif }: { to?: number; from?: number; iif?: number }) =>
        (to + (from ?? (iif === undefined ? 0xffff : iif + 0x8000)) * 0x10000) >>> 0,
      write(words: { iif?: Dev }, path, context) {
        const iif = words.iif === undefined ? undefined : context.index(words.iif, `${path}iif`);
        return route.write({ ...words, iif }, path, context);
      },
      read(options: { iif?: number }, context) {
        const iif = options.iif === undefined ? undefined : nameOf(context.names, options.iif);
        return route.read({ ...options, iif }, context);
      },
    },
    u32,
  },
};

const PATH = "options.";
const ACTIONS = `${PATH}actions`;

/** The kernel's options of a filter, and the handle that follows from them for kinds where it does. */
export function writeFilterOptions(
  kind: string,
  options: TcFilterOptions["options"],
  context: Context,
): { options: unknown; tcmHandle?: number } {
  if (options === undefined || options instanceof Uint8Array) return { options };
  const { actions, ...rest } = options as { actions?: TcAction[] };
  const kernels = kernelOptions(filterTable, kind, rest, PATH, context);
  const act = actions?.map((action, place) => writeAction(action, `${ACTIONS}[${place}].`, context));
  const handle = Object.hasOwn(filterTable.translations, kind)
    ? filterTable.translations[kind]!.handle
    : undefined;
  return {
    options: fromUnits(shapeOf(kind), { ...kernels, act }),
    ...(handle && kernels && { tcmHandle: handle(kernels) }),
  };
}

/** A filter's options in tc's words. */
export function readFilterOptions(
  kind: string | undefined,
  options: unknown,
  context: Context,
  stats: boolean,
): unknown {
  if (options === undefined || options instanceof Uint8Array) return options;
  const { act, ...rest } = inUnits(shapeOf(kind), options) as { act?: Action[] };
  const words = wordsOfOptions(filterTable, kind, rest, context) as object;
  const actions: TcActionInfo[] | undefined = act?.map((action) =>
    readAction(action as Parameters<typeof readAction>[0], context, stats),
  );
  return actions ? { ...words, actions } : words;
}

function shapeOf(kind: string | undefined) {
  return kind !== undefined && Object.hasOwn(filterKinds, kind)
    ? filterKinds[kind as keyof FilterKinds]
    : undefined;
}

/** Links that a filter names. */
export function linksInFilter(options: TcFilterOptions["options"]): (readonly [Dev, string])[] {
  if (options === undefined || options instanceof Uint8Array) return [];
  const { actions, iif } = options as { actions?: TcAction[]; iif?: Dev };
  return [
    ...(iif === undefined ? [] : [[iif, `${PATH}iif`] as const]),
    ...linksInActions(Array.isArray(actions) ? actions : [], (place) => `${ACTIONS}[${place}].`),
  ];
}

/** Where errors are in a filter that was given. */
export function filterPaths(kind: string, options: TcFilterOptions["options"]): Words {
  const actions = (options as { actions?: unknown } | undefined)?.actions;
  return { ...pathsInActions(actions, ACTIONS, `${PATH}act`), ...optionPaths(filterTable, kind) };
}
