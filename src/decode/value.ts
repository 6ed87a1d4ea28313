/** Decoded values as text. */
import type { Explained } from "../netlink/codec/shape.ts";
import { measure } from "./measure.ts";
import { printable } from "./style.ts";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes that are shown of a longer run. */
const SHOWN_BYTES = 32;

export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte]!;
  return text;
}

function someHex(bytes: Uint8Array): string {
  const shown = hexOf(bytes.subarray(0, SHOWN_BYTES));
  if (bytes.length <= SHOWN_BYTES) return `0x${shown}`;
  return `0x${shown}… (${bytes.length} bytes)`;
}

/** Strings that a reader could mistake, and control characters that could command a terminal, are quoted. */
export const quoted = (text: string): string => printable(JSON.stringify(text));

const isPlain = (text: string): boolean => /^[\w./:@%+-]+$/.test(text);

function inWords(value: unknown, text: string | undefined): string {
  if (value instanceof Uint8Array) return value.length === 0 ? "(no bytes)" : someHex(value);
  if (typeof value === "string") return isPlain(value) ? value : quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? "0" : value.map(flagInWords).join("|");
  return text ?? String(value);
}

/** Bits without a name are a number. */
function flagInWords(part: unknown): string {
  return typeof part === "number" ? `0x${part.toString(16)}` : String(part);
}

/** As short as it is exact: `veth0`, `up|running`, `02:00:5e:10:00:01`. */
export function shortValue({ value, text }: Explained): string {
  return inWords(value, text);
}

/** With the kernel's constant, its number and the unit: `RTN_UNICAST (1)`, `1500 bytes`, `"veth0"`. */
export function longValue(part: Explained): string {
  const { value, text, number, unit } = part;
  if (number !== undefined && text !== undefined) {
    const isFlags = Array.isArray(value);
    if (text === String(number) || (isFlags && number === 0)) return String(number);
    return `${text} (${isFlags ? `0x${number.toString(16)}` : number})`;
  }
  if (typeof value === "string" && text === undefined) return stringOrAddress(part);
  if (unit !== undefined && text === undefined && (typeof value === "number" || typeof value === "bigint"))
    return measure(value, unit);
  const words = inWords(value, text);
  return unit === undefined ? words : `${words} ${unit}`;
}

function stringOrAddress({ value, shape }: Explained): string {
  const isText = shape === "string" || shape?.startsWith("char[");
  return isText ? quoted(value as string) : inWords(value, undefined);
}
