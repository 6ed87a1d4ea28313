import { atField, InputError } from "../errors.ts";
import type { Code } from "./compile.ts";
import { type IntegerShape, u32 } from "./integer.ts";
import { isRecord } from "./record.ts";
import type { Shape } from "./shape.ts";

/** Names and values of an enumeration, in the kernel spec's words; a pair adds the kernel's own constant. */
export type Names = Readonly<Record<string, number | readonly [value: number, constant: string]>>;

/** A name, or the number of a value that has none. */
export type NameOf<M extends Names> = (keyof M & string) | (number & {});

/** `lower-up`, `lowerUp` → `LOWER_UP`, with the prefix in front. */
function constantName(prefix: string, name: string): string {
  return (
    prefix +
    name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replaceAll("-", "_")
      .toUpperCase()
  );
}

type Entries = readonly (readonly [name: string, value: number, constant: string | undefined])[];

/** What is known of the names, made when it is first asked for: few of the many tables are in one run. */
class Table {
  readonly #prefix: string;
  readonly #given: Names;
  readonly #sorted: boolean;

  /** @param sorted - in the order of the values. */
  constructor(prefix: string, given: Names, sorted: boolean) {
    this.#prefix = prefix;
    this.#given = given;
    this.#sorted = sorted;
  }

  #all(): Entries {
    const entries = Object.entries(this.#given).map(([name, entry]) =>
      typeof entry === "number" ? ([name, entry, undefined] as const) : ([name, ...entry] as const),
    );
    return this.#sorted ? entries.sort((a, b) => a[1] - b[1]) : entries;
  }

  #values: ReadonlyMap<string, number> | undefined;
  get values(): ReadonlyMap<string, number> {
    this.#values ??= new Map(
      Object.entries(this.#given).map(([name, entry]) => [
        name,
        typeof entry === "number" ? entry : entry[0],
      ]),
    );
    return this.#values;
  }

  /** The first name of each value. */
  #names: ReadonlyMap<number, string> | undefined;
  get names(): ReadonlyMap<number, string> {
    if (this.#names) return this.#names;
    const names = new Map<number, string>();
    for (const [name, value] of this.#all()) if (!names.has(value)) names.set(value, name);
    this.#names = names;
    return names;
  }

  #constants: ReadonlyMap<number, string> | undefined;
  get constants(): ReadonlyMap<number, string> {
    if (this.#constants) return this.#constants;
    const constants = new Map<number, string>();
    for (const [name, value, constant] of this.#all())
      if (!constants.has(value)) constants.set(value, constant ?? constantName(this.#prefix, name));
    this.#constants = constants;
    return constants;
  }
}

function toNumber(map: Table, value: unknown): number {
  if (typeof value === "number") return value;
  const number = map.values.get(value as string);
  if (number === undefined) throw new InputError("", `one of ${[...map.values.keys()].join(", ")}`, value);
  return number;
}

/** An enumeration or a set of flags, with what it is made of, for documentation and for checks against headers. */
export interface NamedShape<T> extends Shape<T> {
  readonly constants: ReadonlyMap<number, string>;
  readonly names: ReadonlyMap<number, string>;
  readonly of: IntegerShape<number>;
  /** The number of a name, or of names. */
  toNumber(value: T): number;
}

/** Names by number: an array where it is no longer than a byte's values. */
function nameTable(names: ReadonlyMap<number, string>): Record<number, string> {
  const dense = Math.max(...names.keys()) < 256;
  return Object.assign(dense ? [] : Object.create(null), Object.fromEntries(names)) as Record<number, string>;
}

/**
 * A number with names.
 *
 * @param prefix - of the kernel's constants: `RTN_` makes `unicast` RTN_UNICAST.
 */
export function enumeration<const M extends Names>(
  of: IntegerShape<number>,
  prefix: string,
  entries: M,
): NamedShape<NameOf<M>> {
  const map = new Table(prefix, entries, false);
  return {
    ...of,
    type: `enum ${of.type}`,
    of,
    get constants() {
      return map.constants;
    },
    get names() {
      return map.names;
    },
    toNumber: (value) => toNumber(map, value),
    source(code, at, length) {
      const names = code.capture(nameTable(map.names));
      return `(${names}[t = ${of.source!(code, at, length)}] ?? t)`;
    },
    decode(input, at, length, scope) {
      const number = of.decode(input, at, length, scope);
      return (map.names.get(number) ?? number) as NameOf<M>;
    },
    put: (code, value, at) => {
      const names = code.capture(map.values);
      return `(t = typeof ${value} === "number" ? ${value} : ${names}.get(${value}), ${of.put!(code, "t", at)})`;
    },
    encode: (output, value, scope) => of.encode(output, toNumber(map, value), scope),
    text(value) {
      const number = toNumber(map, value);
      return map.constants.get(number) ?? String(number);
    },
  };
}

/**
 * A number of named bits. The value is a frozen array of names in bit order; bits without a name are one number at
 * its end.
 */
export function flags<const M extends Names>(
  of: IntegerShape<number>,
  prefix: string,
  entries: M,
): NamedShape<readonly NameOf<M>[]> {
  const map = new Table(prefix, entries, true);
  const split = (number: number, names: ReadonlyMap<number, string>): (string | number)[] => {
    const parts: (string | number)[] = [];
    let rest = number >>> 0;
    for (const [bit, name] of names) {
      if (bit === 0 || (rest & bit) >>> 0 !== bit >>> 0) continue;
      parts.push(name);
      rest = (rest & ~bit) >>> 0;
    }
    if (rest !== 0) parts.push(rest);
    return parts;
  };
  const highest = 2 ** of.bits - 1;
  // A machine has few combinations: every link of a dump shares one array.
  const known = new Map<number, readonly NameOf<M>[]>();
  const namesOf = (number: number): readonly NameOf<M>[] => {
    let value = known.get(number);
    if (!value) {
      value = Object.freeze(split(number, map.names)) as readonly NameOf<M>[];
      if (known.size < 4096) known.set(number, value);
    }
    return value;
  };
  const bitsOf = (part: unknown, index: number): number => {
    const bits = map.values.get(part as string);
    return bits !== undefined && bits >= 0 && bits <= highest ? bits : checkedBits(part, index);
  };
  const checkedBits = (part: unknown, index: number): number => {
    try {
      const bits = toNumber(map, part);
      if (!Number.isInteger(bits) || bits < 0 || bits > highest)
        throw new InputError("", `bits of an integer 0 to ${highest}`, part);
      return bits;
    } catch (error) {
      throw atField(error, `[${index}]`);
    }
  };
  const combine = (value: readonly NameOf<M>[]): number => {
    if (!Array.isArray(value))
      throw new InputError("", `an array of ${[...map.values.keys()].join(", ")}`, value);
    let number = 0;
    for (let i = 0; i < value.length; i++) number |= bitsOf(value[i], i);
    return number >>> 0;
  };
  return {
    ...(of as Omit<IntegerShape<number>, "omits" | "explain" | "fast">),
    type: `flags ${of.type}`,
    of,
    get constants() {
      return map.constants;
    },
    get names() {
      return map.names;
    },
    toNumber: combine,
    source(code: Code, at: string, length: string) {
      return `((t = ${of.source!(code, at, length)}) === 0 ? ${code.capture(namesOf(0))} : ${code.capture(namesOf)}(t))`;
    },
    decode: (input, at, length, scope) => namesOf(of.decode(input, at, length, scope)),
    put: (code, value, at) => `(t = ${code.capture(combine)}(${value}), ${of.put!(code, "t", at)})`,
    encode: (output, value, scope) => of.encode(output, combine(value), scope),
    text: (value) =>
      split(combine(value), map.constants)
        .map((p) => (typeof p === "number" ? `0x${p.toString(16)}` : p))
        .join("|") || "0",
  };
}

/** struct nla_bitfield32: the bits, and which of them are meant (NLA_BITFIELD32). */
export interface Bitfield32 {
  value: number;
  selector: number;
}

export const bitfield32: Shape<Bitfield32> = {
  type: "bitfield32",
  size: 8,
  accepts: (length) => length === 8,
  decode: (input, at, _length, scope) => ({
    value: u32.decode(input, at, 4, scope),
    selector: u32.decode(input, at + 4, 4, scope),
  }),
  encode(output, value, scope) {
    if (!isRecord(value)) throw new InputError("", "an object with value and selector", value);
    for (const field of ["value", "selector"] as const) {
      try {
        u32.encode(output, value[field], scope);
      } catch (error) {
        throw atField(error, field);
      }
    }
  },
  text: ({ value, selector }) => `0x${value.toString(16)}/0x${selector.toString(16)}`,
};
