/** More is told, not kept: bytes. */
export const LONGEST_BLOCK = 64 * 1024 * 1024;

/** Bytes that are collected; those beyond the limit are only counted. */
export class ByteBuffer {
  readonly #limit: number;
  #bytes = new Uint8Array(256);
  /** Bytes that were given, also those beyond the limit. */
  length = 0;

  constructor(limit = LONGEST_BLOCK) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.length > this.#limit;
  }

  /** Those that are there, only until the next one is added. */
  get view(): Uint8Array {
    return this.#bytes.subarray(0, Math.min(this.length, this.#limit));
  }

  push(byte: number): void {
    const at = this.length++;
    if (at >= this.#limit) return;
    if (at >= this.#bytes.length) this.#grow(at + 1);
    this.#bytes[at] = byte;
  }

  append(bytes: Uint8Array): void {
    const at = this.length;
    this.length += bytes.length;
    const room = this.#limit - at;
    if (room <= 0) return;
    const end = Math.min(this.length, this.#limit);
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(room < bytes.length ? bytes.subarray(0, room) : bytes, at);
  }

  /** A copy of what is there; then it is empty. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, Math.min(this.length, this.#limit));
    this.clear();
    return taken;
  }

  clear(): void {
    this.length = 0;
    // A datagram of megabytes is rare: its room is given back.
    if (this.#bytes.length > 1024 * 1024) this.#bytes = new Uint8Array(256);
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** The pieces one behind the other: the piece itself where there is one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
