import type { Infer } from "../../netlink/codec/shape.ts";
import { qdiscKinds } from "../../rtnl/tc/qdiscs/index.ts";
import type { KindTable } from "../tc/options.ts";
import { ruled, type Translated, type Translation } from "../tc/rules.ts";
import { type GredOptions, gred } from "./kinds/gred.ts";
import { type NetemOptions, netem } from "./kinds/netem.ts";
import { type ChokeOptions, choke, type RedOptions, red, type SfqOptions, sfq } from "./kinds/red.ts";
import { type TbfOptions, tbf } from "./kinds/tbf.ts";
import { type MqprioOptions, mqprio, type TaprioOptions, taprio } from "./kinds/traffic-classes.ts";
import { type QdiscKinds, qdiscDefaults, qdiscRules } from "./words.ts";

/** Kinds whose options take more than rules. */
interface Special {
  choke: ChokeOptions;
  gred: GredOptions;
  mqprio: MqprioOptions;
  netem: NetemOptions;
  red: RedOptions;
  sfq: SfqOptions;
  taprio: TaprioOptions;
  tbf: TbfOptions;
}

const special: { readonly [K in keyof Special]: Translation<Special[K]> } = {
  choke,
  gred,
  mqprio,
  netem,
  red,
  sfq,
  taprio,
  tbf,
};

type RulesOf<K> = K extends keyof typeof qdiscRules ? (typeof qdiscRules)[K] : Record<never, never>;

/** A kind's options in the words of `tc -j -d qdisc`. */
export type QdiscOptionsOf<K extends keyof QdiscKinds> = K extends keyof Special
  ? Special[K]
  : Translated<Infer<QdiscKinds[K]>, RulesOf<K>>;

/** `{ kind, options }` of a queueing discipline. Of a kind unknown here the options are bytes. */
export type QdiscOptions =
  | { [K in keyof QdiscKinds]: { kind: K; options?: QdiscOptionsOf<K> } }[keyof QdiscKinds]
  | { kind: string & {}; options?: Uint8Array };

/** Kinds that the kernel does not make without options. */
const NEEDED = new Set(["htb", "multiq", "prio"]);

function withDefaults(kind: string, translation: Translation<object>): Translation<object> {
  const defaults = (qdiscDefaults as Readonly<Record<string, (words: object) => object>>)[kind];
  if (!defaults) return translation;
  return {
    get paths() {
      return translation.paths;
    },
    always: NEEDED.has(kind),
    write: (words, path, links) => translation.write({ ...defaults(words), ...words }, path, links),
    read: (options, links) => translation.read(options, links),
  };
}

const byRule = Object.fromEntries(
  Object.keys(qdiscKinds).map((kind) => {
    const rules = (qdiscRules as Readonly<Record<string, object>>)[kind] ?? {};
    return [kind, withDefaults(kind, ruled(rules as Parameters<typeof ruled>[0]))];
  }),
);

export const qdiscTable: KindTable = { shapes: qdiscKinds, translations: { ...byRule, ...special } };
