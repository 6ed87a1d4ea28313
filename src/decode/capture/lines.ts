/** Lines of a stream of bytes, in memory that a line's limit bounds. */
import { ByteBuffer } from "./byte-buffer.ts";
import type { Captured } from "./captured.ts";

/** Longer lines are told, not kept: bytes. */
const LONGEST_LINE = 16 * 1024 * 1024;

export interface Line {
  /** Where it begins in the input: bytes. */
  readonly offset: number;
  /** Without its end; empty where it is too long. */
  readonly text: string;
  /** Bytes of a line that is longer than {@link LONGEST_LINE}. */
  readonly tooLong?: number | undefined;
}

/** What a format of lines is made of: each line adds to `out` what it completes. */
export interface LineReader {
  line(line: Line, out: Captured[]): void;
  end(out: Captured[]): void;
}

const LF = 10;

/** Cuts chunks at line feeds. A carriage return before one belongs to it, and the last line needs none. */
export class LineSplitter {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: false });
  readonly #longest: number;
  /** Where the line under way begins. */
  #offset = 0;
  /** What there is of it. */
  readonly #begun: ByteBuffer;

  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
    this.#begun = new ByteBuffer(longest);
  }

  *push(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    if (this.#begun.length > 0) {
      const end = chunk.indexOf(LF);
      this.#begun.append(end < 0 ? chunk : chunk.subarray(0, end));
      if (end < 0) return;
      yield this.#finish();
      from = end + 1;
    }
    const end = chunk.lastIndexOf(LF);
    if (end >= from) yield* this.#split(chunk.subarray(from, end));
    from = Math.max(from, end + 1);
    if (from < chunk.length) this.#begun.append(chunk.subarray(from));
  }

  *end(): Generator<Line> {
    if (this.#begun.length > 0) yield this.#finish();
  }

  /** Whole lines, without the last line feed. */
  *#split(bytes: Uint8Array): Generator<Line> {
    const text = this.#decoder.decode(bytes);
    // As many characters as bytes: ASCII, so that positions in one are positions in the other.
    const ascii = text.length === bytes.length && bytes.length <= this.#longest;
    for (let from = 0; from <= bytes.length; ) {
      const found = ascii ? text.indexOf("\n", from) : bytes.indexOf(LF, from);
      const end = found < 0 ? bytes.length : found;
      yield this.#line(ascii ? text.slice(from, end) : bytes.subarray(from, end), end - from);
      from = end + 1;
    }
  }

  #line(content: string | Uint8Array, length: number): Line {
    const offset = this.#offset;
    this.#offset += length + 1;
    if (length > this.#longest) return { offset, text: "", tooLong: length };
    const text = typeof content === "string" ? content : this.#decoder.decode(content);
    return { offset, text: text.endsWith("\r") ? text.slice(0, -1) : text };
  }

  #finish(): Line {
    const { length } = this.#begun;
    return this.#line(this.#begun.take(), length);
  }
}

/** Feeds a format's lines to its reader. */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  reader: LineReader,
): AsyncGenerator<Captured> {
  const splitter = new LineSplitter();
  const out: Captured[] = [];
  for await (const chunk of input) {
    for (const line of splitter.push(chunk)) {
      reader.line(line, out);
      if (out.length > 0) yield* out.splice(0);
    }
  }
  for (const line of splitter.end()) reader.line(line, out);
  reader.end(out);
  yield* out;
}
