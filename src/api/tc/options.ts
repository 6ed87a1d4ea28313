/** Options of a kind between tc's words and the kernel's. */
import type { Shape } from "../../netlink/codec/shape.ts";
import type { Words } from "../words.ts";
import { withoutUndefined } from "../words.ts";
import { type LinkNames, ruled, type Translation } from "./rules.ts";
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

/** The kernel's options of what was given; bytes, and those of a kind unknown here, are taken as they are. */
export function writeOptions(
  table: KindTable,
  kind: string,
  options: object | undefined,
  path: string,
  links: LinkNames,
): unknown {
  const translation = translationOf(table, kind);
  const given = options ?? (translation.always ? {} : undefined);
  if (given === undefined || given instanceof Uint8Array) return given;
  const kernels = translation.write(given, path, links);
  return fromUnits(ownOf(table.shapes, kind), withoutUndefined(kernels));
}

export function readOptions(
  table: KindTable,
  kind: string | undefined,
  options: unknown,
  links: LinkNames,
): unknown {
  if (options === undefined || options instanceof Uint8Array) return options;
  const ours = inUnits(ownOf(table.shapes, kind), options) as object;
  return withoutUndefined(translationOf(table, kind).read(ours, links));
}

/** Where errors are in what was given: `options.limit` → `options.parms.limit`. */
export function optionPaths(table: KindTable, kind: string | undefined): Words {
  const entries = Object.entries(translationOf(table, kind).paths);
  return Object.fromEntries(entries.map(([word, name]) => [`options.${word}`, `options.${name}`]));
}
