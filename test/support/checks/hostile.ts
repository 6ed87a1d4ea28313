/** Bytes that nobody meant well: decoding ends, with a value or a DecodeError. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeAck } from "../../../src/netlink/codec/ack.ts";
import { align4, type ByteOrder, hostByteOrder } from "../../../src/netlink/codec/byte-order.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { encodePayload, type Message } from "../../../src/netlink/codec/message.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { DecodeError, InputError } from "../../../src/netlink/errors.ts";
import { arbitraryMessage } from "../arbitrary.ts";
import { messagesOfProtocol } from "../inspect.ts";
import { bytes, ORDERS, wire, zeros } from "../wire.ts";

/** Whatever is read from these bytes, and written again, is a value, a DecodeError or an InputError. */
export function survive(message: Message<unknown>, payload: Uint8Array, byteOrder: ByteOrder): void {
  if (payload.length < 4096) same(message, payload, byteOrder);
  for (const exact of [false, true]) {
    const input = new Input(payload, { byteOrder, exact });
    try {
      const value = message.decode(input, 0, payload.length);
      if (!exact) continue;
      assert.ok(
        Buffer.from(payload).equals(encodePayload(message, value as object, byteOrder)),
        "written otherwise",
      );
    } catch (error) {
      // Names that the kernel refuses are decoded, and refused when they are to be sent.
      if (!(error instanceof DecodeError) && !(error instanceof InputError)) throw error;
    }
  }
  try {
    message.explain(new Input(payload, { byteOrder }), 0, payload.length);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}

/** A value as text, with the order of its keys, which is that of the attributes. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return `${part}n`;
    return part instanceof Uint8Array ? `bytes ${Buffer.from(part).toString("latin1")}` : part;
  });
}

/** The compiled decoder and the interpreter, which decodes exactly, agree. */
function same(message: Message<unknown>, payload: Uint8Array, byteOrder: ByteOrder): void {
  const [compiled, interpreted] = [false, true].map((exact) => {
    try {
      return written(message.decode(new Input(payload, { byteOrder, exact }), 0, payload.length));
    } catch (error) {
      return String(error);
    }
  });
  assert.ok(compiled === interpreted, `${compiled} is not ${interpreted}`.slice(0, 500));
}

export function checkHostile(protocol: Protocol): void {
  const messages = messagesOfProtocol(protocol).map((message) => [message.name, message] as const);

  describe.each(ORDERS)("%s endian", (byteOrder) => {
    const { attr, u16, u32 } = wire(byteOrder);

    test.each(messages)("random bytes as %s", (_name, message) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => survive(message, payload, byteOrder)),
        { numRuns: 100 },
      );
    });

    test.each(messages)("%s with random attributes", (_name, message) => {
      const type = fc.oneof(
        fc.constantFrom(0, ...message.attributes.byType.keys()),
        fc.integer({ min: 0, max: 0xffff }),
      );
      const attribute = fc
        .tuple(type, fc.uint8Array({ maxLength: 40 }))
        .map(([number, data]) => attr(number, data));
      fc.assert(
        fc.property(fc.array(attribute, { maxLength: 12 }), (list) =>
          survive(message, bytes(zeros(align4(message.header.size)), list), byteOrder),
        ),
        { numRuns: 100 },
      );
    });

    test.each(messages)("%s cut at every byte, and with any byte changed", (_name, message) => {
      fc.assert(
        fc.property(arbitraryMessage(message), fc.infiniteStream(fc.nat(0xffff)), (value, random) => {
          const payload = encodePayload(message, value, byteOrder);
          for (let end = 0; end < Math.min(payload.length, 300); end++) {
            survive(message, payload.slice(0, end), byteOrder);
          }
          for (let round = 0; round < 30; round++) {
            const changed = payload.slice();
            changed[random.next().value % payload.length] = random.next().value & 0xff;
            survive(message, changed, byteOrder);
          }
        }),
        { numRuns: 5 },
      );
    });

    test("attributes of length 0 to 3, and longer than what is there", () => {
      for (const [, message] of messages) {
        for (const length of [0, 1, 2, 3, 9, 0xffff]) {
          const payload = bytes(
            zeros(align4(message.header.size)),
            attr(4, u32(1)),
            u16(length),
            u16(1),
            u32(0),
          );
          const value = message.decode(new Input(payload, { byteOrder }), 0, payload.length) as {
            trailing?: Uint8Array;
          };
          expect(value.trailing).toEqual(bytes(u16(length), u16(1), u32(0)));
          survive(message, payload, byteOrder);
        }
      }
    });

    test("datagrams and acknowledgements", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(2, 3), (datagram, type) => {
          if (datagram.length >= 8) datagram.set(u16(type), 4);
          const input = new Input(datagram, { byteOrder });
          for (const nlmsg of messagesOf(input)) decodeAck(input, nlmsg);
        }),
        { numRuns: 200 },
      );
    });

    test.each([0, 15, 16, 0x7fffffff, 0x80000000, 0xfffffffd, 0xffffffff])(
      "an acknowledgement of a request of %i bytes",
      (length) => {
        const { message } = wire(byteOrder);
        const datagram = message(
          { type: 2, flags: 0x200 },
          u32(-22),
          message({ type: 16, length }),
          attr(2, u32(5)),
        );
        const input = new Input(datagram, { byteOrder });
        const [nlmsg] = messagesOf(input);
        const ack = decodeAck(input, nlmsg!);
        expect(ack.error).toBe(-22);
        expect(ack.extended).toEqual(length <= 16 ? { offs: 5 } : undefined);
      },
    );
  });

  describe("large", () => {
    const byteOrder = hostByteOrder;
    const { bare } = wire(byteOrder);

    test("attributes of 64 KiB", { timeout: 10_000 }, () => {
      const large = zeros(65_531);
      for (const [, message] of messages) {
        const shapes = new Map(
          [...message.attributes.byType].map(([type, [, { shape }]]) => [shape.type, type]),
        );
        for (const type of shapes.values()) {
          const payload = bytes(zeros(align4(message.header.size)), bare(type, large), 0);
          survive(message, payload, byteOrder);
        }
      }
    });
  });
}
