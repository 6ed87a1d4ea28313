/**
 * Changes bytes of the recorded fixtures, one at a time, and counts how many changes some check of the test suite notices.
 *
 *     node --import tsx scripts/mutate-fixtures.ts [--sample 200] [--only veth]
 *
 * - words: the words beside the bytes are not what the changed bytes say (every byte of every different message)
 * - replay: the scenario, played the changed recording, fails or gives something else (a sample of bytes of each fixture)
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Input } from "../src/netlink/codec/input.ts";
import { messagesOf } from "../src/netlink/codec/nlmsg.ts";
import { rtnetlink } from "../src/rtnl/protocol.ts";
import { annotate } from "../src/testing/annotate.ts";
import { type FixtureEvent, parseFixture } from "../src/testing/index.ts";
import { type Recorded, recorded } from "../test/support/fixtures.ts";
import { playedOutcome } from "../test/support/play.ts";

const { values } = parseArgs({
  options: { sample: { type: "string", default: "200" }, only: { type: "string", default: "" } },
});
const sample = Number(values.sample);

class Count {
  noticed = 0;
  all = 0;

  add(noticed: boolean): boolean {
    this.all++;
    if (noticed) this.noticed++;
    return noticed;
  }

  toString(): string {
    return `${this.noticed} of ${this.all} (${((100 * this.noticed) / this.all).toFixed(2)} %)`;
  }
}

/** The same each time it runs. */
let seed = 42;
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
}

type Direction = "sent" | "received";
type Datagram = FixtureEvent & { readonly bytes: Uint8Array; readonly event: Direction };

const isDatagram = (event: FixtureEvent): event is Datagram =>
  event.event === "sent" || event.event === "received";

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1 << random(8);
  return copy;
}

const seen = new Set<string>();
const words = { sent: new Count(), received: new Count() };
const unnoticed = new Map<string, number>();

/** Every byte of the messages that were not there before but for sequence number and port id. */
function changeWords({ bytes, event: direction }: Datagram): void {
  for (const { offset, at, payloadLength } of messagesOf(new Input(bytes))) {
    const message = bytes.subarray(offset, at + payloadLength);
    const key =
      direction +
      Buffer.from(message.subarray(0, 8)).toString("hex") +
      Buffer.from(message.subarray(16)).toString("hex");
    if (seen.has(key)) continue;
    seen.add(key);
    const text = (changed: Uint8Array) =>
      annotate(changed, { protocol: rtnetlink, direction }).map((line) =>
        line.split("  ").slice(1).join("  ").trim(),
      );
    const before = text(message);
    const told = before.join("\n");
    for (let place = 0; place < message.length; place++) {
      if (words[direction].add(text(changedAt(message, place)).join("\n") !== told)) continue;
      const field = before.find((line) => line !== "")?.split(",")[0] ?? "";
      unnoticed.set(
        `${field} ${lineAt(message, direction, place)}`,
        (unnoticed.get(`${field} ${lineAt(message, direction, place)}`) ?? 0) + 1,
      );
    }
  }
}

/** The words beside a byte. */
function lineAt(message: Uint8Array, direction: Direction, place: number): string {
  let at = 0;
  let found = "";
  for (const line of annotate(message, { protocol: rtnetlink, direction })) {
    const [, hex, said] = /^([\da-f ]*?)(?: {2}(.*))?$/.exec(line)!;
    if (said !== undefined) found = said.trim();
    at += hex!.replaceAll(" ", "").length / 2;
    if (place < at) return found.split(":")[0]!;
  }
  return found;
}

const replays = { sent: new Count(), received: new Count() };

async function changeReplays(entry: Recorded): Promise<void> {
  const { events } = entry.fixture;
  for (const direction of ["sent", "received"] as const) {
    const datagrams = events.filter(
      (event): event is Datagram => isDatagram(event) && event.event === direction,
    );
    const total = datagrams.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (let done = 0; done < Math.min(sample, total); done++) {
      let place = random(total);
      let datagram = datagrams[0]!;
      for (const next of datagrams) {
        datagram = next;
        if (place < next.bytes.length) break;
        place -= next.bytes.length;
      }
      const bytes = changedAt(datagram.bytes, place);
      const changed = events.map((event) => (event === datagram ? { ...datagram, bytes } : event));
      replays[direction].add(await differs(entry, changed));
    }
  }
}

async function differs(entry: Recorded, events: readonly FixtureEvent[]): Promise<boolean> {
  try {
    return (await playedOutcome(entry, { ...entry.fixture, events })) !== entry.outcome;
  } catch {
    // Whatever it says, it was noticed.
    return true;
  }
}

for (const entry of recorded.filter(({ name }) => name.includes(values.only))) {
  if (await differs(entry, entry.fixture.events)) throw new Error(`${entry.name} fails as it is`);
  for (const event of entry.fixture.events) if (isDatagram(event)) changeWords(event);
  await changeReplays(entry);
  console.log(`${entry.name}: done`);
}
for (const kind of values.only === "" ? ["ip", "rtnl"] : []) {
  const folder = resolve(import.meta.dirname, "../test/fixtures", kind);
  for (const name of readdirSync(folder).filter((entry) => !entry.includes("printed"))) {
    const { events } = parseFixture(readFileSync(join(folder, name), "utf8"), name);
    for (const event of events) if (isDatagram(event)) changeWords(event);
    console.log(`${kind}/${name}: done`);
  }
}
console.log(`words, requests: ${words.sent}`);
console.log(`words, replies:  ${words.received}`);
console.log(`replay, requests: ${replays.sent}`);
console.log(`replay, replies:  ${replays.received}`);
const most = [...unnoticed].sort(([, a], [, b]) => b - a).slice(0, 25);
console.log("unnoticed by words, most first:");
for (const [field, count] of most) console.log(`  ${count}  ${field}`);
