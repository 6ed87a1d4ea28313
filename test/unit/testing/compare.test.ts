/** Drift: what two recordings do not share; and captures as fixtures. */
import { describe, expect, test } from "vitest";
import type { Captured } from "../../../src/decode/capture/captured.ts";
import {
  compareFixtures,
  type Fixture,
  fixtureFrom,
  fixtureOf,
  formatFixture,
  readFixture,
  toPcapng,
} from "../../../src/testing/index.ts";
import { recorded } from "../../support/fixtures.ts";

const of = (scenario: string, kernel: string) =>
  recorded.find(({ name }) => name === `${kernel}/${scenario}`)!;
const KERNEL = recorded[0]!.name.split("/")[0]!;
const { fixture, text } = of("veth", KERNEL);

/** The fixture with a byte changed that stands behind these. */
function changed(pattern: Uint8Array, by: number): Fixture {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  let done = false;
  const events = fixture.events.map((event) => {
    if (done || !("bytes" in event)) return event;
    const at = hex(event.bytes).indexOf(hex(pattern)) / 2;
    if (!Number.isInteger(at) || at < 0) return event;
    done = true;
    const bytes = event.bytes.slice();
    bytes[at + pattern.length] = by;
    return { ...event, bytes };
  });
  expect(done).toBe(true);
  return { ...fixture, events };
}

describe("drift", () => {
  test("none between a recording and itself", () => {
    expect(compareFixtures(fixture, fixture)).toEqual([]);
  });

  test("a value: its message and both values", () => {
    const [first, ...rest] = compareFixtures(fixture, changed(Uint8Array.of(8, 0, 4, 0), 0x79));
    expect(rest).toEqual([]);
    expect(first).toMatch(
      /^request \d+, → RTM_NEWLINK.*\n {2}− .*mtu: 1400 bytes.*\n {2}\+ .*mtu: 1401 bytes/,
    );
  });

  test("not of what is another every time, unless it is asked for", () => {
    const other = changed(Uint8Array.of(10, 0, 1, 0), 0x06);
    expect(compareFixtures(fixture, other)).toEqual([]);
    expect(compareFixtures(fixture, other, { volatile: [] })[0]).toMatch(
      /− address: 02:.*\n {2}\+ address: 06:/,
    );
  });

  test("requests and answers that are missing", () => {
    const last = fixture.events.findLastIndex(({ event }) => event === "sent");
    const shorter = { ...fixture, events: fixture.events.slice(0, last) };
    const found = compareFixtures(fixture, shorter).join("\n");
    expect(found).toMatch(/^requests: \d+ recorded, now \d+$/m);
    const silent = { ...fixture, events: fixture.events.filter((event) => event.event !== "received") };
    expect(compareFixtures(fixture, silent)[0]).toMatch(/^request 1, answers: 1 recorded, now 0$/);
  });

  test("kernels differ", () => {
    const other = recorded.find(({ name }) => name.endsWith("/veth") && !name.startsWith(KERNEL))!;
    expect(compareFixtures(fixture, other.fixture).length).toBeGreaterThan(0);
  });
});

describe("captures", () => {
  async function* given(bytes: string) {
    yield new TextEncoder().encode(bytes);
  }

  test("a fixture is itself again, as far as a capture has it", async () => {
    const again = await fixtureFrom(given(text), { kernel: fixture.kernel });
    const datagrams = ({ events }: Fixture) =>
      events.flatMap((event) =>
        "bytes" in event ? [[event.event, Buffer.from(event.bytes).toString("hex")]] : [],
      );
    expect(datagrams(again)).toEqual(datagrams(fixture));
    expect(compareFixtures(fixture, again, { volatile: [] })).toEqual([]);
    expect(formatFixture(again)).toContain("RTM_NEWLINK REQUEST|ACK|EXCL|CREATE");
  });

  test("through pcapng and back", async () => {
    async function* file() {
      yield toPcapng(fixture);
    }
    const again = await fixtureFrom(file());
    const datagrams = ({ events }: Fixture) =>
      events.flatMap((event) =>
        "bytes" in event ? [[event.event, Buffer.from(event.bytes).toString("hex")]] : [],
      );
    expect(datagrams(again)).toEqual(datagrams(fixture));
    expect(again.date?.slice(0, 10)).toBe(fixture.date?.slice(0, 10));
  });

  test("notifications join their groups; failures and cut datagrams are kept", async () => {
    const captured: Captured[] = [];
    for await (const one of readFixture(given(of("monitor", KERNEL).text))) captured.push(one);
    const cut = { ...captured.at(-1)!, bytes: captured.at(-1)!.bytes.subarray(0, 20), problems: [] };
    const made = await fixtureOf([
      ...captured,
      { ...cut, failed: "ENOBUFS", bytes: new Uint8Array(0), length: 0 },
      cut,
    ]);
    const groups = made.events.flatMap((event) => (event.event === "join" ? [event.group] : []));
    expect(groups.sort()).toEqual([1, 5]);
    expect(made.events.at(-2)).toMatchObject({ event: "failed", code: "ENOBUFS" });
    expect(made.events.at(-1)).toMatchObject({ length: cut.length });
  });

  test("what cannot be read is an error", async () => {
    await expect(fixtureFrom(given("this is no capture"), { format: "fixture" })).rejects.toMatchObject({
      code: "ERR_NETLINK_CAPTURE",
    });
  });
});
