/**
 * Datagrams in base64 (RFC 4648), also of the alphabet for URLs, one a line. Lines of 64 or 76 characters are taken
 * for parts of one when their bytes end inside a message, as `base64` and `openssl` break them.
 */
import { ByteBuffer } from "./byte-buffer.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { Framing } from "./framing.ts";
import { type Line, type LineReader, readLines } from "./lines.ts";
import { trouble, UnreadableLines } from "./trouble.ts";

export const readBase64: ReadCapture = (input) => readLines(input, new Base64Reader());

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const SEXTETS = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) SEXTETS[ALPHABET.charCodeAt(i)] = i;
SEXTETS["-".charCodeAt(0)] = 62;
SEXTETS["_".charCodeAt(0)] = 63;

class Base64Reader implements LineReader {
  readonly #bytes = new ByteBuffer();
  readonly #framing = new Framing();
  #offset = 0;
  #problems: string[] = [];
  readonly #unreadable = new UnreadableLines();

  line({ offset, text, tooLong }: Line, out: Captured[]): void {
    if (tooLong !== undefined) {
      this.end(out);
      out.push(trouble(offset, `a line of ${tooLong} bytes is too long to be read`));
      return;
    }
    const trimmed = /^\s*\/\/\s/.test(text) ? "" : text.split("#", 1)[0]!.trim();
    if (trimmed === "") {
      if (text.trim() === "") this.#flush(out);
      return;
    }
    const strange = /[^A-Za-z0-9+/_=-]/.exec(trimmed)?.[0];
    if (strange !== undefined) {
      this.#flush(out);
      this.#unreadable.add(offset, `${JSON.stringify(strange)} is not of base64`);
      return;
    }
    this.#unreadable.tell(out);
    if (this.#bytes.length === 0) this.#offset = offset;
    const problem = decode(trimmed, this.#bytes);
    if (problem) this.#problems.push(problem);
    const mayGoOn = (trimmed.length === 64 || trimmed.length === 76) && !trimmed.endsWith("=");
    if (!mayGoOn || this.#framing.isWhole(this.#bytes.view)) this.#flush(out);
  }

  end(out: Captured[]): void {
    this.#flush(out);
    this.#unreadable.tell(out);
  }

  #flush(out: Captured[]): void {
    const { length } = this.#bytes;
    if (length > 0 || this.#problems.length > 0)
      out.push({ offset: this.#offset, bytes: this.#bytes.take(), length, problems: this.#problems });
    this.#framing.reset();
    if (this.#problems.length > 0) this.#problems = [];
  }
}

/** Returns what is wrong with it, if anything. */
function decode(text: string, into: ByteBuffer): string | undefined {
  const padding = text.indexOf("=");
  const digits = padding < 0 ? text.length : padding;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < digits; i++) {
    held = (held << 6) | SEXTETS[text.charCodeAt(i)]!;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    into.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  if (padding >= 0 && /[^=]/.test(text.slice(padding))) return "there is more behind the padding";
  if (digits % 4 === 1) return "one digit too many, or three too few";
  return padding >= 0 && text.length % 4 !== 0 ? "the padding is wrong" : undefined;
}
