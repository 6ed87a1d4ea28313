/** Whether a program's requests are the recorded ones, and what to say when they are not. */
import type { Fixture } from "../decode/capture/fixture.ts";
import { Families } from "../decode/families.ts";
import { explainDatagram, formatLine } from "../decode/index.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import { differences, type Fields, fieldsOf, formatDifferences } from "./fields.ts";
import { ReplayError } from "./replay-error.ts";
import type { Expected, Script } from "./script.ts";
import { type IsVolatile, type Volatile, volatileOf } from "./volatile.ts";

/** Requests that are looked at for the closest one, and that are listed. */
const NEAR = 500;
const LISTED = 10;

interface Sender {
  readonly label: string;
  readonly protocol: number;
}

export class Comparison {
  readonly #families = new Families();
  readonly #isVolatile: IsVolatile;
  readonly #fields = new WeakMap<Expected, Fields>();

  readonly #labels = new Set<string>();

  constructor(fixture: Fixture, volatile: readonly Volatile[]) {
    this.#isVolatile = volatileOf(volatile);
    const protocols = new Map(
      fixture.events.flatMap((event) => (event.event === "open" ? [[event.channel, event.protocol]] : [])),
    );
    for (const event of fixture.events) {
      if (event.event === "open") this.#labels.add(event.netns);
      if (event.event !== "received") continue;
      this.#families.learn({ bytes: event.bytes, protocol: protocols.get(event.channel) });
    }
  }

  isEqual(expected: Expected, message: Uint8Array): boolean {
    return this.#differences(expected, message).length === 0;
  }

  #differences(expected: Expected, message: Uint8Array) {
    return differences(this.#fieldsOfExpected(expected), this.#fieldsOf(message, expected.opened.protocol));
  }

  #fieldsOfExpected(expected: Expected): Fields {
    let fields = this.#fields.get(expected);
    if (!fields) {
      fields = this.#fieldsOf(expected.bytes, expected.opened.protocol);
      this.#fields.set(expected, fields);
    }
    return fields;
  }

  #fieldsOf(message: Uint8Array, protocol: number): Fields {
    return fieldsOf(message, {
      protocol: this.#protocol(protocol),
      direction: "sent",
      isVolatile: this.#isVolatile,
    });
  }

  #protocol(number: number): Protocol {
    return this.#families.protocolOf(number);
  }

  unexpected(
    sender: Sender,
    message: Uint8Array,
    left: readonly Expected[],
    order: "strict" | "any",
  ): ReplayError {
    const line = this.#line(message, sender.protocol);
    const where = `in ${JSON.stringify(sender.label)}`;
    const [first] = left;
    if (!first) return new ReplayError(`unexpected request ${where}: ${line}\n${this.#ended(sender)}`);
    const closest = this.#closest(message, left, first);
    const lists = [`unexpected request ${where}: ${line}`];
    if (order === "strict" && closest !== first)
      lists.push(`expected is request ${first.number}: ${this.#lineOf(first)}`);
    const list = this.#differences(closest, message);
    const comes =
      order === "strict" && closest !== first
        ? `request ${closest.number}, which comes later`
        : `request ${closest.number}`;
    if (list.length === 0) lists.push(`it is equal to ${comes}: the order is another`);
    else lists.push(`closest is ${comes} (− recorded, + sent):`, formatDifferences(list));
    return new ReplayError(lists.join("\n"));
  }

  #ended({ label }: Sender): string {
    if (this.#labels.has(label)) return "the recording has no more requests there";
    return `the recording has no such namespace: ${[...this.#labels].join(", ")}`;
  }

  /** The one with the fewest differences; the next one where it is as close. */
  #closest(message: Uint8Array, left: readonly Expected[], first: Expected): Expected {
    let closest = first;
    let least = this.#distance(first, message);
    for (const expected of left.slice(1, NEAR)) {
      const distance = this.#distance(expected, message);
      if (distance < least) {
        least = distance;
        closest = expected;
      }
    }
    return closest;
  }

  /** Another type is further away than any field. */
  #distance(expected: Expected, message: Uint8Array): number {
    const list = this.#differences(expected, message);
    return list.length + (list.some(({ path }) => path === "nlmsgType") ? 1000 : 0);
  }

  missing(requests: readonly Expected[], { requests: all }: Script): ReplayError {
    const lines = requests
      .slice(0, LISTED)
      .map(
        (expected) =>
          `  ${expected.number}. ${JSON.stringify(expected.opened.netns)}: ${this.#lineOf(expected)}`,
      );
    const more = requests.length > LISTED ? `\n  and ${requests.length - LISTED} more` : "";
    return new ReplayError(
      `${requests.length} of ${all.length} recorded requests did not come:\n${lines.join("\n")}${more}`,
    );
  }

  #lineOf(expected: Expected): string {
    return this.#line(expected.bytes, expected.opened.protocol);
  }

  #line(bytes: Uint8Array, number: number): string {
    const [message] = explainDatagram(bytes, {
      protocol: this.#protocol(number),
      direction: "sent",
    }).messages;
    return message ? formatLine(message, { width: 160 }).replace(/ #\d+/, "") : `${bytes.length} bytes`;
  }
}
