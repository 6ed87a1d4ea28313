/** Whether a decoded message encodes to the bytes it was decoded from. */
import { extendedAckAttrs } from "../netlink/codec/ack.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { Output } from "../netlink/codec/output.ts";
import { type Protocol, typeOf } from "../netlink/codec/protocol.ts";
import { NLMSG_HDRLEN } from "../netlink/constants.ts";
import { DecodeError, InputError } from "../netlink/errors.ts";
import type { ExplainedMessage } from "./explain.ts";
import type { Remark } from "./remarks.ts";

/** The first byte that encoding gives otherwise; undefined where there is none, or no schema to encode with. */
export function verify(
  bytes: Uint8Array,
  { offset, length, type, direction, answer, parts }: ExplainedMessage,
  protocol: Protocol,
  byteOrder: ByteOrder,
): Remark | undefined {
  const input = new Input(bytes, { byteOrder, exact: true });
  const end = Math.min(offset + length, bytes.length);
  if (answer) {
    const first = parts.find(({ attributeType }) => attributeType !== undefined);
    if (!first) return undefined;
    const at = first.start;
    return compare(bytes, at, end, byteOrder, (output) => {
      extendedAckAttrs.encode(output, extendedAckAttrs.decode(input, at, end - at, undefined), undefined);
    });
  }
  const known = typeOf(protocol, type, direction === "sent")?.message;
  const at = offset + NLMSG_HDRLEN;
  if (!known || at >= end) return undefined;
  return compare(bytes, at, end, byteOrder, (output) => {
    known.encode(output, known.decode(input, at, end - at) as object);
  });
}

function compare(
  bytes: Uint8Array,
  at: number,
  end: number,
  byteOrder: ByteOrder,
  encode: (output: Output) => void,
): Remark | undefined {
  const output = new Output(byteOrder, end - at + 64);
  try {
    encode(output);
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof InputError)) throw error;
    return { text: `cannot be encoded again: ${error.message}`, start: at, end };
  }
  const again = output.bytes.subarray(0, output.at);
  for (let place = at; place < end; place++) {
    const byte = again[place - at];
    if (byte === bytes[place]) continue;
    const instead = byte === undefined ? "ends" : `has ${hex(byte)} for ${hex(bytes[place]!)}`;
    return { text: `encoded again, it ${instead} here`, start: place, end: place + 1 };
  }
  const more = again.length - (end - at);
  if (more <= 0) return undefined;
  return { text: `encoded again, it has ${more} bytes more`, start: end, end };
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, "0")}`;
