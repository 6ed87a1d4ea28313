import { DecodeError, InputError } from "../errors.ts";
import { characters, fits, textOf } from "./characters.ts";
import type { Input } from "./input.ts";
import { blob } from "./layout.ts";
import type { Output } from "./output.ts";
import type { Shape } from "./shape.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes that are no UTF-8 become lone surrogates U+DC80 to U+DCFF, so that they survive. */
function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
  return text;
}

/** Names of links and kinds come again and again: a text is looked up before it is made. */
const KNOWN = 1024;
const known: string[] = new Array(KNOWN).fill("");

export function readText(input: Input, at: number, length: number): string {
  const { bytes } = input;
  const end = at + length;
  const short = fits(length);
  let hash = length;
  for (let i = at; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80 || !short) {
      const rest = bytes.subarray(at, end);
      try {
        return decoder.decode(rest);
      } catch {
        return escapeBytes(rest);
      }
    }
    characters[i - at] = byte;
    hash = (hash * 31 + byte) & (KNOWN - 1);
  }
  const text = known[hash]!;
  if (isText(text, length)) return text;
  known[hash] = textOf(length);
  return known[hash]!;
}

/** Whether these are the first {@link characters}. */
function isText(text: string, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== characters[i]) return false;
  return true;
}

/** The bytes of text, with escaped bytes as themselves. */
export function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return encodeText(text);
    bytes[i] = code;
  }
  return bytes;
}

function encodeText(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return encoder.encode(text);
  if (!/^[\0-\x7f\udc80-\udcff]*$/.test(text)) throw new InputError("", "text without lone surrogates", text);
  return Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff);
}

function checkText(value: unknown, max: number | undefined): Uint8Array {
  if (typeof value !== "string") throw new InputError("", "a string", value);
  if (value.includes("\0")) throw new InputError("", "a string without NUL", value);
  const bytes = textBytes(value);
  if (max !== undefined && bytes.length > max) throw new InputError("", `at most ${max} bytes`, value);
  return bytes;
}

function textEnd(input: Input, at: number, length: number): number {
  const { bytes } = input;
  const end = at + length;
  for (let i = at; i < end; i++) {
    if (bytes[i] !== 0) continue;
    for (let rest = i + 1; rest < end; rest++) {
      if (bytes[rest] !== 0) throw new DecodeError("bytes after the string's NUL", rest);
    }
    return i;
  }
  return end;
}

function decodeText(input: Input, at: number, length: number): string {
  return readText(input, at, textEnd(input, at, length) - at);
}

/** Text longer than this is not the usual case. */
const SHORT = 63;

/** Writes ASCII text and its NUL; their length, or -1 where the text is longer, or something else. */
function putText(value: unknown, max: number, bytes: Uint8Array, at: number): number {
  if (typeof value !== "string" || value.length > Math.min(max, SHORT)) return -1;
  const { length } = value;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code === 0 || code >= 0x80) return -1;
    bytes[at + i] = code;
  }
  bytes[at + length] = 0;
  return length + 1;
}

/** Text of at most `max` bytes without its NUL. */
export interface StringShape extends Shape<string> {
  readonly max: number | undefined;
}

/** Text that ends with a NUL (NLA_NUL_STRING, NLA_STRING), of at most `max` bytes without it. */
export function stringOf(max?: number): StringShape {
  return {
    type: "string",
    max,
    acceptsAll: true,
    accepts: () => true,
    source: (code, at, length) => `${code.capture(decodeText)}(I, ${at}, ${length})`,
    decode: decodeText,
    most: SHORT + 1,
    put: (code, value, at) => `${code.capture(putText)}(${value}, ${max ?? SHORT}, B, ${at})`,
    encode(output: Output, value) {
      output.append(checkText(value, max));
      output.take(1);
    },
  };
}

export const string: Shape<string> = stringOf();

/** Text without a NUL: where the kernel counts it as one byte more of the text. */
export const bareString: Shape<string> = {
  ...stringOf(),
  put: undefined,
  encode: (output, value) => output.append(checkText(value, undefined)),
};

/** A fixed field of `size` bytes in a struct, filled up with NUL: `char name[16]`. */
export function fixedString(size: number): Shape<string> {
  return {
    type: `char[${size}]`,
    size,
    layout: (property) => blob(size, property),
    accepts: (length) => length === size,
    source: (code, at) => `${code.capture(decodeText)}(I, ${at}, ${size})`,
    decode: (input, at) => decodeText(input, at, size),
    encode(output, value) {
      const bytes = checkText(value, size);
      const at = output.take(size);
      output.bytes.set(bytes, at);
    },
  };
}
