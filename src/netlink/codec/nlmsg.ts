import { NLMSG_HDRLEN } from "../constants.ts";
import { align4 } from "./byte-order.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";

/**
 * One message in a datagram, struct nlmsghdr (netlink(7), RFC 3549 section 2.3.2):
 *
 *     0            4        6        8          12         16
 *     | length u32 | type16 | flag16 | sequence | port id  | payload …
 */
export interface NlMessage {
  /** Where the header starts in the datagram. */
  readonly offset: number;
  /** Header and payload, without padding; as the header says. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly portId: number;
  /** Where the payload starts, and how many bytes of it are there. */
  readonly at: number;
  readonly payloadLength: number;
  /** The header promises more bytes than the datagram holds. */
  readonly cut: boolean;
}

/**
 * The messages of a datagram.
 *
 * The last one needs no padding. A length below the header's own ends the walk; what is left are no messages (iproute2
 * sends zero bytes behind its requests) and starts at the position after the last one.
 */
export function* messagesOf(input: Input, start = 0, end = input.bytes.length): Generator<NlMessage, number> {
  const { view, little } = input;
  let offset = start;
  while (offset + NLMSG_HDRLEN <= end) {
    const length = view.getUint32(offset, little);
    if (length < NLMSG_HDRLEN) return offset;
    const cut = offset + length > end;
    yield {
      offset,
      length,
      type: view.getUint16(offset + 4, little),
      flags: view.getUint16(offset + 6, little),
      sequence: view.getUint32(offset + 8, little),
      portId: view.getUint32(offset + 12, little),
      at: offset + NLMSG_HDRLEN,
      payloadLength: Math.min(length, end - offset) - NLMSG_HDRLEN,
      cut,
    };
    offset = cut ? end : Math.min(end, offset + align4(length));
  }
  return offset;
}

/** Starts a message; {@link endMessage} fills in its length. */
export function beginMessage(
  output: Output,
  type: number,
  flags: number,
  sequence: number,
  portId = 0,
): number {
  const start = output.room(NLMSG_HDRLEN);
  output.view.setUint16(start + 4, type, output.little);
  output.view.setUint16(start + 6, flags, output.little);
  output.view.setUint32(start + 8, sequence, output.little);
  output.view.setUint32(start + 12, portId, output.little);
  return start;
}

export function endMessage(output: Output, start: number): void {
  const length = output.at - start;
  output.view.setUint32(start, length, output.little);
  output.take(align4(length) - length);
}
