/**
 * Datagrams in hexadecimal: one a line, or several lines with a blank one between them.
 *
 * Lines are digits with or without separators, C arrays, strings with escapes, or what xxd, hexdump -C, od -tx1,
 * tshark -x and tcpdump -x write. A line that holds whole messages is a datagram of its own; lines that
 * do not, belong together. Offsets that start again at 0 begin a new one.
 */
import { ByteBuffer, LONGEST_BLOCK } from "./byte-buffer.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { Framing, isWhole } from "./framing.ts";
import { type HexLine, readHexLine } from "./hex-line.ts";
import { type Line, type LineReader, readLines } from "./lines.ts";
import { trouble, UnreadableLines } from "./trouble.ts";

/** `*` stands for no more, so that a short text does not become megabytes: bytes. */
const LONGEST_REPETITION = 1024 * 1024;
/** A block without blank lines that goes on for longer is cut where its messages end: bytes. */
const LONG = 64 * 1024;

const NONE = new Uint8Array(0);

export const readHex: ReadCapture = (input) => readLines(input, new HexReader());

class HexReader implements LineReader {
  readonly #bytes = new ByteBuffer();
  readonly #framing = new Framing();
  #problems: string[] = [];
  /** Where the datagram under way begins in the input. */
  #offset = 0;
  /** Bytes of its first line. */
  #width = 0;
  /** Its lines have offsets: the one that the next line should have. */
  #next: number | undefined;
  /** What the last line of a dump had, for `*`. */
  #last: Uint8Array = NONE;
  #repeats = false;
  readonly #unreadable = new UnreadableLines();
  #inComment = false;

  line(line: Line, out: Captured[]): void {
    if (line.tooLong !== undefined) {
      this.#flush(out);
      this.#unreadable.tell(out);
      out.push(trouble(line.offset, `a line of ${line.tooLong} bytes is too long to be read`));
      return;
    }
    const text = this.#withoutBlockComment(line.text);
    if (text === undefined) return;
    const read = readHexLine(text, this.#next !== undefined);
    if (read.kind === "unreadable") {
      this.#flush(out);
      this.#unreadable.add(line.offset, read.problem!);
      return;
    }
    if (read.kind === "skipped" && !read.begins && !read.ends) return;
    this.#unreadable.tell(out);
    if (read.kind === "blank" || read.begins) this.#flush(out);
    if (read.kind === "repeat") this.#repeats = true;
    else if (read.at !== undefined) this.#dumpLine(line.offset, read, read.at, out);
    else if (read.bytes.length > 0) this.#bareLine(line.offset, read, out);
    if (read.ends) this.#flush(out);
  }

  end(out: Captured[]): void {
    this.#flush(out);
    this.#unreadable.tell(out);
  }

  /** C comments of several lines. */
  #withoutBlockComment(text: string): string | undefined {
    if (this.#inComment) {
      const end = text.indexOf("*/");
      if (end < 0) return undefined;
      this.#inComment = false;
      return text.slice(end + 2);
    }
    if (/^\s*\/\*/.test(text) && !text.includes("*/")) this.#inComment = true;
    return text;
  }

  #bareLine(offset: number, { bytes, problem }: HexLine, out: Captured[]): void {
    if (this.#next !== undefined) this.#flush(out);
    const whole = isWhole(bytes);
    // A line that is longer than those before does not continue them.
    if (this.#bytes.length > 0 && whole && bytes.length > this.#width) this.#flush(out);
    this.#add(offset, bytes);
    if (problem) this.#problems.push(problem);
    if ((whole && this.#bytes.length === bytes.length) || this.#isLong()) this.#flush(out);
  }

  #dumpLine(offset: number, { bytes }: HexLine, at: number, out: Captured[]): void {
    const goesOn = this.#next !== undefined && at > 0;
    if (!goesOn) this.#flush(out);
    if (this.#next === undefined) {
      if (at > 0) this.#problems.push(`the dump begins at 0x${at.toString(16)}`);
      this.#next = at;
    }
    if (this.#repeats) this.#repeat(at);
    if (at !== this.#next) {
      const is = `offset 0x${at.toString(16)} where 0x${this.#next.toString(16)} was expected`;
      if (!this.#problems.includes("more offsets are wrong"))
        this.#problems.push(this.#problems.length < 4 ? is : "more offsets are wrong");
    }
    this.#add(offset, bytes);
    this.#next = at + bytes.length;
    this.#last = bytes.length > 0 ? bytes : this.#last;
    if (this.#isLong()) this.#flush(out, this.#next);
  }

  /** `*` stands for lines like the last one, up to the next offset. */
  #repeat(until: number): void {
    this.#repeats = false;
    const step = this.#last.length;
    if (step === 0 || until - this.#next! > LONGEST_REPETITION) return;
    for (; this.#next! + step <= until; this.#next! += step) this.#bytes.append(this.#last);
  }

  #add(offset: number, bytes: Uint8Array): void {
    if (this.#bytes.length === 0) {
      this.#offset = offset;
      this.#width = bytes.length;
    }
    this.#bytes.append(bytes);
  }

  #isLong(): boolean {
    return this.#bytes.length > LONG && this.#framing.isWhole(this.#bytes.view);
  }

  /** @param next - the offset to go on with, where a dump is cut. */
  #flush(out: Captured[], next?: number): void {
    const { length } = this.#bytes;
    if (length > 0) {
      if (this.#bytes.isFull)
        this.#problems.push(`${length} bytes without a blank line: only ${LONGEST_BLOCK} are read`);
      out.push({ offset: this.#offset, bytes: this.#bytes.take(), length, problems: this.#problems });
    }
    this.#framing.reset();
    if (this.#problems.length > 0) this.#problems = [];
    this.#next = next;
    if (next === undefined) this.#last = NONE;
    this.#repeats = false;
  }
}
