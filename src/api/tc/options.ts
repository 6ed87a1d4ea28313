/** Options of a kind between tc's words and the kernel's. */
import type { Shape } from "../../netlink/codec/shape.ts";
import type { Words } from "../words.ts";
import { withoutUndefined } from "../words.ts";
import { type Context, ruled, type Translation } from "./rules.ts";
import { fromUnits, inUnits } from "./units.ts";

/** The kinds of one object: their schemas, and the translations of those that have one. */
export interface KindTable {
  readonly shapes: Readonly<Record<string, Shape<unknown>>>;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has words of its own
  readonly translations: Readonly<Record<string, Translation<any>>>;
}

const same = ruled({});

function ownOf<T>(table: Readonly<Record<string, T>>, kind: string | undefined): T | undefined {
  return kind !== undefined && Object.hasOwn(table, kind) ? table[kind] : undefined;
}

function translationOf({ translations }: KindTable, kind: string | undefined): Translation<object> {
  return ownOf(translations, kind) ?? same;
}

/** The kernel's options of what was given, still in our units; bytes are taken as they are. */
export function kernelOptions(
  table: KindTable,
  kind: string,
  options: object | undefined,
  path: string,
  links: Context,
): object | undefined {
  const translation = translationOf(table, kind);
  const given = options ?? (translation.always ? {} : undefined);
  if (given === undefined || given instanceof Uint8Array) return given;
  return withoutUndefined(translation.write(given, path, links));
}

/** The kernel's options of what was given. */
export function writeOptions(
  table: KindTable,
  kind: string,
  options: object | undefined,
  path: string,
  links: Context,
): unknown {
  return fromUnits(ownOf(table.shapes, kind), kernelOptions(table, kind, options, path, links));
}

/** tc's words for what the kernel reported, which is in our units already. */
export function wordsOfOptions(
  table: KindTable,
  kind: string | undefined,
  options: unknown,
  links: Context,
): unknown {
  if (options === undefined || options instanceof Uint8Array) return options;
  return withoutUndefined(translationOf(table, kind).read(options, links));
}

/** tc's words for what the kernel reported. */
export function readOptions(
  table: KindTable,
  kind: string | undefined,
  options: unknown,
  links: Context,
): unknown {
  const shape = ownOf(table.shapes, kind);
  return wordsOfOptions(table, kind, shape ? inUnits(shape, options) : options, links);
}

/** Where errors are in what was given: `options.limit` → `options.parms.limit`. */
export function optionPaths(table: KindTable, kind: string | undefined): Words {
  const entries = Object.entries(translationOf(table, kind).paths);
  return Object.fromEntries(entries.map(([word, name]) => [`options.${word}`, `options.${name}`]));
}
