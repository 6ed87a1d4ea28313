/** Where bytes without any frame are a datagram: the lengths of their messages say so. */
import { align4, type ByteOrder } from "../../netlink/codec/byte-order.ts";
import { NLMSG_HDRLEN } from "../../netlink/constants.ts";

/**
 * Follows the messages of bytes that grow. They are whole when the last message ends where they end, or nothing but
 * zeros follows it. Either byte order will do.
 */
export class Framing {
  readonly #walks = [new Walk("little"), new Walk("big")];

  /** @param bytes - all of them from the start, no fewer than the last time. */
  isWhole(bytes: Uint8Array): boolean {
    return this.#walks.some((walk) => walk.isWhole(bytes));
  }

  reset(): void {
    for (const walk of this.#walks) walk.next = 0;
  }
}

class Walk {
  readonly #little: boolean;
  /** Where the first message begins that is not there wholly. */
  next = 0;

  constructor(order: ByteOrder) {
    this.#little = order === "little";
  }

  isWhole(bytes: Uint8Array): boolean {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (this.next + NLMSG_HDRLEN <= bytes.length) {
      const length = view.getUint32(this.next, this.#little);
      if (length < NLMSG_HDRLEN || this.next + length > bytes.length) break;
      this.next += align4(length);
    }
    if (this.next === 0) return false;
    for (let at = this.next; at < bytes.length; at++) if (bytes[at] !== 0) return false;
    return true;
  }
}

/** Whether these bytes are messages and nothing else. */
export function isWhole(bytes: Uint8Array): boolean {
  return new Framing().isWhole(bytes);
}

/** Whether a message could begin here, in a datagram of `length` bytes of which these are the first. */
export function mayBegin(bytes: Uint8Array, length: number): boolean {
  if (bytes.length < 4) return length === 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [true, false].some((little) => {
    const first = view.getUint32(0, little);
    return first >= NLMSG_HDRLEN && first <= length;
  });
}
