/** The format: what is read, and what is said of what is no fixture. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Captured } from "../../../src/decode/capture/captured.ts";
import {
  type Fixture,
  FixtureError,
  formatFixture,
  parseFixture,
  readFixture,
} from "../../../src/testing/index.ts";

const text = `{
"fixture": { "version": 1, "kernel": "6.18.44", "date": "2026-11-21T08:00:00.000Z", "byteOrder": "little" },
"events": [
{"event":"open","channel":1,"netns":"red","protocol":"NETLINK_ROUTE","use":"requests","portId":77},
{"event":"join","channel":1,"group":1},
{"event":"sent","channel":1,"time":1.5, "bytes": [
  "14000000 12000103 01000000 00000000  RTM_GETLINK",
  "00000000"
]},
{"event":"received","channel":1,"time":2,"groups":1, "bytes": ["10000000 03000200  DONE", "01000000 4d000000"]},
{"event":"failed","channel":1,"time":3,"syscall":"recvmsg","code":"ENOBUFS","lost":7},
{"event":"close","channel":1}
]
}
`;

const failure = (broken: string): FixtureError => {
  try {
    parseFixture(broken, "veth.json");
  } catch (error) {
    if (error instanceof FixtureError) return error;
    throw error;
  }
  throw new Error("it was read");
};

async function* chunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function captured(given: string, size = 7): Promise<Captured[]> {
  const all: Captured[] = [];
  for await (const one of readFixture(chunks(new TextEncoder().encode(given), size))) all.push(one);
  return all;
}

describe("reading", () => {
  test("header and events", () => {
    const fixture = parseFixture(text);
    expect(fixture).toMatchObject({ version: 1, kernel: "6.18.44", byteOrder: "little" });
    expect(fixture.events.map(({ event }) => event)).toEqual([
      "open",
      "join",
      "sent",
      "received",
      "failed",
      "close",
    ]);
    expect(fixture.events[2]).toMatchObject({ channel: 1, time: 1.5 });
    const { bytes } = fixture.events[2] as { bytes: Uint8Array };
    expect(Buffer.from(bytes).toString("hex")).toBe("1400000012000103010000000000000000000000");
  });

  test("however it is indented", () => {
    const fixture = parseFixture(text);
    expect(parseFixture(JSON.stringify(JSON.parse(text)))).toEqual(fixture);
    expect(parseFixture(JSON.stringify(JSON.parse(text), null, 4))).toEqual(fixture);
  });

  test("what is written is read again, with words beside the bytes", () => {
    const fixture = parseFixture(text);
    const written = formatFixture(fixture);
    expect(parseFixture(written)).toEqual(fixture);
    expect(written).toContain('"RTM_GETLINK REQUEST|DUMP'.slice(1));
    expect(formatFixture(parseFixture(written))).toBe(written);
  });

  test("any bytes survive", () => {
    const { events, ...header } = parseFixture(text);
    const [open] = events;
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (datagrams) => {
        const sent = datagrams.map((bytes) => ({ event: "sent", channel: 1, bytes }) as const);
        const fixture: Fixture = { ...header, events: [open!, ...sent] };
        const again = parseFixture(formatFixture(fixture)).events.slice(1);
        expect(again.map((event) => Buffer.from((event as { bytes: Uint8Array }).bytes))).toEqual(
          datagrams.map((bytes) => Buffer.from(bytes)),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("what is wrong has its line", () => {
  test.each([
    ["broken JSON", text.replace('"group":1', '"group" 1'), 5, "events[1]", /JSON/],
    ["no hexadecimal", text.replace("12000103", "1200x103"), 7, "events[2].bytes[0]", /hexadecimal/],
    ["half a byte", text.replace('"00000000"', '"0000000"'), 8, "events[2].bytes[1]", /pairs/],
    ["an unknown event", text.replace('"join"', '"jump"'), 5, "events[1].event", /join or leave/],
    ["an unknown member", text.replace('"group":1', '"gruop":1'), 5, "events[1].group", /missing/],
    [
      "one member too many",
      text.replace('"group":1', '"group":1,"x":1'),
      5,
      "events[1]",
      /unknown member "x"/,
    ],
    [
      "a channel that is not open",
      text.replace('"join","channel":1', '"join","channel":2'),
      5,
      "events[1]",
      /2 is not open/,
    ],
    [
      "a channel opened twice",
      text.replace(
        '{"event":"join","channel":1,"group":1}',
        '{"event":"open","channel":1,"netns":"","protocol":0,"use":"stream","portId":1}',
      ),
      5,
      "events[1]",
      /1 is open/,
    ],
    ["another version", text.replace('"version": 1', '"version": 2'), 2, "fixture.version", /version 2/],
    ["another byte order", text.replace('"little"', '"middle"'), 2, "fixture.byteOrder", /little or big/],
    ["no date", text.replace("2026-11-21T08", "yesterday"), 2, "fixture.date", /date/],
    [
      "another protocol",
      text.replace("NETLINK_ROUTE", "NETLINK_ROUTER"),
      4,
      "events[0].protocol",
      /protocol/,
    ],
    ["a cut file", text.slice(0, -80), 11, "", /too early/],
    ["brackets that do not match", text.replace("]},", "}},"), 9, "events[2]", /JSON|JSON at/],
    ["another member", `{"fixtures": {}}`, 1, "", /unknown member "fixtures"/],
    ["nothing", "", 1, "", /too early/],
    ["no object", "[]", 1, "", /out of place/],
    ["events first", `{"events": [{"event":"close","channel":1}]}`, 1, "events[0]", /must come first/],
  ])("%s", (_name, broken, line, path, message) => {
    const error = failure(broken);
    expect([error.line, error.path]).toEqual([line, path]);
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`veth.json:${line}:`)).toBe(true);
  });
});

describe("as a capture", () => {
  test("datagrams and failures, with their place, socket and time", async () => {
    for (const size of [1, 7, 100_000]) {
      const [sent, received, failed, ...rest] = await captured(text, size);
      expect(rest).toEqual([]);
      const date = Date.parse("2026-11-21T08:00:00.000Z");
      const common = { protocol: 0, socket: "red:1", netns: "red", portId: 77, problems: [] };
      expect(sent).toMatchObject({ ...common, direction: "sent", time: date + 1.5, length: 20 });
      expect(text.slice(sent!.offset)).toMatch(/^\{"event":"sent"/);
      expect(received).toMatchObject({ ...common, direction: "received", groups: 1, length: 16 });
      expect(failed).toMatchObject({ ...common, direction: "received", failed: "ENOBUFS", length: 0 });
    }
  });

  test("what came before an error is given, and the error told", async () => {
    const broken = text.replace('"groups":1', '"groups":-1');
    const all = await captured(broken);
    expect(all.map(({ length }) => length)).toEqual([20, 0]);
    expect(all[1]!.problems[0]).toMatch(/10: events\[3\]\.groups: expected a number/);
  });

  test("no input makes it throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.string(), fc.nat(20), async (at, inserted, cut) => {
        await captured(text.slice(0, at) + inserted + text.slice(at + cut), 64);
      }),
      { numRuns: 300 },
    );
  });
});
