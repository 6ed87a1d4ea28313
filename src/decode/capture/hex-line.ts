/** One line of hexadecimal digits, as the many tools write it. */
import { ByteBuffer } from "./byte-buffer.ts";
import { hexDigit, readEscaped } from "./quoted.ts";

/** What a line adds. */
export interface HexLine {
  readonly kind: "blank" | "skipped" | "repeat" | "bytes" | "unreadable";
  readonly bytes: Uint8Array;
  /** Of the bytes in their dump, where the line says it. */
  readonly at?: number | undefined;
  /** An array begins or ends here. */
  readonly begins?: boolean | undefined;
  readonly ends?: boolean | undefined;
  readonly problem?: string | undefined;
}

const NOTHING = new Uint8Array(0);
const skipped: HexLine = { kind: "skipped", bytes: NOTHING };
const blank: HexLine = { kind: "blank", bytes: NOTHING };

/** `00000000: 2000 0000  text` (xxd), `0x0000:  2000 0000  text` (tcpdump). */
const COLON_OFFSET = /^\s*(?:0x)?([0-9a-f]{4,16}):(?:\s+|$)(?=[0-9a-f]|$)/i;
/** `00000000  20 00 00  |text|` (hexdump -C), `0000  20 00 00   text` (tshark -x), `| 00000  20 00` (strace), od. */
const SPACE_OFFSET = /^\s*(?:\|\s*)?([0-9a-f]{4,16})(?:\s+(?=[0-9a-f]{2}(?:\s|\||$))|\s*$)/i;

const buffer = new ByteBuffer();
/** Takes what nobody wants. */
const ignored = new ByteBuffer(0);

/** Reads one line; `inDump` where the lines before it had offsets. */
export function readHexLine(text: string, inDump: boolean): HexLine {
  const digits = inDump ? undefined : plainDigits(text);
  if (digits) return { kind: "bytes", bytes: digits };
  if (text.trim() === "") return blank;
  if (/^\s*\*\s*$/.test(text)) return { kind: inDump ? "repeat" : "skipped", bytes: NOTHING };
  const colon = COLON_OFFSET.exec(text);
  if (colon) return offsetLine(colon[1]!, groups(text, colon[0].length));
  const space = SPACE_OFFSET.exec(text);
  const alone = space !== null && space[0].length === text.length;
  if (space && (inDump || !alone)) return offsetLine(space[1]!, octets(text, space[0].length));
  return bareLine(text);
}

/** Nothing but octets, with or without separators, as most lines are: without a regular expression. */
function plainDigits(text: string): Uint8Array | undefined {
  buffer.clear();
  let separated = false;
  let i = 0;
  for (; i + 1 < text.length; i += 2) {
    const high = hexDigit(text.charCodeAt(i));
    const low = hexDigit(text.charCodeAt(i + 1));
    if (high < 0 || low < 0) return undefined;
    buffer.push(high * 16 + low);
    const after = text.charCodeAt(i + 2);
    // A longer word before the first separator may be an offset.
    if (after !== 32 && after !== 58) continue;
    if (!separated && i > 0) return undefined;
    separated = true;
    i++;
  }
  return i < text.length || i === 0 ? undefined : buffer.take();
}

function offsetLine(offset: string, bytes: Uint8Array): HexLine {
  return { kind: "bytes", bytes, at: Number.parseInt(offset, 16) };
}

/** Groups of digits with one space between them; two spaces and the text follow. */
function groups(text: string, from: number): Uint8Array {
  const end = text.indexOf("  ", from);
  buffer.clear();
  for (const [group] of text.slice(from, end < 0 ? undefined : end).matchAll(/[^ ]+/g)) {
    if (group.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(group)) break;
    pushPairs(group, 0, group.length);
  }
  return buffer.take();
}

function octets(text: string, from: number): Uint8Array {
  buffer.clear();
  readOctets(text, from, buffer);
  return buffer.take();
}

/** Octets with a space between them, two in the middle; more spaces or a bar end them. */
export function readOctets(text: string, from: number, into: ByteBuffer): void {
  let count = 0;
  for (let i = from; ; ) {
    const high = hexDigit(text.charCodeAt(i));
    const low = hexDigit(text.charCodeAt(i + 1));
    if (high < 0 || low < 0) break;
    const after = text[i + 2];
    if (after !== undefined && after !== " " && after !== "\t" && after !== "|") break;
    into.push(high * 16 + low);
    count++;
    i += 3;
    // After the sixteenth, two spaces lead to the text.
    if (text[i] === " " && (text[i + 1] === " " || count % 16 === 0)) break;
    if (text[i] === " ") i++;
  }
}

function pushPairs(text: string, from: number, end: number): void {
  for (let i = from; i + 1 < end; i += 2)
    buffer.push(hexDigit(text.charCodeAt(i)) * 16 + hexDigit(text.charCodeAt(i + 1)));
}

/** Digits without an offset: bare, with separators, a C array, a string with escapes. */
function bareLine(line: string): HexLine {
  const quote = /["']/.exec(line)?.[0];
  if (quote && !isComment(line)) return quotedLine(line, quote);
  let text = withoutComment(line);
  if (text.trim() === "") return skipped;
  if (text.includes("\\x")) {
    buffer.clear();
    readEscaped(text.trim(), 0, "", buffer);
    return { kind: "bytes", bytes: buffer.take() };
  }
  const opening = text.indexOf("{");
  const closing = text.lastIndexOf("}");
  // A declaration: the array's name and size are no data.
  if (opening < 0 && /[=;]/.test(text) && closing < 0) return skipped;
  if (closing >= 0) text = text.slice(0, closing);
  if (opening >= 0) text = text.slice(opening + 1);
  return { ...tokens(text), begins: opening >= 0, ends: closing >= 0 };
}

const isComment = (line: string) => /^\s*(?:#|\/\/|\/\*)/.test(line);

/** C comments inside the line go, and what follows `#`, `//` or a comment that does not end here. */
function withoutComment(text: string): string {
  let kept = "";
  for (let at = 0; ; ) {
    const begin = nextComment(text, at);
    if (begin < 0) return kept + text.slice(at);
    kept += text.slice(at, begin);
    const end = text.startsWith("/*", begin) ? text.indexOf("*/", begin + 2) : -1;
    if (end < 0) return kept;
    kept += " ";
    at = end + 2;
  }
}

const COMMENT = /#|\/\/|\/\*/g;

function nextComment(text: string, from: number): number {
  COMMENT.lastIndex = from;
  return COMMENT.exec(text)?.index ?? -1;
}

/** `"\x20\0"`, `b' \x00'`, `"20000000"`, several in a line. */
function quotedLine(text: string, quote: string): HexLine {
  buffer.clear();
  let strange: string | undefined;
  for (let at = text.indexOf(quote); at >= 0; ) {
    const end = readEscaped(text, at + 1, quote, ignored);
    const inner = text.slice(at + 1, end);
    if (inner.length % 2 === 0 && /^[0-9a-f]+$/i.test(inner)) pushPairs(inner, 0, inner.length);
    else if (inner.includes("\\")) readEscaped(inner, 0, "", buffer);
    else if (inner !== "") strange ??= inner;
    at = text.indexOf(quote, end + 1);
  }
  if (strange !== undefined && buffer.length === 0)
    return { kind: "unreadable", bytes: NOTHING, problem: `${shown(strange)} is no hexadecimal` };
  return buffer.length > 0 ? { kind: "bytes", bytes: buffer.take() } : skipped;
}

function tokens(text: string): HexLine {
  buffer.clear();
  for (const [token] of text.matchAll(/[^\s,:;()[\]{}-]+/g)) {
    const digits = /^0x/i.test(token) ? token.slice(2) : token;
    const problem = tokenProblem(token, digits);
    if (problem) {
      if (buffer.length === 0) return { kind: "unreadable", bytes: NOTHING, problem };
      return { kind: "bytes", bytes: buffer.take(), problem };
    }
    if (digits.length === 1) buffer.push(hexDigit(digits.charCodeAt(0)));
    else pushPairs(digits, 0, digits.length);
  }
  return { kind: buffer.length > 0 ? "bytes" : "skipped", bytes: buffer.take() };
}

function tokenProblem(token: string, digits: string): string | undefined {
  if (!/^[0-9a-f]+$/i.test(digits)) return `${shown(token)} is no hexadecimal`;
  if (digits.length % 2 === 0 || (digits.length === 1 && digits !== token)) return undefined;
  return `${shown(token)} has an odd number of digits`;
}

const shown = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
