/** strace's way to write arguments: numbers, names, strings, lists, structures, comments. */
import type { ByteBuffer } from "../byte-buffer.ts";
import { readEscaped } from "../quoted.ts";

const OPENING = "[{(";
const CLOSING = "]})";

/** Goes through the arguments of a call; what it does not understand it passes over. */
export class Scanner {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** Passes over blanks, then over `token` if it comes next. */
  eat(token: string): boolean {
    while (this.text[this.at] === " ") this.at++;
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** The next value as it is written, up to the comma or the bracket behind it. */
  value(): string {
    const start = this.at;
    this.skip();
    return this.text.slice(start, this.at).trim();
  }

  /** A string's bytes; `cut` where strace wrote `...` behind it. Undefined for what is no string. */
  string(into: ByteBuffer): { cut: boolean } | undefined {
    if (!this.eat('"')) return undefined;
    this.at = Math.min(this.text.length, readEscaped(this.text, this.at, '"', into) + 1);
    return { cut: this.eat("...") };
  }

  /** A descriptor, and what -y says about it: `3`, `3<NETLINK:[ROUTE:4711]>`. */
  descriptor(): { number: number; about: string | undefined } | undefined {
    this.eat("");
    const pattern = /(-?\d+)(?:<((?:->|\\.|[^>\\]){0,8192})>)?/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return { number: Number(found[1]), about: found[2] };
  }

  /** Stops before the comma or closing bracket that ends the value, or at the end. */
  skip(): void {
    const { text } = this;
    let depth = 0;
    for (; this.at < text.length; this.at++) {
      const char = text[this.at]!;
      if (char === '"') this.#skipString();
      else if (char === "/" && text[this.at + 1] === "*") this.#skipComment();
      else if (OPENING.includes(char)) depth++;
      else if (depth === 0 && (char === "," || CLOSING.includes(char))) return;
      else if (CLOSING.includes(char)) depth--;
    }
  }

  #skipString(): void {
    for (this.at++; this.at < this.text.length && this.text[this.at] !== '"'; this.at++)
      if (this.text[this.at] === "\\") this.at++;
  }

  #skipComment(): void {
    const end = this.text.indexOf("*/", this.at + 2);
    this.at = end < 0 ? this.text.length : end + 1;
  }
}
