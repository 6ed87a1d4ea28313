/** Tests of what is sent, in a line. */
import { bytesOfLines } from "../decode/capture/fixture-event.ts";
import { explainDatagram } from "../decode/explain.ts";
import { walk } from "../decode/walk.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";
import { Output } from "../netlink/codec/output.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import { acknowledge, encodeRequest, type Request } from "../netlink/request.ts";
import { rtnetlink } from "../rtnl/protocol.ts";
import { annotate } from "./annotate.ts";
import { differences, fieldsOf, formatDifferences } from "./fields.ts";

/** A request of `nlkit/rtnl`, or the bytes of a datagram. */
export type Encodable = Request<unknown> | Uint8Array;

export interface EncodingOptions {
  /** Default rtnetlink. */
  readonly protocol?: Protocol | undefined;
  /** Default `little`, on every machine. */
  readonly byteOrder?: ByteOrder | undefined;
}

/**
 * Whether a request is these bytes: undefined, or what differs, field by field, and the first byte.
 *
 * Sequence numbers and port ids do not count. A change asks for an acknowledgement, as it does when a client sends it.
 *
 * @param expected - a datagram, or the same as hexadecimal lines as fixtures have them.
 */
export function encodingDifference(
  actual: Encodable,
  expected: Encodable | string | readonly string[],
  { protocol = rtnetlink, byteOrder = "little" }: EncodingOptions = {},
): string | undefined {
  const sent = anonymous(bytesOf(actual, byteOrder), byteOrder);
  const wanted = anonymous(bytesOf(expected, byteOrder), byteOrder);
  const first = firstDifference(sent, wanted);
  if (first === undefined) return undefined;
  const options = { protocol, byteOrder, direction: "sent" } as const;
  const field = fieldAt(wanted, first, options) ?? fieldAt(sent, first, options);
  const place = `byte ${first}${field === undefined ? "" : `, ${field},`} is ${byteAt(sent, first)}, expected ${byteAt(wanted, first)}`;
  const list = differences(fieldsOf(wanted, options), fieldsOf(sent, options));
  const fields = list.length === 0 ? "the fields are the same" : formatDifferences(list);
  return [place, fields, "sent:", ...annotate(sent, options).map((line) => `  ${line}`)].join("\n");
}

/** For node:test and others: throws an error that shows the difference. */
export function assertEncodes(
  actual: Encodable,
  expected: Encodable | string | readonly string[],
  options?: EncodingOptions,
): void {
  const difference = encodingDifference(actual, expected, options);
  if (difference !== undefined) throw new EncodingError(difference);
}

export class EncodingError extends Error {
  override readonly name = "EncodingError";
  readonly code = "ERR_ASSERTION";
}

/** What vitest's and Jest's `expect.extend` take: `expect(addRoute({ … })).toEncode("34000000 …")`. */
export const netlinkMatchers = {
  toEncode(
    actual: Encodable,
    expected: Encodable | string | readonly string[],
    options?: EncodingOptions,
  ): { pass: boolean; message: () => string } {
    const difference = encodingDifference(actual, expected, options);
    return {
      pass: difference === undefined,
      message: () => difference ?? "expected other bytes, but they are these",
    };
  },
};

/** The matchers' types: `declare module "vitest" { interface Matchers<T> extends NetlinkMatchers<T> {} }`. */
export interface NetlinkMatchers<R = unknown> {
  toEncode(expected: Encodable | string | readonly string[], options?: EncodingOptions): R;
}

/** A request as annotated lines, the same on every machine: for snapshots. */
export function encodingText(
  request: Encodable,
  { protocol = rtnetlink, byteOrder = "little" }: EncodingOptions = {},
): string {
  const bytes = anonymous(bytesOf(request, byteOrder), byteOrder);
  return annotate(bytes, { protocol, byteOrder, direction: "sent" }).join("\n");
}

function bytesOf(value: Encodable | string | readonly string[], byteOrder: ByteOrder): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return bytesOfLines(value.split("\n").map((line) => line.trim()));
  if (Array.isArray(value)) return bytesOfLines(value as readonly string[]);
  const request = value as Request<unknown>;
  const output = new Output(byteOrder);
  const start = encodeRequest(output, request, 0);
  if (request.reply === undefined) acknowledge(output, start);
  return output.finish();
}

/** A copy whose sequence numbers and port ids are 0. */
function anonymous(bytes: Uint8Array, byteOrder: ByteOrder): Uint8Array {
  const copy = bytes.slice();
  for (const { offset } of messagesOf(new Input(copy, { byteOrder }))) copy.fill(0, offset + 8, offset + 16);
  return copy;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at;
  return undefined;
}

const byteAt = (bytes: Uint8Array, at: number): string =>
  at < bytes.length ? `0x${bytes[at]!.toString(16).padStart(2, "0")}` : "missing";

/** The innermost field that a byte belongs to. */
function fieldAt(
  bytes: Uint8Array,
  at: number,
  options: Parameters<typeof explainDatagram>[1],
): string | undefined {
  let found: string | undefined;
  for (const { header, parts } of explainDatagram(bytes, options).messages)
    for (const { part, path } of walk([...header, ...parts]))
      if (at >= part.start && at < part.end) found = path;
  return found;
}
