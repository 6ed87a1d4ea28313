import { Input } from "./input.ts";

/** Where copied bytes are. */
export interface Copy {
  readonly input: Input;
  readonly at: number;
}

/**
 * Copies of what is received into a buffer that is used again, many in one piece of memory: a piece of its own for each
 * would cost more than the copy.
 */
export class Copies {
  readonly #most: number;
  readonly #allocate: (size: number) => Uint8Array;
  #piece: Input | undefined;
  #used = 0;

  /**
   * @param most - bytes of a piece; the first ones are smaller.
   * @param allocate - gives so many bytes.
   */
  constructor(most: number, allocate = (size: number) => new Uint8Array(size)) {
    this.#most = most;
    this.#allocate = allocate;
  }

  /** Copies all of an input, to a multiple of four. */
  copy(from: Input): Copy {
    const { length } = from.bytes;
    let piece = this.#piece;
    let start = (this.#used + 3) & ~3;
    if (!piece || start + length > piece.bytes.length || piece.little !== from.little) {
      const size = Math.max(length, Math.min(this.#most, 4 * (piece?.bytes.length ?? 0)));
      piece = new Input(this.#allocate(size), { byteOrder: from.little ? "little" : "big" });
      this.#piece = piece;
      start = 0;
    }
    piece.bytes.set(from.bytes, start);
    this.#used = start + length;
    return { input: piece, at: start };
  }
}
