import type { Told } from "../told.ts";
import { hexOf } from "../value.ts";

/** A datagram's bytes on one line; of one that a filter took messages out of, the rest. */
export function hex({ captured: { bytes }, datagram, messages }: Told): string {
  if (messages.length === datagram.messages.length && messages[0]?.index === 0) return hexOf(bytes);
  if (messages.length === 0) return hexOf(bytes);
  return messages
    .map(({ message: { offset, length } }) => hexOf(bytes.subarray(offset, offset + ((length + 3) & ~3))))
    .join("");
}
