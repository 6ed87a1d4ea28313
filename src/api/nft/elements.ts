/** Elements of sets and maps: keys, intervals, and what keys stand for. */
import { InputError } from "../../netlink/errors.ts";
import type { Data, SetElement } from "../../nft/index.ts";
import { bytesOf, type Datatype, type Scalar } from "./datatypes.ts";
import type { Key, NftElement, Part, Verdict } from "./json.ts";
import { wordsFor } from "./registers.ts";
import { isVerdict, readVerdict, writeVerdict } from "./verdict.ts";

/** First and last value of an interval, or twice the same. */
export interface Bounds {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

export function isInterval(part: Part): part is Exclude<Part, Scalar> {
  return typeof part === "object";
}

export function boundsOf(part: Part, type: Datatype, path: string): Bounds {
  if (!isInterval(part)) {
    const value = type.parse(part, path);
    return { from: value, to: value };
  }
  if ("range" in part) {
    return {
      from: type.parse(part.range[0], `${path}.range[0]`),
      to: type.parse(part.range[1], `${path}.range[1]`),
    };
  }
  const from = type.parse(part.prefix.addr, `${path}.prefix.addr`);
  const mask = prefixMask(part.prefix.len, type.size, `${path}.prefix.len`);
  return {
    from: from.map((byte, at) => byte & mask[at]!),
    to: from.map((byte, at) => byte | (~mask[at]! & 0xff)),
  };
}

export function prefixMask(length: number, size: number, path: string): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > size * 8)
    throw new InputError(path, `0 to ${size * 8}`, length);
  return Uint8Array.from(
    { length: size },
    (_, at) => (0xff00 >> Math.min(Math.max(length - at * 8, 0), 8)) & 0xff,
  );
}

export const partsOf = (key: Key): Part[] =>
  typeof key === "object" && "concat" in key ? key.concat : [key as Part];

const keyOf = (element: NftElement): Key => (Array.isArray(element) ? element[0] : element);

export const hasIntervals = (elements: readonly NftElement[]): boolean =>
  elements.some((element) => partsOf(keyOf(element)).some(isInterval));

/** What a map's values are. */
export type ValueType = Datatype | "verdict" | undefined;

/** The elements of nf_tables; an interval of a key of one part is two of them. */
export function writeElements(
  elements: readonly NftElement[],
  types: readonly Datatype[],
  value: ValueType,
  interval: boolean,
  path: string,
): SetElement[] {
  return elements.flatMap((element, index): SetElement[] => {
    const at = `${path}[${index}]`;
    const parts = partsOf(keyOf(element));
    if (parts.length !== types.length) throw new InputError(at, `${types.length} parts`, element);
    if (value !== undefined && !Array.isArray(element)) throw new InputError(at, "[key, value]", element);
    const bounds = parts.map((part, number) => boundsOf(part, types[number]!, at));
    const data =
      Array.isArray(element) && value !== undefined ? { data: writeData(element[1], value, at) } : {};
    const from = concatenated(bounds.map((bound) => bound.from));
    const to = concatenated(bounds.map((bound) => bound.to));
    const begin: SetElement = { key: { value: from }, ...data };
    if (!interval) return [begin];
    if (types.length > 1) return [{ ...begin, keyEnd: { value: to } }];
    const behind = next(to);
    return behind ? [begin, { key: { value: behind }, flags: ["interval-end"] }] : [begin];
  });
}

function writeData(value: Scalar | Verdict, type: Exclude<ValueType, undefined>, path: string): Data {
  if (type === "verdict") {
    if (!isVerdict(value)) throw new InputError(path, "a verdict: { accept: null } …", value);
    return { verdict: writeVerdict(value) };
  }
  return { value: type.parse(value as Scalar, path) };
}

/** Parts of a key begin at fours of bytes. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const words = parts.reduce((sum, { length }) => sum + wordsFor(length), 0);
  const bytes = new Uint8Array(words * 4);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += wordsFor(part.length) * 4;
  }
  return bytes;
}

function next(bytes: Uint8Array): Uint8Array | undefined {
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) + 1n;
  if (number >= 256n ** BigInt(bytes.length)) return undefined;
  const hex = number.toString(16).padStart(bytes.length * 2, "0");
  return Uint8Array.from({ length: bytes.length }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
}

/** Elements as the kernel lists them, in nft's words; intervals are put together. */
export function readElements(
  elements: readonly SetElement[],
  types: readonly Datatype[],
  value: ValueType,
  interval: boolean,
): NftElement[] {
  const withValue = (key: Key, { data }: SetElement): NftElement => {
    if (value === undefined) return key;
    return [
      key,
      value === "verdict" ? readVerdict(data?.verdict) : value.format(data?.value ?? new Uint8Array()),
    ];
  };
  const sorted = [...elements].sort((one, other) => compare(one, other));
  if (types.length > 1) {
    return sorted.map((element) => {
      const from = split(element.key?.value, types);
      const to = element.keyEnd ? split(element.keyEnd.value, types) : from;
      const parts = types.map((type, number) => partOf({ from: from[number]!, to: to[number]! }, type));
      return withValue({ concat: parts }, element);
    });
  }
  const [type] = types as [Datatype];
  if (!interval) {
    return sorted.map((element) => withValue(type.format(element.key!.value!), element));
  }
  return sorted.flatMap((element, index): NftElement[] => {
    if (element.flags?.includes("interval-end")) return [];
    const behind = sorted[index + 1];
    const from = element.key!.value!;
    const to = behind ? previous(behind.key!.value!) : new Uint8Array(from.length).fill(0xff);
    return [withValue(partOf({ from, to }, type), element)];
  });
}

function compare(one: SetElement, other: SetElement): number {
  const [a, b] = [one.key!.value!, other.key!.value!];
  for (const [at, byte] of a.entries()) if (byte !== b[at]) return byte - b[at]!;
  // The end of one interval comes before the beginning of the next at the same place.
  return (
    Number(other.flags?.includes("interval-end") ?? false) -
    Number(one.flags?.includes("interval-end") ?? false)
  );
}

function previous(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice();
  for (let at = result.length - 1; at >= 0; at--) {
    if (result[at]! > 0) {
      result[at]!--;
      break;
    }
    result[at] = 0xff;
  }
  return result;
}

function split(bytes: Uint8Array | undefined, types: readonly Datatype[]): Uint8Array[] {
  let at = 0;
  return types.map(({ size }) => {
    const part = (bytes ?? new Uint8Array()).subarray(at, at + size);
    at += wordsFor(size) * 4;
    return part;
  });
}

/** A value, a prefix where an address's interval is one, or a range. */
export function partOf({ from, to }: Bounds, type: Datatype): Part {
  if (from.every((byte, at) => byte === to[at])) return type.format(from);
  const length = ["ipv4_addr", "ipv6_addr"].includes(type.name) ? prefixLength(from, to) : undefined;
  if (length !== undefined) return { prefix: { addr: type.format(from) as string, len: length } };
  return { range: [type.format(from), type.format(to)] };
}

function prefixLength(from: Uint8Array, to: Uint8Array): number | undefined {
  const differs = from.findIndex((byte, at) => byte !== to[at]);
  const xor = from[differs]! ^ to[differs]!;
  const bits = Math.clz32(xor) - 24;
  const length = differs * 8 + bits;
  const mask = prefixMask(length, from.length, "");
  const fits = from.every(
    (byte, at) => (byte & ~mask[at]! & 0xff) === 0 && to[at] === (byte | (~mask[at]! & 0xff)),
  );
  return fits ? length : undefined;
}

/** The length of a mask whose bits stand together at its beginning. */
export function maskLength(mask: Uint8Array): number | undefined {
  const length = mask.reduce((sum, byte) => sum + (byte === 0xff ? 8 : Math.clz32((~byte & 0xff) << 24)), 0);
  const whole = prefixMask(length, mask.length, "");
  return mask.every((byte, at) => byte === whole[at]) ? length : undefined;
}

/** A mask with the bits of several values. */
export function bitsOf(value: Scalar | readonly Scalar[], type: Datatype, path: string): Uint8Array {
  const bytes = new Uint8Array(type.size);
  for (const one of Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]) {
    for (const [at, byte] of type.parse(one, path).entries()) bytes[at]! |= byte;
  }
  return bytes;
}

/** The names of the bits that are set; one alone stands by itself. */
export function bitNames(bytes: Uint8Array, type: Datatype): Scalar | Scalar[] {
  const names = Object.entries(type.words ?? {})
    .filter(([, bit]) => bytesOf(bit, type.size, type.host).some((byte, at) => (byte & bytes[at]!) !== 0))
    .map(([name]) => name);
  return names.length === 1 ? names[0]! : names.length === 0 ? type.format(bytes) : names;
}
