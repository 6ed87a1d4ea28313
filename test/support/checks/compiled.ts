/** The compiled decoders, and views, against the interpreter: the same for sound, changed and random input. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canCompile } from "../../../src/netlink/codec/compile.ts";
import { planning } from "../../../src/netlink/codec/compile-encode.ts";
import { learning } from "../../../src/netlink/codec/compile-set.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { encodePayload, type Message } from "../../../src/netlink/codec/message.ts";
import { beginMessage, endMessage, messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { viewer } from "../../../src/netlink/codec/view.ts";
import { NLM_F_MULTI, NLMSG_HDRLEN } from "../../../src/netlink/constants.ts";
import { DecodeError } from "../../../src/netlink/errors.ts";
import { arbitraryMessage } from "../arbitrary.ts";
import { messagesOfProtocol } from "../inspect.ts";
import { ORDERS } from "../wire.ts";

/** A value with its order of keys, which is that of the attributes. */
function written(decode: () => unknown): string {
  try {
    return JSON.stringify(decode(), (_key, value: unknown) => {
      if (typeof value === "bigint") return `${value}n`;
      if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
      return value;
    });
  } catch (error) {
    if (error instanceof DecodeError) return `DecodeError ${error.message}`;
    throw error;
  }
}

function encoded(
  message: Message<unknown>,
  value: object,
  byteOrder: "little" | "big",
  values: number,
): Uint8Array {
  const before = planning.values;
  planning.values = values;
  try {
    return encodePayload(message, value, byteOrder);
  } finally {
    planning.values = before;
  }
}

function same(message: Message<unknown>, payload: Uint8Array, byteOrder: "little" | "big"): void {
  const input = new Input(payload, { byteOrder });
  const interpreted = written(() => message.interpret(input, 0, payload.length));
  // A form is known the second time.
  for (let times = 0; times < 2; times++)
    expect(written(() => message.decode(input, 0, payload.length))).toBe(interpreted);
  sameInDatagram(message, payload, byteOrder);
}

const TYPE = 16;
const SEQUENCE = 7;

/** Three of them in a datagram, as in a dump; and a view of one. */
function sameInDatagram(message: Message<unknown>, payload: Uint8Array, byteOrder: "little" | "big"): void {
  const output = new Output(byteOrder);
  for (let i = 0; i < 3; i++) {
    const start = beginMessage(output, TYPE, NLM_F_MULTI, SEQUENCE);
    output.append(payload);
    endMessage(output, start);
  }
  const bytes = output.finish();
  const input = new Input(bytes, { byteOrder });
  const all = (decode: (list: unknown[]) => void) =>
    written(() => {
      const list: unknown[] = [];
      decode(list);
      return list;
    });
  const interpreted = all((list) => {
    for (const { at } of messagesOf(input)) list.push(message.interpret(input, at, payload.length));
  });
  const head = input.view.getUint32(4, input.little);
  const run = (list: unknown[]) => {
    let [before, offset] = [-1, 0];
    while (offset > before) {
      before = offset;
      offset = message.decodeRun(input, offset, bytes.length, head, SEQUENCE, list);
    }
    expect(offset).toBe(bytes.length);
  };
  for (let times = 0; times < 2; times++) expect(all(run)).toBe(interpreted);
  const second = bytes.length / 3 + NLMSG_HDRLEN;
  expect(written(() => viewer(message)(input, second))).toBe(
    written(() => message.interpret(input, second, payload.length)),
  );
}

export function checkCompiled(protocol: Protocol): void {
  const messages = messagesOfProtocol(protocol).map((message) => [message.name, message] as const);

  test("code can be compiled here", () => expect(canCompile()).toBe(true));

  const runs = ORDERS.flatMap((byteOrder) => [
    { byteOrder, how: "learning", always: false },
    { byteOrder, how: "with a decoder for every form", always: true },
  ]);

  describe.each(runs)("$byteOrder endian, $how", ({ byteOrder, always }) => {
    beforeAll(() => {
      learning.always = always;
      planning.lists = Infinity;
    });
    afterAll(() => {
      learning.always = false;
      planning.lists = 8;
    });

    test.each(messages)("%s", (_name, message) => {
      const change = fc.tuple(fc.nat({ max: 4000 }), fc.nat({ max: 255 }));
      fc.assert(
        fc.property(
          arbitraryMessage(message),
          fc.array(change, { maxLength: 4 }),
          fc.nat(),
          (value, changes, cut) => {
            const payload = encoded(message, value, byteOrder, Infinity);
            if (always) expect(encoded(message, value, byteOrder, 1)).toEqual(payload);
            same(message, payload, byteOrder);
            for (const [place, byte] of changes)
              if (payload.length > 0) payload[place % payload.length] = byte;
            same(message, payload, byteOrder);
            same(message, payload.subarray(0, cut % (payload.length + 1)), byteOrder);
          },
        ),
        { numRuns: 100 },
      );
    });
  });

  test("an object of a compiled decoder is a plain one", () => {
    const message = messages[0]![1];
    const payload = encodePayload(message, {});
    const value = message.decode(new Input(payload), 0, payload.length) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).toEqual(message.interpret(new Input(payload), 0, payload.length));
    expect(Object.keys({ ...value })).toEqual(Object.keys(value));
  });
}
