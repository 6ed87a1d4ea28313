/** Whatever the bytes: an explanation comes back, of bytes that are there. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { explainDatagram, walk } from "../../../src/decode/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { ORDERS, wire } from "../../support/wire.ts";
import { ack, loAddress, refusedDump, vxlanError, vxlanRequest } from "./datagrams.ts";

const byteOrder = fc.constantFrom(...ORDERS);
const noise = fc.uint8Array({ maxLength: 200 });

function check(
  bytes: Uint8Array,
  options: { byteOrder?: "little" | "big"; requestOf?: () => Uint8Array } = {},
) {
  const datagram = explainDatagram(bytes, { protocol: rtnetlink, ...options });
  let end = 0;
  for (const message of datagram.messages) {
    expect(message.offset).toBeGreaterThanOrEqual(end);
    for (const { part } of walk([...message.header, ...message.parts])) {
      expect(part.start).toBeGreaterThanOrEqual(message.offset);
      expect(part.end).toBeGreaterThanOrEqual(part.start);
      expect(part.end).toBeLessThanOrEqual(bytes.length);
    }
    for (const { start, end } of [...message.problems, ...message.notes]) {
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(bytes.length);
    }
    end = message.offset + 16;
  }
  return datagram;
}

test("random bytes: problems", () => {
  fc.assert(
    fc.property(noise, byteOrder, (bytes, byteOrder) => {
      const { messages, problems } = check(bytes, { byteOrder });
      expect(problems.length + messages.flatMap((message) => message.problems).length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

test("random payloads behind sound headers", () => {
  const type = fc.oneof(
    fc.constantFrom(...rtnetlink.types.keys()),
    fc.constantFrom(1, 2, 3, 4),
    fc.integer({ max: 0xffff, min: 0 }),
  );
  fc.assert(
    fc.property(
      type,
      fc.integer({ min: 0, max: 0xffff }),
      noise,
      byteOrder,
      noise,
      (type, flags, payload, byteOrder, request) => {
        check(wire(byteOrder).message({ type, flags }, payload), { byteOrder, requestOf: () => request });
      },
    ),
    { numRuns: 3000 },
  );
});

test("recorded datagrams with bytes changed, and cut", () => {
  const recorded = fc.constantFrom(ack, loAddress, refusedDump, vxlanError, vxlanRequest);
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(recorded, fc.array(change, { maxLength: 4 }), fc.nat(), (bytes, changes, cut) => {
      const changed = bytes.slice();
      for (const [at, byte] of changes) changed[at % changed.length] = byte;
      const requestOf = () => changed;
      check(changed, { byteOrder: "little", requestOf });
      check(changed.slice(0, cut % (bytes.length + 1)), { byteOrder: "little", requestOf });
      check(vxlanError, { byteOrder: "little", requestOf });
    }),
    { numRuns: 2000 },
  );
});

test("attributes nested without end take no time", () => {
  const { attr, message } = wire("little");
  let nest = attr(1, Uint8Array.of(0));
  for (let depth = 0; depth < 12_000; depth++) nest = wrap(nest, depth);
  const started = performance.now();
  check(message({ type: 16 }, new Uint8Array(16), nest), { byteOrder: "little" });
  expect(performance.now() - started).toBeLessThan(2000);

  function wrap(inner: Uint8Array, depth: number): Uint8Array {
    // linkinfo { kind, data { peer { linkinfo … } } }, as deep as 64 KiB allow
    if (inner.length > 65_000) return inner;
    if (depth % 3 === 0) return attr(1, inner.length > 4 ? new Uint8Array(16) : [], inner);
    return attr(depth % 3 === 1 ? 2 : 18, attr(1, Uint8Array.from(Buffer.from("veth\0"))), inner);
  }
});
