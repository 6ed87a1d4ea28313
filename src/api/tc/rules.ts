/**
 * tc's words for the options of a kind: a table of rules. What no rule is about has the kernel's name; rules that differ
 * in more than the name say how to read and to write.
 */

import { isRecord } from "../../netlink/codec/record.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { InputError } from "../../netlink/errors.ts";
import type { LinkName } from "../session.ts";
import type { Plain, Words } from "../words.ts";

/** A word that is more than another name for the kernel's field. */
export interface Rule<W, At extends string = string> {
  /** Path of the kernel's field: `parms.limit`. */
  readonly at: At;
  /** The word's value for the kernel's, in our units; undefined for none. */
  // biome-ignore lint/suspicious/noExplicitAny: the kernel's value has the type that its path has
  read(value: any): W | undefined;
  /** The kernel's value; `before` is what other words made of the same field. @throws InputError at `path` */
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  write(word: W, path: string, before: any): unknown;
}

/** tc's word → where the kernel has it. */
// biome-ignore lint/suspicious/noExplicitAny: rules of any type
export type Rules = Readonly<Record<string, string | Rule<any>>>;

type PathOf<R> = R extends string ? R : R extends { readonly at: infer At } ? At : never;
type Head<P> = P extends `${infer H}.${string}` ? H : P extends string ? P : never;
type ValueAt<T, P> = P extends `${infer H}.${infer R}`
  ? H extends keyof T
    ? ValueAt<NonNullable<T[H]>, R>
    : never
  : P extends keyof T
    ? NonNullable<T[P]>
    : never;
type WordOf<T, R> = R extends string ? Plain<ValueAt<T, R>> : R extends Rule<infer W> ? W : never;

/** What nobody gives or reads. */
type Never = "pad" | "unknown" | "trailing";

/** `T` in the words of the rules. */
export type Translated<T, R> = Plain<Omit<T, Head<PathOf<R[keyof R]>> | Never>> & {
  -readonly [W in keyof R]?: WordOf<T, R[W]>;
};

/** What options depend on besides themselves. */
export interface Context {
  /** Of a link that they name. @throws InputError at `path` where it was not found */
  index(dev: unknown, path: string): number;
  /** For reading. */
  readonly names: ReadonlyMap<number, LinkName>;
  /** EtherType that a filter is for; undefined for all. */
  readonly protocol?: number | undefined;
}

/** A kind's options in tc's words and in the kernel's. */
export interface Translation<W> {
  /** Paths of errors: tc's word → the kernel's. */
  readonly paths: Words;
  /** The handle of a filter with these options of the kernel's. */
  // biome-ignore lint/suspicious/noExplicitAny: as in read
  handle?(options: any): number;
  /** The kernel refuses the kind without options. */
  readonly always?: boolean | undefined;
  /** @param path - of the options in what the caller gave, with a dot behind it. */
  write(words: W, path: string, links: Context): object;
  // biome-ignore lint/suspicious/noExplicitAny: what the kernel sends has the type of its schema
  read(options: any, links: Context): W;
}

/** Shapes tell the type alone. */
export function byRules<T, const R extends Rules>(_: Shape<T>, rules: R): Translation<Translated<T, R>> {
  return ruled(rules) as Translation<Translated<T, R>>;
}

/** {@link byRules} without types. Worked out at first use: most programs need few kinds or none. */
export function ruled(rules: Rules): Translation<object> {
  const prepare = () => {
    const entries = Object.entries(rules).map(([word, rule]) => ({
      word,
      rule: typeof rule === "string" ? same(rule) : rule,
    }));
    return {
      entries,
      heads: new Set(entries.map(({ rule }) => rule.at.split(".")[0]!)),
      paths: Object.fromEntries(entries.map(({ word, rule }) => [word, rule.at])),
    };
  };
  let prepared: ReturnType<typeof prepare> | undefined;
  const ready = () => {
    prepared ??= prepare();
    return prepared;
  };
  return {
    get paths() {
      return ready().paths;
    },
    write(words, path) {
      const given = words as Readonly<Record<string, unknown>>;
      const options: Record<string, unknown> = {};
      for (const [word, value] of Object.entries(given)) {
        if (value !== undefined && !Object.hasOwn(rules, word)) options[word] = value;
      }
      for (const { word, rule } of ready().entries) {
        if (given[word] === undefined) continue;
        put(options, rule.at, rule.write(given[word], `${path}${word}`, at(options, rule.at)));
      }
      return options;
    },
    read(options: Record<string, unknown>) {
      const words: Record<string, unknown> = {};
      const { entries, heads } = ready();
      for (const [name, value] of Object.entries(options)) {
        if (!heads.has(name) && name !== "pad") words[name] = value;
      }
      for (const { word, rule } of entries) {
        const value = rule.read(at(options, rule.at));
        if (value !== undefined) words[word] = value;
      }
      return words;
    },
  };
}

/** Refuses words that a kind does not have. */
export function onlyWords(words: object, path: string, known: readonly string[]): void {
  for (const [word, value] of Object.entries(words)) {
    if (value !== undefined && !known.includes(word))
      throw new InputError(`${path}${word}`, `one of ${known.join(", ")}`, value);
  }
}

function at(options: unknown, path: string): unknown {
  let value = options;
  for (const field of path.split(".")) value = isRecord(value) ? value[field] : undefined;
  return value;
}

function put(options: Record<string, unknown>, path: string, value: unknown): void {
  const [field, ...rest] = path.split(".");
  if (rest.length === 0) options[field!] = value;
  else put((options[field!] ??= {}) as Record<string, unknown>, rest.join("."), value);
}

function same<At extends string>(path: At): Rule<unknown, At> {
  return { at: path, read: (value) => value, write: (word) => word };
}

/** A boolean where the kernel has 0 and 1. */
export function bool<At extends string>(path: At): Rule<boolean, At> {
  return {
    at: path,
    read: (value) => (value === undefined ? undefined : Number(value) !== 0),
    write(word, field) {
      if (typeof word !== "boolean") throw new InputError(field, "a boolean", word);
      return Number(word);
    },
  };
}

/** A boolean that is one of the kernel's flags. */
export function has<At extends string>(path: At, flag: string): Rule<boolean, At> {
  return {
    at: path,
    read: (flags: readonly unknown[] | undefined) => flags?.includes(flag),
    write(word, field, before: readonly unknown[] = []) {
      if (typeof word !== "boolean") throw new InputError(field, "a boolean", word);
      return word ? [...before, flag] : before;
    },
  };
}

/** Other words for the kernel's. */
export function oneOf<At extends string, const M extends Readonly<Record<string, string | number>>>(
  path: At,
  words: M,
): Rule<keyof M & string, At> {
  const back = new Map<unknown, string>(Object.entries(words).map(([word, name]) => [name, word]));
  return {
    at: path,
    read: (value) => back.get(value) ?? value,
    write(word, field) {
      if (Object.hasOwn(words, word)) return words[word];
      throw new InputError(field, `one of ${Object.keys(words).join(", ")}`, word);
    },
  };
}

/** A fraction of 1 where the kernel has a part of `whole`. */
export function share<At extends string>(path: At, whole = 0xffffffff): Rule<number, At> {
  return {
    at: path,
    read: (value) => (value === undefined ? undefined : value / whole),
    write: (word, field) => fraction(word, field, whole),
  };
}

export function fraction(word: unknown, field: string, whole = 0xffffffff): number {
  if (typeof word === "number" && word >= 0 && word <= 1) return Math.round(word * whole);
  throw new InputError(field, "a fraction, 0 to 1", word);
}

/** A number that is not reported where it is `none`. */
export function unless<At extends string>(path: At, none: number): Rule<number, At> {
  return { at: path, read: (value) => (value === none ? undefined : value), write: (word) => word };
}

/** 2 to the power of what the kernel has. */
export function power<At extends string>(path: At): Rule<number, At> {
  return {
    at: path,
    read: (value) => (value === undefined ? undefined : 2 ** value),
    write(word, field) {
      if (Number.isInteger(Math.log2(word))) return Math.log2(word);
      throw new InputError(field, "a power of two", word);
    },
  };
}

/** Anything else. */
export function rule<W, At extends string>(
  path: At,
  // biome-ignore lint/suspicious/noExplicitAny: as in Rule
  read: (value: any) => W | undefined,
  write: (word: W, field: string) => unknown,
): Rule<W, At> {
  return { at: path, read: (value) => (value === undefined ? undefined : read(value)), write };
}
