/** Whatever the bytes: an explanation comes back, of bytes that are there. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { diff, explainDatagram, formatDiff, outputs, walk } from "../../../src/decode/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { ORDERS, wire } from "../../support/wire.ts";
import {
  ack,
  captured,
  dumpEnd,
  loAddress,
  refusedDump,
  talk,
  tell,
  vxlanError,
  vxlanRequest,
} from "./datagrams.ts";

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

const recorded = [ack, loAddress, refusedDump, vxlanError, vxlanRequest, dumpEnd];
/** Protocols with a schema and without. */
const protocols = [0, 4, 6, 12, 15, 16, 31, 999];

/** A conversation of mutated datagrams, told in every way. */
const talks = fc.array(
  fc.record({
    data: fc.oneof(fc.constantFrom(...recorded), noise),
    changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    cut: fc.option(fc.nat({ max: 100 })),
    more: fc.record({
      protocol: fc.constantFrom(undefined, 0, 0, 0, ...protocols),
      direction: fc.constantFrom(undefined, "sent" as const, "received" as const),
      socket: fc.constantFrom(undefined, "a", "b"),
      portId: fc.constantFrom(undefined, 0, 32548),
      time: fc.constantFrom(undefined, 0, 1e12, Number.NaN, -1),
      failed: fc.constantFrom(undefined, undefined, "ENOBUFS"),
      groups: fc.constantFrom(undefined, 0, 5),
    }),
  }),
  { maxLength: 6 },
);

test("conversations of anything, in every output", () => {
  fc.assert(
    fc.property(talks, fc.boolean(), (entries, verify) => {
      const datagrams = entries.map(({ data, changes, cut, more }) => {
        const bytes = data.slice();
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        const length = bytes.length;
        return captured(cut === null ? bytes : bytes.slice(0, cut), { ...more, length });
      });
      const { told, unfinished } = talk(datagrams, { verify });
      expect(unfinished.length).toBeLessThanOrEqual(told.length * 10);
      for (const one of told) {
        for (const output of Object.values(outputs)) {
          for (const options of [{}, { bytes: true, exact: true, width: 80 }]) {
            const text = output(one, options);
            // Something is said, and it does not get out of hand.
            expect(text.length).toBeLessThan(4000 + 400 * one.captured.bytes.length);
            expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
          }
        }
        for (const text of outputs.json(one).split("\n")) JSON.parse(text);
      }
      formatDiff(diff(told, told.toReversed()));
    }),
    { numRuns: 700 },
  );
});

test("what a capture says cannot command a terminal", () => {
  const { attr, message } = wire("little");
  const evil = Uint8Array.from(Buffer.from("\u001b[2J\u009b\u2028\u202e\n\0"));
  const link = message({ type: 16 }, Uint8Array.of(0, 0, 0, 0, 5, 0, 0, 0), new Uint8Array(8), attr(3, evil));
  const refusal = message(
    { type: 2, flags: 0x300 },
    Uint8Array.of(255, 255, 255, 255),
    link.slice(0, 16),
    attr(1, evil),
  );
  const address = message({ type: 20 }, Uint8Array.of(2, 0, 0, 0, 5, 0, 0, 0));
  const family = message({ type: 16 }, Uint8Array.of(1, 1, 0, 0), attr(1, [33, 0]), attr(2, evil));
  const generic = { protocol: 16 };
  const other = message({ type: 33 }, Uint8Array.of(1, 1, 0, 0));
  for (const told of [
    tell(link),
    tell(link, refusal),
    tell(link, address),
    tell(captured(family, generic), captured(other, generic)),
    tell(captured(link, { problems: ["\u001b[2J"], failed: "\u001b[2J" })),
  ]) {
    for (const output of Object.values(outputs))
      expect(output(told).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(outputs.tree(told)).toContain("\\u001b[2J");
  }
});

test("many attributes and many messages take no time", () => {
  const { attr, message } = wire("little");
  const small = attr(13, [1, 2, 3, 4]);
  const many = new Uint8Array(60_000);
  for (let at = 0; at < many.length; at += small.length) many.set(small, at);
  const unknown = many.slice();
  for (let at = 0; at < many.length; at += small.length) unknown[at + 2] = 200;
  const messages = new Uint8Array(64_000);
  for (let at = 0; at < messages.length; at += 16) messages.set(message({ type: 18, flags: 5 }), at);
  // Other people use the machine, too.
  const started = process.cpuUsage();
  for (const datagram of [
    message({ type: 16 }, new Uint8Array(16), many),
    message({ type: 16 }, new Uint8Array(16), unknown),
    messages,
  ]) {
    const { told } = talk([datagram], { verify: true });
    for (const output of Object.values(outputs)) {
      const text = output(told[0]!, { bytes: true });
      expect(text.length).toBeLessThan(100 * datagram.length);
    }
    formatDiff(diff(told, told));
  }
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000);
});
