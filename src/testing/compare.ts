/** What two recordings of the same program do not share. */
import type { Fixture } from "../decode/capture/fixture.ts";
import { Families } from "../decode/families.ts";
import { type Direction, explainDatagram, formatLine } from "../decode/index.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";
import { differences, fieldsOf, formatDifferences } from "./fields.ts";
import { type Arrival, type Expected, type Script, scriptOf } from "./script.ts";
import { type IsVolatile, type Volatile, volatileGroups, volatileOf } from "./volatile.ts";

export interface CompareOptions {
  /** Fields that may differ; default all that are another every time. */
  readonly volatile?: readonly Volatile[] | undefined;
}

/**
 * Compares a stored recording with a new one, message by message and field by field: what drifted since, a text each.
 * None where they are the same but for volatile fields.
 */
export function compareFixtures(
  stored: Fixture,
  fresh: Fixture,
  { volatile = volatileGroups }: CompareOptions = {},
): string[] {
  return new Comparing(stored, fresh, volatileOf(volatile)).run();
}

interface Message {
  readonly bytes: Uint8Array;
  readonly protocol: number;
  readonly direction: Direction;
  readonly byteOrder: ByteOrder;
}

class Comparing {
  readonly #stored: Fixture;
  readonly #fresh: Fixture;
  readonly #isVolatile: IsVolatile;
  readonly #families = new Families();
  readonly #found: string[] = [];

  constructor(stored: Fixture, fresh: Fixture, isVolatile: IsVolatile) {
    this.#stored = stored;
    this.#fresh = fresh;
    this.#isVolatile = isVolatile;
  }

  run(): string[] {
    const [stored, fresh] = [this.#script(this.#stored), this.#script(this.#fresh)];
    this.#compareLists("request", stored.requests, fresh.requests, (was, is, name) =>
      this.#request(was, is, name),
    );
    this.#compareLists("subscription", stored.listeners, fresh.listeners, (was, is, name) => {
      const heard = (arrivals: readonly { arrival: Arrival }[]) => arrivals.map(({ arrival }) => arrival);
      this.#arrivals(heard(was.heard), heard(is.heard), was.opened.protocol, `${name}, notification`);
    });
    return this.#found;
  }

  #script(fixture: Fixture): Script {
    const script = scriptOf(fixture);
    for (const { opened, answers } of script.requests)
      for (const answer of answers)
        if (answer.event === "received") this.#families.learn(answer, opened.protocol, fixture.byteOrder);
    return script;
  }

  #compareLists<T>(
    kind: string,
    was: readonly T[],
    is: readonly T[],
    compare: (was: T, is: T, name: string) => boolean | void,
  ): void {
    for (let at = 0; at < Math.min(was.length, is.length); at++)
      if (compare(was[at]!, is[at]!, `${kind} ${at + 1}`) === false) return;
    if (was.length !== is.length) this.#found.push(`${kind}s: ${was.length} recorded, now ${is.length}`);
  }

  /** False where all that follows is another request's. */
  #request(was: Expected, is: Expected, name: string): boolean {
    const { protocol } = was.opened;
    const [old, now] = [this.#sent(was, this.#stored), this.#sent(is, this.#fresh)];
    if (this.#fields(old).get("nlmsgType")?.raw !== this.#fields(now).get("nlmsgType")?.raw) {
      this.#found.push(
        `${name} was ${this.#line(old)}\n  now it is ${this.#line(now)}; the rest is not compared`,
      );
      return false;
    }
    this.#message(old, now, name);
    this.#arrivals(was.answers, is.answers, protocol, `${name}, answer`);
    return true;
  }

  #sent({ bytes, opened: { protocol } }: Expected, { byteOrder }: Fixture): Message {
    return { bytes, protocol, direction: "sent", byteOrder };
  }

  /** Datagrams are cut differently each time: their messages count. */
  #arrivals(was: readonly Arrival[], is: readonly Arrival[], protocol: number, name: string): void {
    const old = messages(was, protocol, this.#stored.byteOrder);
    const now = messages(is, protocol, this.#fresh.byteOrder);
    this.#compareLists(name, old, now, (a, b, which) => this.#message(a, b, which));
    const failures = (list: readonly Arrival[]) =>
      list.flatMap((arrival) => (arrival.event === "failed" ? [arrival.code] : [])).join(", ");
    if (failures(was) !== failures(is))
      this.#found.push(`${name}: failed with ${failures(was)}, now ${failures(is)}`);
  }

  #message(was: Message, is: Message, name: string): void {
    const list = differences(this.#fields(was), this.#fields(is));
    if (list.length > 0) this.#found.push(`${name}, ${this.#line(was)}:\n${formatDifferences(list)}`);
  }

  #fields({ bytes, protocol, direction, byteOrder }: Message) {
    const options = { protocol: this.#families.protocolOf(protocol), direction, byteOrder };
    return fieldsOf(bytes, { ...options, isVolatile: this.#isVolatile });
  }

  #line({ bytes, protocol, direction, byteOrder }: Message): string {
    const options = { protocol: this.#families.protocolOf(protocol), direction, byteOrder };
    const [message] = explainDatagram(bytes, options).messages;
    return message ? formatLine(message, { width: 80 }) : `${bytes.length} bytes`;
  }
}

function messages(arrivals: readonly Arrival[], protocol: number, byteOrder: ByteOrder): Message[] {
  return arrivals.flatMap((arrival) => {
    if (arrival.event === "failed") return [];
    const { bytes } = arrival;
    return [...messagesOf(new Input(bytes, { byteOrder }))].map(({ offset, at, payloadLength }): Message => {
      return { bytes: bytes.slice(offset, at + payloadLength), protocol, direction: "received", byteOrder };
    });
  });
}
