import type { Infer } from "../../netlink/codec/shape.ts";
import { classKinds } from "../../rtnl/tc/qdiscs/index.ts";
import type { KindTable } from "../tc/options.ts";
import { type Rules, rule, ruled, type Translated, type Translation } from "../tc/rules.ts";
import { type HfscClassOptions, hfscClass } from "./kinds/hfsc.ts";
import { type HtbClassOptions, htbClass } from "./kinds/htb.ts";

type ClassKinds = typeof classKinds;

/** Where `tc -d class` has other words than the kernel. */
export const classRules = {
  ets: {
    /** Bytes in a row, of a band that shares. */
    quantum: rule(
      "quantaBand",
      (bands: readonly number[]) => bands[0],
      (quantum) => [quantum],
    ),
  },
  qfq: {
    /** Largest packet, bytes. */
    maxpkt: "lmax",
  },
} as const satisfies { [K in keyof ClassKinds]?: Rules };

interface Special {
  hfsc: HfscClassOptions;
  htb: HtbClassOptions;
}

const special: { readonly [K in keyof Special]: Translation<Special[K]> } = {
  hfsc: hfscClass,
  htb: htbClass,
};

type RulesOf<K> = K extends keyof typeof classRules ? (typeof classRules)[K] : Record<never, never>;

/** A class's options in the words of `tc -d class`, by the kind of its queueing discipline. */
export type ClassOptionsOf<K extends keyof ClassKinds> = K extends keyof Special
  ? Special[K]
  : Translated<Infer<ClassKinds[K]>, RulesOf<K>>;

/** `{ kind, options }` of a class. */
export type TcClassOptions =
  | { [K in keyof ClassKinds]: { kind: K; options?: ClassOptionsOf<K> } }[keyof ClassKinds]
  | { kind: string & {}; options?: Uint8Array };

export const classTable: KindTable = {
  shapes: classKinds,
  translations: { ets: ruled(classRules.ets), qfq: ruled(classRules.qfq), ...special },
};
