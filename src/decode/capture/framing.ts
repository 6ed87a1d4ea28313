/** Where bytes without any frame are a datagram: the lengths of their messages say so. */
import { align4 } from "../../netlink/codec/byte-order.ts";
import { NLMSG_HDRLEN } from "../../netlink/constants.ts";

/**
 * Follows the messages of bytes that grow. They are whole when the last message ends where they end, or nothing but
 * zeros follows it. Either byte order will do.
 */
export class Framing {
  /** Where the first message begins that is not there wholly: in little endian, and in big. */
  #little = 0;
  #big = 0;

  /** @param bytes - all of them from the start, no fewer than the last time. */
  isWhole(bytes: Uint8Array): boolean {
    this.#little = walk(bytes, this.#little, true);
    if (this.#little > 0 && isZero(bytes, this.#little)) return true;
    this.#big = walk(bytes, this.#big, false);
    return this.#big > 0 && isZero(bytes, this.#big);
  }

  reset(): void {
    this.#little = 0;
    this.#big = 0;
  }
}

/** Whether these bytes are messages and nothing else. */
export function isWhole(bytes: Uint8Array): boolean {
  const little = walk(bytes, 0, true);
  if (little > 0 && isZero(bytes, little)) return true;
  const big = walk(bytes, 0, false);
  return big > 0 && isZero(bytes, big);
}

/** Whether a message could begin here, in a datagram of `length` bytes of which these are the first. */
export function mayBegin(bytes: Uint8Array, length: number): boolean {
  if (bytes.length < 4) return length === 0;
  return [true, false].some((little) => {
    const first = lengthAt(bytes, 0, little);
    return first >= NLMSG_HDRLEN && first <= length;
  });
}

/** Passes over whole messages from `at` on. */
function walk(bytes: Uint8Array, at: number, little: boolean): number {
  let next = at;
  while (next + NLMSG_HDRLEN <= bytes.length) {
    const length = lengthAt(bytes, next, little);
    if (length < NLMSG_HDRLEN || next + length > bytes.length) break;
    next += align4(length);
  }
  return next;
}

/** Without a DataView, which takes longer to make than the rest. */
function lengthAt(bytes: Uint8Array, at: number, little: boolean): number {
  const [a, b, c, d] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  return (little ? a | (b << 8) | (c << 16) | (d << 24) : (a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function isZero(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}
