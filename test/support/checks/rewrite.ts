/** Messages as other programs write them: nothing is lost, and exact decoding keeps every byte. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align4 } from "../../../src/netlink/codec/byte-order.ts";
import { decodePayload, encodePayload, type Message } from "../../../src/netlink/codec/message.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { arbitraryMessage } from "../arbitrary.ts";
import { messagesOfProtocol } from "../inspect.ts";
import { type Mutations, Mutator } from "../mutate.ts";
import { ORDERS } from "../wire.ts";

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

export function checkRewrites(protocol: Protocol): void {
  const messages = messagesOfProtocol(protocol).map((message) => [message.name, message] as const);

  describe.each(ORDERS)("%s endian", (byteOrder) => {
    const check = (name: string, message: Message<unknown>, mutations: Mutations, exact: boolean) => {
      let changes = 0;
      fc.assert(
        fc.property(arbitraryMessage(message), fc.integer(), (value, seed) => {
          const mutator = new Mutator(byteOrder, seed, mutations);
          const bytes = mutator.message(message, encodePayload(message, value, byteOrder), value);
          changes += mutator.changes;
          const decoded = decodePayload(message, bytes, { byteOrder, exact });
          assert.equal(hexOf(encodePayload(message, decoded as object, byteOrder)), hexOf(bytes));
          // Noted forms do not show.
          assert.deepEqual(decoded, decodePayload(message, bytes, { byteOrder }));
        }),
        { numRuns: 80 },
      );
      expect(changes, `${name} was never changed`).toBeGreaterThan(20);
    };

    test.each(messages)("%s with unknown attributes, trailing bytes and longer structs", (name, message) => {
      check(name, message, { additions: true }, false);
    });

    test.each(messages)("%s written in any form, decoded exactly", (name, message) => {
      check(name, message, { additions: true, forms: true, padding: true }, true);
    });

    test.each(messages)("%s decoded exactly and changed: the rest stays as it was", (_name, message) => {
      fc.assert(
        fc.property(arbitraryMessage(message), fc.integer(), (value, seed) => {
          const mutator = new Mutator(byteOrder, seed, { additions: true, forms: true });
          const bytes = mutator.message(message, encodePayload(message, value, byteOrder), value);
          fc.pre(bytes.length >= message.header.size);
          const decoded = decodePayload(message, bytes, { byteOrder, exact: true }) as Record<
            string,
            unknown
          >;
          const last = message.header.fields.findLast(({ shape }) => "bits" in shape)?.name;
          if (last !== undefined) decoded[last] = Array.isArray(decoded[last]) ? [1] : 1;
          const again = encodePayload(message, decoded, byteOrder);
          const size = align4(message.header.size);
          assert.equal(hexOf(again.slice(size)), hexOf(bytes.slice(size)));
        }),
        { numRuns: 80 },
      );
    });
  });
}
