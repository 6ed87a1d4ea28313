import { type ByteOrder, hostByteOrder } from "./byte-order.ts";

/** How bytes are to be read. */
export interface DecodeOptions {
  /** Byte order of the machine the bytes come from; default: this machine's. */
  readonly byteOrder?: ByteOrder | undefined;
  /**
   * Note on every object how its attributes were written (order, NLA_F_NESTED, missing NUL, struct length), so that
   * encoding it again gives the same bytes. Slower; values are the same.
   */
  readonly exact?: boolean | undefined;
}

/** Inputs that are kept to be used again. */
const MOST_KNOWN = 64;

/** Bytes being decoded. */
export class Input {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly exact: boolean;

  constructor(bytes: Uint8Array, options: DecodeOptions = {}) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = (options.byteOrder ?? hostByteOrder) === "little";
    this.exact = options.exact === true;
  }
}

/**
 * Inputs of what is received into a few buffers, where bytes of one length are often the same object as before. So two
 * datagrams may have one input: not for what tells them apart by it.
 */
export class Inputs {
  readonly #known = new Map<Uint8Array, Input>();
  #last: Input | undefined;

  of(bytes: Uint8Array): Input {
    if (this.#last?.bytes === bytes) return this.#last;
    let input = this.#known.get(bytes);
    if (!input) {
      if (this.#known.size === MOST_KNOWN) this.#known.clear();
      input = new Input(bytes);
      this.#known.set(bytes, input);
    }
    this.#last = input;
    return input;
  }
}
