/** Addresses as text: the display hints `ipv4`, `ipv6` and `mac` of the kernel's specs. */

import { InputError } from "../errors.ts";
import { characters, digits, fits, textOf } from "./characters.ts";
import type { Code } from "./compile.ts";
import { blob } from "./layout.ts";
import type { Output } from "./output.ts";
import type { Shape } from "./shape.ts";

/**
 * `10.0.` and `0.1`, filled as they are met: joining two texts is faster than joining four numbers. `+` and not a
 * template, which first asks each part for its text.
 */
const firstHalves: (string | undefined)[] = [];
const secondHalves: (string | undefined)[] = [];

function half(index: number): string {
  // As long as they get at once: V8 keeps arrays that grow by leaps as maps.
  if (firstHalves.length === 0) firstHalves.length = secondHalves.length = 65536;
  return `${index >> 8}.${index & 255}`;
}

/** `10.0.0.1` from four bytes. */
export function formatIpv4(bytes: Uint8Array, at: number): string {
  const high = (bytes[at]! << 8) | bytes[at + 1]!;
  const low = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  let first = firstHalves[high];
  if (first === undefined) {
    first = `${half(high)}.`;
    firstHalves[high] = first;
  }
  let second = secondHalves[low];
  if (second === undefined) {
    second = half(low);
    secondHalves[low] = second;
  }
  return first + second;
}

/**
 * The words of an IPv6 address that `::` stands for, by which of its words are zero (a bit each, the first highest):
 * the first in the high four bits, the one behind the last in the low; 0 where there is no `::`.
 */
let zeroRuns: Uint8Array | undefined;
const makeZeroRuns = (): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, zeros) => {
    const runs = zeros.toString(2).padStart(8, "0");
    const longest = [...runs.matchAll(/11+/g)].reduce(
      (best, [run]) => (run.length > best.length ? run : best),
      "",
    );
    const first = longest === "" ? 0 : runs.indexOf(longest);
    return (first << 4) | (first + longest.length);
  });

const COLON = 58;
const DOT = 46;

/**
 * RFC 5952 text from sixteen bytes, with the dotted forms of inet_ntop(3).
 */
export function formatIpv6(bytes: Uint8Array, at: number): string {
  let zeros = 0;
  for (let i = 0; i < 16; i += 2)
    zeros = (zeros << 1) | ((bytes[at + i]! | bytes[at + i + 1]!) === 0 ? 1 : 0);
  zeroRuns ??= makeZeroRuns();
  const run = zeroRuns[zeros]!;
  const first = run >> 4;
  const behind = run & 15;
  if (first === 0 && behind === 6) return `::${formatIpv4(bytes, at + 12)}`;
  if (first === 0 && behind === 5 && bytes[at + 10] === 255 && bytes[at + 11] === 255)
    return `::ffff:${formatIpv4(bytes, at + 12)}`;
  let length = 0;
  for (let i = 0; i < 8; i++) {
    if (i > 0) characters[length++] = COLON;
    if (i === first && behind > 0) {
      // What follows has the second colon; at the beginning and at the end one is missing. What ran for the first
      // address runs for each: V8 would optimize it all again.
      characters[length] = COLON;
      length += i === 0 ? 1 : 0;
      characters[length] = COLON;
      length += behind === 8 ? 1 : 0;
      i = behind - 1;
      continue;
    }
    const word = (bytes[at + 2 * i]! << 8) | bytes[at + 2 * i + 1]!;
    for (let shift = word > 0xfff ? 12 : word > 0xff ? 8 : word > 0xf ? 4 : 0; shift >= 0; shift -= 4)
      characters[length++] = digits[(word >> shift) & 15]!;
  }
  return textOf(length);
}

/** Four bytes of a dotted address, or undefined: no short, octal or hexadecimal forms. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(4);
  return writeIpv4(text, bytes, 0) ? bytes : undefined;
}

/** Writes four bytes; false where the text is no such address. */
function writeIpv4(text: string, bytes: Uint8Array, at: number): boolean {
  let part = 0;
  let digits = 0;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code >= 0 && code <= 9) {
      // A leading zero would be octal elsewhere.
      if (digits > 0 && value === 0) return false;
      value = value * 10 + code;
      digits++;
      if (value > 255) return false;
      bytes[at + part] = value;
    } else {
      if (code !== -2 || digits === 0 || part === 3) return false;
      part++;
      digits = 0;
      value = 0;
    }
  }
  return part === 3 && digits > 0;
}

/** Sixteen bytes, or undefined: no zone (`%eth0`). */
export function parseIpv6(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  return writeIpv6(text, bytes, 0) ? bytes : undefined;
}

/** Writes sixteen bytes; false where the text is no such address, as RFC 4291 section 2.2 has it. */
function writeIpv6(text: string, bytes: Uint8Array, at: number): boolean {
  const { length } = text;
  let words = 0;
  /** Words in front of `::`. */
  let gap = -1;
  let i = 0;
  if (text.startsWith("::")) {
    gap = 0;
    i = 2;
  }
  while (i < length) {
    if (words === 8) return false;
    const start = i;
    let value = 0;
    for (let digit = hexDigit(text, i); digit >= 0; digit = hexDigit(text, ++i)) value = value * 16 + digit;
    if (text.charCodeAt(i) === DOT) {
      if (words > 6 || !writeIpv4(text.slice(start), bytes, at + 2 * words)) return false;
      words += 2;
      break;
    }
    if (i === start || i - start > 4) return false;
    bytes[at + 2 * words] = value >> 8;
    bytes[at + 2 * words + 1] = value & 255;
    words++;
    if (i === length) break;
    if (text.charCodeAt(i) !== COLON) return false;
    i++;
    if (i === length) return false;
    if (text.charCodeAt(i) !== COLON) continue;
    if (gap >= 0) return false;
    gap = words;
    i++;
  }
  if (gap < 0) return words === 8;
  if (words === 8) return false;
  const behind = at + 16 - 2 * (words - gap);
  bytes.copyWithin(behind, at + 2 * gap, at + 2 * words);
  bytes.fill(0, at + 2 * gap, behind);
  return true;
}

/** The value of a digit of base 16; -1 where there is none. */
function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The bytes of an IPv4 or IPv6 address, or undefined. */
export function parseIp(text: string): Uint8Array | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** `02:00:5e:10:00:01` from up to 32 bytes. */
export function formatMac(bytes: Uint8Array, at: number, length: number): string {
  if (length === 0) return "";
  if (!fits(3 * length - 1)) return `${formatMac(bytes, at, 16)}:${formatMac(bytes, at + 16, length - 16)}`;
  for (let i = 0; i < length; i++) {
    const byte = bytes[at + i]!;
    characters[3 * i] = digits[byte >> 4]!;
    characters[3 * i + 1] = digits[byte & 15]!;
    characters[3 * i + 2] = COLON;
  }
  return textOf(3 * length - 1);
}

/** The bytes of a colon-separated hardware address of any length, or undefined. */
export function parseMac(text: string): Uint8Array | undefined {
  if (text === "") return new Uint8Array(0);
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2})*$/i.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/), (byte) => Number.parseInt(byte, 16));
}

/** Writes an address; its length, or -1 where the text is none. */
type Put = (text: unknown, bytes: Uint8Array, at: number) => number;

const putIpv4: Put = (text, bytes, at) => (typeof text === "string" && writeIpv4(text, bytes, at) ? 4 : -1);

/** What few messages have many of: by way of its bytes. */
function putParsed(
  parse: (text: string) => Uint8Array | undefined,
  accepts: (length: number) => boolean,
): Put {
  return (text, bytes, at) => {
    const parsed = typeof text === "string" ? parse(text) : undefined;
    if (!parsed || !accepts(parsed.length)) return -1;
    bytes.set(parsed, at);
    return parsed.length;
  };
}

const putIpv6: Put = (text, bytes, at) => (typeof text === "string" && writeIpv6(text, bytes, at) ? 16 : -1);

function address(
  type: string,
  size: number | undefined,
  accepts: (length: number) => boolean,
  accepted: (length: string) => string,
  format: (bytes: Uint8Array, at: number, length: number) => string,
  parse: (text: string) => Uint8Array | undefined,
  expected: string,
  put: Put = putParsed(parse, accepts),
  source = (code: Code, at: string, length: string) => `${code.capture(format)}(B, ${at}, ${length})`,
): Shape<string> {
  return {
    type,
    size,
    fewLengths: true,
    ...(size === undefined ? {} : { layout: (property: string) => blob(size, property) }),
    accepts,
    accepted,
    source,
    decode: (input, at, length) => format(input.bytes, at, length),
    most: 32,
    put: (code, value, at) => `${code.capture(put)}(${value}, B, ${at})`,
    encode(output: Output, value) {
      const bytes = typeof value === "string" ? parse(value) : undefined;
      if (!bytes || !accepts(bytes.length)) throw new InputError("", expected, value);
      output.append(bytes);
    },
  };
}

export const ipv4: Shape<string> = address(
  "ipv4",
  4,
  (n) => n === 4,
  (n) => `${n} === 4`,
  formatIpv4,
  parseIpv4,
  "an IPv4 address",
  putIpv4,
);
export const ipv6: Shape<string> = address(
  "ipv6",
  16,
  (n) => n === 16,
  (n) => `${n} === 16`,
  formatIpv6,
  parseIpv6,
  "an IPv6 address",
  putIpv6,
);
const formatIp = (bytes: Uint8Array, at: number, length: number): string =>
  length === 4 ? formatIpv4(bytes, at) : formatIpv6(bytes, at);

/** IPv4 or IPv6, told apart by the length. */
export const ip: Shape<string> = address(
  "ip",
  undefined,
  (n) => n === 4 || n === 16,
  (n) => `(${n} === 4 || ${n} === 16)`,
  formatIp,
  parseIp,
  "an IP address",
  (text, bytes, at) => {
    const length = putIpv4(text, bytes, at);
    return length > 0 ? length : putIpv6(text, bytes, at);
  },
  (code, at, length) => {
    const format = length === "4" ? formatIpv4 : length === "16" ? formatIpv6 : formatIp;
    return `${code.capture(format)}(B, ${at}, ${length})`;
  },
);
/** A hardware address of six bytes. */
export const mac: Shape<string> = address(
  "mac",
  6,
  (n) => n === 6,
  (n) => `${n} === 6`,
  formatMac,
  parseMac,
  "a MAC address such as 02:00:5e:10:00:01",
);
/** A hardware address of the length that the link's type has: 6 bytes for Ethernet, 4 for an IPv4 tunnel, 20 for InfiniBand. */
export const lladdr: Shape<string> = address(
  "lladdr",
  undefined,
  (n) => n <= 32,
  (n) => `${n} <= 32`,
  formatMac,
  parseMac,
  "a hardware address such as 02:00:5e:10:00:01",
);
