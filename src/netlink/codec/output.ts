import { InputError } from "../errors.ts";
import { align4, type ByteOrder, hostByteOrder } from "./byte-order.ts";

/** A growing buffer that messages are encoded into. */
export class Output {
  bytes: Uint8Array;
  view: DataView;
  /** Where the next byte goes. */
  at = 0;
  readonly little: boolean;

  constructor(byteOrder: ByteOrder = hostByteOrder, size = 1024) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
    this.little = byteOrder === "little";
  }

  /** Makes room for `length` bytes, which the caller writes all of, and returns where they start. */
  room(length: number): number {
    const start = this.at;
    const end = start + length;
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    this.at = end;
    return start;
  }

  /** Makes room for `length` zero bytes and returns where they start. */
  take(length: number): number {
    const start = this.room(length);
    const { at, bytes } = this;
    // Most of what is taken is a header or padding.
    if (length <= 32) for (let i = start; i < at; i++) bytes[i] = 0;
    else bytes.fill(0, start, at);
    return start;
  }

  append(bytes: Uint8Array): void {
    const start = this.room(bytes.length);
    this.bytes.set(bytes, start);
  }

  /** Starts an attribute (linux/netlink.h struct nlattr) whose length {@link end} fills in. */
  begin(type: number): number {
    const start = this.room(4);
    this.view.setUint16(start + 2, type, this.little);
    return start;
  }

  end(start: number): void {
    const length = this.at - start;
    if (length > 0xffff) throw new InputError("", "at most 65531 bytes in an attribute", length - 4);
    this.view.setUint16(start, length, this.little);
    this.take(align4(length) - length);
  }

  #written: Uint8Array | undefined;
  /** What was written from `start` to `end`, until more is: requests of one kind are of one length. */
  written(start = 0, end = this.at): Uint8Array {
    const last = this.#written;
    const isSame =
      last?.buffer === this.bytes.buffer && last.byteOffset === start && last.length === end - start;
    if (isSame) return last;
    this.#written = this.bytes.subarray(start, end);
    return this.#written;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }
}
