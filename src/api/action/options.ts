/** Actions in tc's words: the options stand beside the kind. */
import type { Infer, Shape } from "../../netlink/codec/shape.ts";
import { InputError } from "../../netlink/errors.ts";
import { actionKinds } from "../../rtnl/tc/actions/index.ts";
import type { Dev } from "../session.ts";
import { hexBytes, hexText } from "../tc/bytes.ts";
import { type KindTable, kernelOptions, wordsOfOptions } from "../tc/options.ts";
import type { Context, Rules, Translated, Translation } from "../tc/rules.ts";
import { ruled } from "../tc/rules.ts";
import { readStats, type TcStats } from "../tc/stats.ts";
import { type Words, withoutUndefined } from "../words.ts";
import { type CtOptions, ct } from "./kinds/ct.ts";
import { type MirredOptions, mirred } from "./kinds/mirred.ts";
import { type MplsOptions, mpls } from "./kinds/mpls.ts";
import { type NatOptions, nat } from "./kinds/nat.ts";
import { type PeditOptions, pedit } from "./kinds/pedit.ts";
import { type PoliceOptions, police } from "./kinds/police.ts";
import { type TunnelKeyOptions, tunnelKey } from "./kinds/tunnel-key.ts";
import { type ActionFields, type ControlAction, actionRules as common } from "./verdict.ts";
import { type ActionKinds, actionRules } from "./words.ts";

/** Kinds whose options take more than rules. */
interface Special {
  ct: CtOptions;
  mirred: MirredOptions;
  mpls: MplsOptions;
  nat: NatOptions;
  pedit: PeditOptions;
  police: PoliceOptions;
  tunnel_key: TunnelKeyOptions;
}

const special: { readonly [K in keyof Special]: Translation<Special[K]> } = {
  ct,
  mirred,
  mpls,
  nat,
  pedit,
  police,
  tunnel_key: tunnelKey,
};

type RulesOf<K> = K extends keyof typeof actionRules ? (typeof actionRules)[K] : Record<never, never>;

/** An action's options in the words of `tc -j -d actions`. */
export type ActionOptionsOf<K extends keyof ActionKinds> = K extends keyof Special
  ? Special[K]
  : ActionFields & Omit<Translated<Infer<ActionKinds[K]>, RulesOf<K>>, "parms" | "act" | "tm">;

/** What every action may have. */
export interface ActionSettings {
  /** Up to 16 bytes that come back, as hexadecimal digits. */
  cookie?: string;
  /** Counts for all processors together. */
  noPercpu?: boolean;
  /** Not in hardware. */
  skipHw?: boolean;
  /** In hardware alone. */
  skipSw?: boolean;
  /** How hardware may count; an empty array: not at all. */
  hwStats?: ("immediate" | "delayed")[];
}

/** TCA_ACT_FLAGS_* and TCA_ACT_HW_STATS_* (linux/pkt_cls.h). */
const FLAGS = { noPercpu: 1, skipHw: 2, skipSw: 4 } as const;
const HW_STATS = { immediate: 1, delayed: 2 } as const;
const ALL_STATS = 3;

function writeSettings({ cookie, hwStats, ...given }: ActionSettings, path: string): object {
  const flags = (Object.keys(FLAGS) as (keyof typeof FLAGS)[]).filter((word) => given[word]);
  const value = flags.reduce((bits, word) => bits | FLAGS[word], 0);
  return {
    cookie: cookie === undefined ? undefined : hexBytes(cookie, `${path}cookie`),
    flags: value === 0 ? undefined : { value, selector: value },
    hwStats: hwStats && {
      value: hwStats.reduce((bits, word, place) => {
        if (!Object.hasOwn(HW_STATS, word))
          throw new InputError(`${path}hwStats[${place}]`, "immediate or delayed", word);
        return bits | HW_STATS[word];
      }, 0),
      selector: ALL_STATS,
    },
  };
}

interface KernelSettings {
  cookie?: Uint8Array;
  flags?: { value: number };
  hwStats?: { value: number };
}

function readSettings({ cookie, flags, hwStats }: KernelSettings): ActionSettings {
  const set = Object.entries(FLAGS).filter(([, bit]) => ((flags?.value ?? 0) & bit) !== 0);
  const words = Object.keys(HW_STATS) as (keyof typeof HW_STATS)[];
  return {
    cookie: cookie === undefined ? undefined : hexText(cookie),
    ...Object.fromEntries(set.map(([word]) => [word, true])),
    hwStats: hwStats && words.filter((word) => (hwStats.value & HW_STATS[word]) !== 0),
  };
}

/** An action, of a filter or on its own: `{ kind: "gact", controlAction: { type: "drop" } }`. */
export type TcAction = ActionSettings &
  { [K in keyof ActionKinds]: { kind: K } & ActionOptionsOf<K> }[keyof ActionKinds];

/** An action as it is read, with counters where they are asked for. */
export type TcActionInfo = TcAction & TcStats & ActionAges;

const PASS: ControlAction = { type: "pass" };
const PIPE: ControlAction = { type: "pipe" };

/** Where the kernel has the struct that all actions have alike. */
const structs: Readonly<Record<string, string>> = { ctinfo: "act" };

const byRule = Object.fromEntries(
  Object.keys(actionKinds).map((kind) => {
    const rules = (actionRules as Readonly<Record<string, Rules>>)[kind] ?? {};
    const translation = ruled({ ...common(structs[kind] ?? "parms"), ...rules });
    const controlAction = kind === "csum" ? PASS : kind === "gact" ? undefined : PIPE;
    const withDefaults: Translation<object> = {
      get paths() {
        return translation.paths;
      },
      write(words, path, links) {
        const options = translation.write({ controlAction, ...words }, path, links);
        return kind === "bpf" ? withLength(options) : options;
      },
      read: (options, links) => translation.read(options, links),
    };
    return [kind, withDefaults];
  }),
);

/** The number of a classic program's instructions goes with it. */
export function withLength(options: { ops?: Uint8Array }): object {
  return options.ops === undefined ? options : { ...options, opsLen: options.ops.length / 8 };
}

export const actionTable: KindTable = {
  shapes: actionKinds as Readonly<Record<string, Shape<unknown>>>,
  translations: { ...byRule, ...special },
};

/** What the kernel takes, in our units. @param path - of the action with a dot behind it: `actions[0].` */
export function writeAction(action: TcAction, path: string, links: Context): object {
  const { kind, cookie, noPercpu, skipHw, skipSw, hwStats, ...options } = action;
  if (typeof kind !== "string" || !Object.hasOwn(actionKinds, kind)) {
    throw new InputError(`${path}kind`, `one of ${Object.keys(actionKinds).join(", ")}`, kind);
  }
  return withoutUndefined({
    kind,
    options: kernelOptions(actionTable, kind, options, path, links),
    ...writeSettings({ cookie, noPercpu, skipHw, skipSw, hwStats }, path),
  });
}

interface KernelAction extends KernelSettings {
  kind?: string;
  options?: unknown;
  stats?: Parameters<typeof readStats>[0];
}

/** How long ago, in seconds. */
export interface ActionAges {
  /** It was made. */
  installed?: number;
  /** A packet was there last. */
  lastUsed?: number;
  /** A packet was there first. */
  firstUsed?: number;
}

interface KernelAges {
  install?: number;
  lastuse?: number;
  firstuse?: number;
}

/** The kernel's clock ticks so often a second for users. */
const USER_HZ = 100;

function readAges({ install, lastuse, firstuse }: KernelAges): ActionAges {
  const seconds = (ticks: number | undefined) => (ticks === undefined ? undefined : ticks / USER_HZ);
  return { installed: seconds(install), lastUsed: seconds(lastuse), firstUsed: seconds(firstuse) };
}

/** What the kernel reports, in our units. */
export function readAction(
  { kind, options, stats, ...settings }: KernelAction,
  context: Context,
  counters: boolean,
): TcActionInfo {
  const { tm, ...own } = (options ?? {}) as { tm?: KernelAges };
  const counted = Object.entries(own).filter(([name]) => counters || !name.startsWith("stats"));
  return withoutUndefined({
    kind,
    ...(wordsOfOptions(actionTable, kind, Object.fromEntries(counted), context) as object),
    ...readSettings(settings),
    ...(counters && { ...readStats(stats), ...readAges(tm ?? {}) }),
  }) as TcActionInfo;
}

/** Links that actions name. @param pathOf - the path of the action at a place, with a dot behind it */
export function linksInActions(
  actions: readonly TcAction[],
  pathOf: (place: number) => string,
): (readonly [Dev, string])[] {
  return actions.flatMap((action, place) =>
    action.kind === "mirred" && action.toDev !== undefined
      ? [[action.toDev, `${pathOf(place)}toDev`] as const]
      : [],
  );
}

/** Where errors are in an action that was given. @param kernels - the kernel's path of it, with a dot behind it */
export function pathsInAction({ kind }: { readonly kind: string }, path: string, kernels: string): Words {
  const paths = Object.hasOwn(actionTable.translations, kind) ? actionTable.translations[kind]!.paths : {};
  return Object.fromEntries(
    Object.entries(paths).map(([word, name]) => [`${path}${word}`, `${kernels}options.${name}`]),
  );
}

/** Where errors are in several. @param kernels - the kernel's path of the array */
export function pathsInActions(actions: unknown, path: string, kernels: string): Words {
  const each = (Array.isArray(actions) ? actions : []).map((action, place) =>
    pathsInAction(action, `${path}[${place}].`, `${kernels}[${place}].`),
  );
  return { ...Object.assign({}, ...each), [path]: kernels };
}
