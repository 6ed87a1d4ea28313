import type { Told } from "../told.ts";
import { hexOf } from "../value.ts";

/** A datagram's bytes on one line; of one that a filter took messages out of, the rest. */
export function hex({ captured: { bytes }, datagram, messages }: Told): string {
  const isWhole = messages.length === 0 || messages.length === datagram.messages.length;
  const [first] = messages;
  // A request that is told again stands where it stood, behind nothing.
  if (isWhole && (first === undefined || first.index === 0)) return hexOf(bytes);
  return messages
    .map(({ message: { offset, length } }) => hexOf(bytes.subarray(offset, offset + ((length + 3) & ~3))))
    .join("");
}
