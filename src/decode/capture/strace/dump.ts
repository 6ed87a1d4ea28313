/** What `-e read` and `-e write` add below a call: its data in hexadecimal, buffer by buffer. */
import { ByteBuffer } from "../byte-buffer.ts";
import { readOctets } from "../hex-line.ts";

/** A line of a dump, and not a call. */
export function isDumpLine(text: string): boolean {
  return text.startsWith(" | ") || text.startsWith(" * ") || text.startsWith(" = ");
}

/** Collects the datagrams of one call. */
export class Dump {
  readonly #buffer = new ByteBuffer();
  /** How many datagrams there are to come. */
  readonly #count: number;
  /** Bytes of the only one, where the call says it. */
  readonly #length: number | undefined;
  #vector = 0;
  #buffersLeft = 0;
  #bytesLeft = 0;
  /** Where the next line of the buffer should begin. */
  #at = 0;
  readonly datagrams: Uint8Array[] = [];
  readonly problems: string[] = [];

  constructor(count: number, length: number | undefined) {
    this.#count = count;
    this.#length = length;
  }

  /** The bytes of the datagram under way, until the next line. */
  get view(): Uint8Array {
    return this.#buffer.view;
  }

  /** Returns whether everything is there. */
  line(text: string): boolean {
    if (text[1] === "|") this.#data(text);
    else if (text[1] === "*") {
      this.#bytesLeft = Number(/^ \* (\d+) bytes/.exec(text)?.[1] ?? 0);
      this.#buffersLeft--;
      this.#at = 0;
    } else {
      const found = /^ = (\d+) buffers in vector (\d+)/.exec(text);
      this.#vectorBegins(Number(found?.[1] ?? 0), Number(found?.[2] ?? 0));
    }
    if (this.#length !== undefined) return this.#buffer.length >= this.#length;
    return (
      this.#count > 1 && this.#vector === this.#count - 1 && this.#buffersLeft <= 0 && this.#bytesLeft <= 0
    );
  }

  /** What there is at the end. */
  finish(): readonly Uint8Array[] {
    if (this.#buffer.length > 0) this.datagrams.push(this.#buffer.take());
    return this.datagrams;
  }

  #vectorBegins(buffers: number, vector: number): void {
    if (vector > 0 && this.datagrams.length < this.#count) this.datagrams.push(this.#buffer.take());
    this.#vector = vector;
    this.#buffersLeft = buffers;
    this.#bytesLeft = 0;
    this.#at = 0;
  }

  #data(text: string): void {
    const found = /^ \| ([0-9a-f]{5,8}) {2}/.exec(text);
    if (!found) return;
    const at = Number.parseInt(found[1]!, 16);
    if (at !== this.#at && this.problems.length === 0)
      this.problems.push(`the dump goes on at 0x${found[1]} where 0x${this.#at.toString(16)} was expected`);
    const before = this.#buffer.length;
    readOctets(text, found[0].length, this.#buffer);
    const read = this.#buffer.length - before;
    this.#at = at + read;
    this.#bytesLeft -= read;
  }
}
