/** The text of a fixture, one member or event after the other: no more of it than that is in memory. */

/** A member of the outermost object, or one element of its array `events`. */
export interface Piece {
  readonly key: string;
  /** JSON */
  readonly text: string;
  /** Where it begins: bytes, and lines counted from 1. */
  readonly offset: number;
  readonly line: number;
}

/** The text is no such JSON. */
export class PieceError extends Error {
  readonly offset: number;
  readonly line: number;

  constructor(message: string, offset: number, line: number) {
    super(message);
    this.offset = offset;
    this.line = line;
  }
}

/** Bytes of one piece. */
const LONGEST = 64 * 2 ** 20;
const LIST = "events";

const code = (text: string): number => text.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code("\\");
const NEWLINE = code("\n");
const COMMA = code(",");
const COLON = code(":");
const OPENING = new Set([code("{"), code("[")]);
const CLOSING = new Set([code("}"), code("]")]);
const SPACE = new Set([code(" "), code("\t"), code("\r"), NEWLINE]);

type Stage = "start" | "key" | "colon" | "value" | "element" | "end";

/** Cuts JSON into pieces as its bytes come. */
export class Pieces {
  #stage: Stage = "start";
  #offset = 0;
  #line = 1;
  #key = "";
  #bytes = new Uint8Array(4096);
  #length = 0;
  #begin = { offset: 0, line: 1 };
  #nesting = 0;
  #inString = false;
  #escaped = false;

  /** @throws PieceError */
  *take(bytes: Uint8Array): Generator<Piece, void> {
    for (const byte of bytes) {
      const piece = this.#step(byte);
      if (piece) yield piece;
      this.#offset++;
      if (byte === NEWLINE) this.#line++;
    }
  }

  /** @throws PieceError when more was to come. */
  end(): void {
    if (this.#stage !== "end") this.#fail("the text ends too early");
  }

  #fail(message: string): never {
    throw new PieceError(message, this.#offset, this.#line);
  }

  #step(byte: number): Piece | undefined {
    const stage = this.#stage;
    if (this.#length === 0 && SPACE.has(byte)) return undefined;
    if (stage === "value" || stage === "element" || this.#length > 0) return this.#inside(byte);
    const char = String.fromCharCode(byte);
    if (stage === "start" && char === "{") this.#stage = "key";
    else if (stage === "colon" && byte === COLON) this.#stage = "value";
    else if (stage === "key" && byte === QUOTE) return this.#inside(byte);
    else if (stage === "key" && char === "}") this.#stage = "end";
    else if (!(stage === "key" && byte === COMMA)) this.#fail(`${JSON.stringify(char)} is out of place`);
    return undefined;
  }

  #inside(byte: number): Piece | undefined {
    const isFirst = this.#length === 0;
    if (isFirst) {
      this.#begin = { offset: this.#offset, line: this.#line };
      const isList = this.#stage === "value" && this.#key === LIST && byte === code("[");
      if (isList) {
        this.#stage = "element";
        return undefined;
      }
    }
    if (!this.#inString && this.#nesting === 0 && (byte === COMMA || CLOSING.has(byte)))
      return this.#close(byte);
    this.#keep(byte);
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        if (this.#stage === "key") this.#endKey();
      }
    } else if (byte === QUOTE) this.#inString = true;
    else if (OPENING.has(byte)) this.#nesting++;
    else if (CLOSING.has(byte)) this.#nesting--;
    return undefined;
  }

  #endKey(): void {
    const text = this.#text();
    try {
      this.#key = String(JSON.parse(text));
    } catch {
      this.#fail(`${text} is no name`);
    }
    this.#stage = "colon";
  }

  #close(byte: number): Piece | undefined {
    const inList = this.#stage === "element";
    const ends = byte !== COMMA;
    const empty = this.#length === 0;
    if (empty && !(inList && ends)) this.#fail("a value is missing");
    if (inList !== (byte === code("]")) && ends) this.#fail("brackets do not match");
    if (ends) this.#stage = inList ? "key" : "end";
    else if (!inList) this.#stage = "key";
    return empty ? undefined : { key: this.#key, text: this.#text(), ...this.#begin };
  }

  #keep(byte: number): void {
    if (this.#length === this.#bytes.length) {
      if (this.#length >= LONGEST) this.#fail(`more than ${LONGEST} bytes in one piece`);
      const longer = new Uint8Array(this.#length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = byte;
  }

  #text(): string {
    const text = new TextDecoder().decode(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return text;
  }
}
