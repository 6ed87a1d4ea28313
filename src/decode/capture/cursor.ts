import { ByteBuffer } from "./byte-buffer.ts";

/** A stream of bytes, read in pieces of the size that is wanted. */
export class ByteCursor {
  readonly #input: AsyncIterator<Uint8Array>;
  /** What was fed and not taken yet, from `#at` on. */
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  #ended = false;
  /** Bytes taken so far. */
  offset = 0;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them: `length` of them, fewer at the end. They are a view until the next call. */
  async peek(length: number): Promise<Uint8Array> {
    if (this.#chunk.length - this.#at < length) await this.#fill(length);
    return this.#chunk.subarray(this.#at, this.#at + length);
  }

  /** A copy of the next bytes: `length` of them, fewer at the end. */
  async take(length: number): Promise<Uint8Array> {
    const taken = (await this.peek(length)).slice();
    this.#advance(taken.length);
    return taken;
  }

  /** Passes over bytes, without keeping them; returns how many there were. */
  async skip(length: number): Promise<number> {
    let passed = 0;
    while (passed < length) {
      const here = (await this.peek(Math.min(length - passed, 65536))).length;
      if (here === 0) break;
      this.#advance(here);
      passed += here;
    }
    return passed;
  }

  /** Tells the input that no more is wanted. */
  async close(): Promise<void> {
    await this.#input.return?.();
  }

  #advance(length: number): void {
    this.#at += length;
    this.offset += length;
  }

  async #fill(length: number): Promise<void> {
    const filled = new ByteBuffer(Number.POSITIVE_INFINITY);
    filled.append(this.#chunk.subarray(this.#at));
    while (filled.length < length && !this.#ended) {
      const next = await this.#input.next();
      if (next.done) this.#ended = true;
      // The caller may use its chunk again: this is a copy.
      else filled.append(next.value);
    }
    this.#at = 0;
    this.#chunk = filled.take();
  }
}
