/** Strings as C, Python and strace write them. */
import type { ByteBuffer } from "./byte-buffer.ts";

const encoder = new TextEncoder();
const BACKSLASH = 92;
const NAMED: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, e: 27 };

/** 0 to 15; -1 for what is no hexadecimal digit. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/**
 * Reads `\x20`, `\0`, `\274`, `\n` and characters that stand for themselves, from `at` up to the quote.
 *
 * @returns where the quote stands, or the text's end where there is none.
 */
export function readEscaped(text: string, at: number, quote: string, into: ByteBuffer): number {
  const stop = quote === "" ? -1 : quote.charCodeAt(0);
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === stop) return i;
    if (code === BACKSLASH) i = readEscape(text, i + 1, into);
    else {
      if (code < 128) into.push(code);
      else into.append(encoder.encode(text[i]));
      i++;
    }
  }
  return i;
}

/** What follows a backslash; returns where it ends. */
function readEscape(text: string, at: number, into: ByteBuffer): number {
  const first = text.charCodeAt(at);
  if (first === 120) {
    const high = hexDigit(text.charCodeAt(at + 1));
    const low = hexDigit(text.charCodeAt(at + 2));
    into.push(high < 0 ? first : low < 0 ? high : high * 16 + low);
    return at + (high < 0 ? 1 : low < 0 ? 2 : 3);
  }
  let value = 0;
  let end = at;
  for (; end < at + 3 && isOctal(text.charCodeAt(end)); end++) value = value * 8 + text.charCodeAt(end) - 48;
  if (end > at) {
    into.push(value & 255);
    return end;
  }
  if (at < text.length) into.push(NAMED[text[at]!] ?? first & 255);
  return at + 1;
}

const isOctal = (code: number) => code >= 48 && code <= 55;
