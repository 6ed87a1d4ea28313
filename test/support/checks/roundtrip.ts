/** Values made from the schema go to bytes and back. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, test } from "vitest";
import { Input } from "../../../src/netlink/codec/input.ts";
import { decodePayload, encodePayload } from "../../../src/netlink/codec/message.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { arbitraryMessage, arbitrarySet } from "../arbitrary.ts";
import { messagesOfProtocol, setsOf } from "../inspect.ts";
import { ORDERS } from "../wire.ts";

export function checkRoundTrips(protocol: Protocol): void {
  describe.each(ORDERS)("%s endian", (byteOrder) => {
    test.each(messagesOfProtocol(protocol).map((message) => [message.name, message] as const))(
      "message %s",
      (_name, message) => {
        fc.assert(
          fc.property(arbitraryMessage(message), (value) => {
            const bytes = encodePayload(message, value, byteOrder);
            assert.deepEqual(decodePayload(message, bytes, { byteOrder }), value);
            const exact = decodePayload(message, bytes, { byteOrder, exact: true });
            assert.deepEqual(exact, value);
            assert.deepEqual(encodePayload(message, exact, byteOrder), bytes);
          }),
          { numRuns: 60 },
        );
      },
    );

    test.each(setsOf(protocol).map((set) => [set.name, set] as const))("set %s", (_name, set) => {
      fc.assert(
        fc.property(arbitrarySet(set, []), (value) => {
          const output = new Output(byteOrder);
          set.encode(output, value, undefined);
          const bytes = output.finish();
          const decoded = set.decode(new Input(bytes, { byteOrder }), 0, bytes.length, undefined);
          assert.deepEqual(decoded, value);
        }),
        { numRuns: 20 },
      );
    });
  });
}
