/** Addresses as text: the display hints `ipv4`, `ipv6` and `mac` of the kernel's specs. */
import { blob } from "buffer-layout";
import ipaddr from "ipaddr.js";
import { InputError } from "../errors.ts";
import type { Output } from "./output.ts";
import type { Shape } from "./shape.ts";

/** `10.0` … `255.255`, filled as they are met: joining two of them is three times as fast as four numbers. */
const halves: string[] = new Array(65536).fill("");

function half(bytes: Uint8Array, at: number): string {
  const index = (bytes[at]! << 8) | bytes[at + 1]!;
  const known = halves[index]!;
  if (known !== "") return known;
  halves[index] = `${bytes[at]}.${bytes[at + 1]}`;
  return halves[index]!;
}

/** `10.0.0.1` from four bytes. */
export function formatIpv4(bytes: Uint8Array, at: number): string {
  return `${half(bytes, at)}.${half(bytes, at + 2)}`;
}

/** RFC 5952 text from sixteen bytes, with the dotted forms of inet_ntop(3). ipaddr.js takes eight times as long. */
export function formatIpv6(bytes: Uint8Array, at: number): string {
  let bestStart = -1;
  let bestLength = 1;
  let start = -1;
  for (let i = 0; i <= 8; i++) {
    if (i < 8 && bytes[at + 2 * i] === 0 && bytes[at + 2 * i + 1] === 0) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      if (i - start > bestLength) {
        bestStart = start;
        bestLength = i - start;
      }
      start = -1;
    }
  }
  const word = (i: number) => (bytes[at + 2 * i]! << 8) | bytes[at + 2 * i + 1]!;
  if (bestStart === 0 && (bestLength === 6 || (bestLength === 5 && word(5) === 0xffff))) {
    return `${bestLength === 6 ? "::" : "::ffff:"}${formatIpv4(bytes, at + 12)}`;
  }
  let text = "";
  for (let i = 0; i < 8; i++) {
    if (i === bestStart) {
      text += "::";
      i += bestLength - 1;
      continue;
    }
    if (i > 0 && !text.endsWith(":")) text += ":";
    text += word(i).toString(16);
  }
  return text;
}

/** Four bytes of a dotted address, or undefined: no short, octal or hexadecimal forms. */
export function parseIpv4(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(4);
  let part = 0;
  let digits = 0;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) - 48;
    if (code >= 0 && code <= 9) {
      // A leading zero would be octal elsewhere.
      if (digits > 0 && value === 0) return undefined;
      value = value * 10 + code;
      digits++;
      if (value > 255) return undefined;
      bytes[part] = value;
    } else {
      if (code !== -2 || digits === 0 || part === 3) return undefined;
      part++;
      digits = 0;
      value = 0;
    }
  }
  return part === 3 && digits > 0 ? bytes : undefined;
}

/** Sixteen bytes, or undefined: no zone (`%eth0`). */
export function parseIpv6(text: string): Uint8Array | undefined {
  // ipaddr.js takes octal for decimal in a dotted end, and ::192.0.2.1 for ::ffff:192.0.2.1.
  const [, head, tail] = /^(.*:)([^:]*\.[^:]*)$/.exec(text) ?? [];
  const dotted = tail === undefined ? undefined : parseIpv4(tail);
  if (tail !== undefined && !dotted) return undefined;
  const plain = dotted ? `${head}0:0` : text;
  if (plain.includes("%") || !ipaddr.IPv6.isValid(plain)) return undefined;
  const bytes = Uint8Array.from(ipaddr.IPv6.parse(plain).toByteArray());
  if (dotted) bytes.set(dotted, 12);
  return bytes;
}

/** The bytes of an IPv4 or IPv6 address, or undefined. */
export function parseIp(text: string): Uint8Array | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** `02:00:5e:10:00:01` from any number of bytes. */
export function formatMac(bytes: Uint8Array, at: number, length: number): string {
  if (length === 0) return "";
  let text = hex[bytes[at]!]!;
  for (let i = 1; i < length; i++) text += `:${hex[bytes[at + i]!]}`;
  return text;
}

/** The bytes of a colon-separated hardware address of any length, or undefined. */
export function parseMac(text: string): Uint8Array | undefined {
  if (text === "") return new Uint8Array(0);
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2})*$/i.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/), (byte) => Number.parseInt(byte, 16));
}

function address(
  type: string,
  size: number | undefined,
  accepts: (length: number) => boolean,
  format: (bytes: Uint8Array, at: number, length: number) => string,
  parse: (text: string) => Uint8Array | undefined,
  expected: string,
): Shape<string> {
  return {
    type,
    size,
    ...(size === undefined ? {} : { layout: (property: string) => blob(size, property) }),
    accepts,
    source: (code, at, length) => `${code.capture(format)}(B, ${at}, ${length})`,
    decode: (input, at, length) => format(input.bytes, at, length),
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
  formatIpv4,
  parseIpv4,
  "an IPv4 address",
);
export const ipv6: Shape<string> = address(
  "ipv6",
  16,
  (n) => n === 16,
  formatIpv6,
  parseIpv6,
  "an IPv6 address",
);
/** IPv4 or IPv6, told apart by the length. */
export const ip: Shape<string> = address(
  "ip",
  undefined,
  (n) => n === 4 || n === 16,
  (bytes, at, length) => (length === 4 ? formatIpv4(bytes, at) : formatIpv6(bytes, at)),
  parseIp,
  "an IP address",
);
/** A hardware address of six bytes. */
export const mac: Shape<string> = address(
  "mac",
  6,
  (n) => n === 6,
  formatMac,
  parseMac,
  "a MAC address such as 02:00:5e:10:00:01",
);
/** A hardware address of the length that the link's type has: 6 bytes for Ethernet, 4 for an IPv4 tunnel, 20 for InfiniBand. */
export const lladdr: Shape<string> = address(
  "lladdr",
  undefined,
  (n) => n <= 32,
  formatMac,
  parseMac,
  "a hardware address such as 02:00:5e:10:00:01",
);
