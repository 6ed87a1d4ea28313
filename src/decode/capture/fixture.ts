/**
 * Fixtures: a recorded conversation with a kernel, as JSON that people read and compare.
 *
 *     {
 *       "fixture": { "version": 1, "kernel": "6.18.44", "date": "2026-11-21T08:00:00.000Z", "byteOrder": "little", … },
 *       "events": [
 *         { "event": "open", "channel": 1, "netns": "red", "protocol": "NETLINK_ROUTE", "use": "requests", … },
 *         { "event": "sent", "channel": 1, "time": 0.51, "bytes": [
 *           "34000000 1000 0506 0a3f0c11 00000000  RTM_NEWLINK REQUEST|ACK|EXCL|CREATE, 52 bytes, #286015242",
 *           …
 *
 * A line of `bytes` is hexadecimal, then, after two spaces, what it says; nobody reads that but people.
 */
import { type ByteOrder, hostByteOrder } from "../../netlink/codec/byte-order.ts";
import { NetlinkError } from "../../netlink/errors.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { eventOf, headerOf } from "./fixture-event.ts";
import { type Piece, PieceError, Pieces } from "./fixture-pieces.ts";

/** What was recorded where. */
export interface FixtureHeader {
  readonly version: 1;
  /** What happens in it, for people. */
  readonly about?: string | undefined;
  /** `uname -r` */
  readonly kernel?: string | undefined;
  /** When the first event was: ISO 8601. */
  readonly date?: string | undefined;
  readonly byteOrder: ByteOrder;
  /** `nlkit 0.1.0` */
  readonly library?: string | undefined;
}

/** A socket of the recording. */
export interface FixtureChannel {
  /** Label of the network namespace. */
  readonly netns: string;
  /** NETLINK_ROUTE … */
  readonly protocol: number;
  readonly use: "requests" | "stream";
  readonly portId: number;
  readonly maxSend?: number | undefined;
  readonly maxReplies?: number | undefined;
}

interface Happened {
  /** Number of the socket, from 1. */
  readonly channel: number;
  /** Milliseconds since the recording's date. */
  readonly time?: number | undefined;
}

export interface Opened extends Happened, FixtureChannel {
  readonly event: "open";
}
export interface Joined extends Happened {
  readonly event: "join" | "leave";
  readonly group: number;
}
export interface SentDatagram extends Happened {
  readonly event: "sent";
  readonly bytes: Uint8Array;
}
export interface ReceivedDatagram extends Happened {
  readonly event: "received";
  readonly bytes: Uint8Array;
  /** The sender's port id, where it is not the kernel's 0. */
  readonly from?: number | undefined;
  /** Full length, where the datagram was cut. */
  readonly length?: number | undefined;
  /** Of a multicast: bit n-1 is group n. */
  readonly groups?: number | undefined;
  /** Id of the namespace it came from, where that is another than the socket's. */
  readonly nsid?: number | undefined;
}
/** Sending or receiving failed: `ENOBUFS` with the number of messages that were lost. */
export interface Failed extends Happened {
  readonly event: "failed";
  readonly syscall: string;
  readonly code: string;
  readonly lost?: number | undefined;
}
export interface Closed extends Happened {
  readonly event: "close";
}

export type FixtureEvent = Opened | Joined | SentDatagram | ReceivedDatagram | Failed | Closed;

export interface Fixture extends FixtureHeader {
  readonly events: readonly FixtureEvent[];
}

/** The text is no fixture. */
export class FixtureError extends NetlinkError {
  /** Line of the text, from 1. */
  readonly line: number;
  /** Where in the JSON: `events[3].bytes[1]` */
  readonly path: string;

  constructor(message: string, line: number, path: string, name = "fixture") {
    super("ERR_NETLINK_FIXTURE", `${name}:${line}: ${path ? `${path}: ` : ""}${message}`);
    this.line = line;
    this.path = path;
  }
}

/**
 * Reads a fixture whole.
 *
 * @param name - its file, for errors.
 * @throws FixtureError with the line and what is wrong there.
 */
export function parseFixture(text: string, name?: string): Fixture {
  const reading = new Reading(name);
  const events = [...reading.take(new TextEncoder().encode(text))].map(({ event }) => event);
  return { ...reading.end(), events };
}

/** An event, and where its text begins in bytes. */
interface Placed {
  readonly event: FixtureEvent;
  readonly offset: number;
}

/** Makes events of a fixture's text as it comes. */
class Reading {
  readonly #pieces = new Pieces();
  readonly #name: string | undefined;
  readonly #open = new Map<number, Opened>();
  #header: FixtureHeader | undefined;
  #count = 0;

  constructor(name?: string) {
    this.#name = name;
  }

  get header(): FixtureHeader | undefined {
    return this.#header;
  }

  channel(number: number): Opened | undefined {
    return this.#open.get(number);
  }

  *take(bytes: Uint8Array): Generator<Placed, void> {
    try {
      for (const piece of this.#pieces.take(bytes)) {
        if (piece.key === "fixture") this.#header = this.#read(piece, "fixture", headerOf);
        else if (piece.key === "events") yield this.#event(piece);
        else this.#fail(`unknown member ${JSON.stringify(piece.key)}`, piece.line, "");
      }
    } catch (error) {
      if (error instanceof PieceError) this.#fail(error.message, error.line, "");
      throw error;
    }
  }

  end(): FixtureHeader {
    try {
      this.#pieces.end();
    } catch (error) {
      if (error instanceof PieceError) this.#fail(error.message, error.line, "");
      throw error;
    }
    return this.#header ?? this.#fail('the member "fixture" is missing', 1, "");
  }

  #event(piece: Piece): Placed {
    const path = `events[${this.#count++}]`;
    if (!this.#header) this.#fail('the member "fixture" must come first', piece.line, path);
    const event = this.#read(piece, path, eventOf);
    const isOpen = this.#open.has(event.channel);
    if (event.event === "open") {
      if (isOpen) this.#fail(`channel ${event.channel} is open`, piece.line, path);
      this.#open.set(event.channel, event);
    } else if (!isOpen) this.#fail(`channel ${event.channel} is not open`, piece.line, path);
    if (event.event === "close") this.#open.delete(event.channel);
    return { event, offset: piece.offset };
  }

  #read<T>(piece: Piece, path: string, make: (value: unknown, fail: Fail) => T): T {
    let value: unknown;
    try {
      value = JSON.parse(piece.text);
    } catch (error) {
      const { message } = error as SyntaxError;
      const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
      this.#fail(message, piece.line + newlines(piece.text.slice(0, at)), path);
    }
    return make(value, (message, inner, near) => {
      const at = near === undefined ? 0 : Math.max(0, piece.text.indexOf(JSON.stringify(near)));
      this.#fail(message, piece.line + newlines(piece.text.slice(0, at)), inner ? `${path}.${inner}` : path);
    });
  }

  #fail(message: string, line: number, path: string): never {
    throw new FixtureError(message, line, path, this.#name);
  }
}

/** @param near - the string it is about, whose line is told. */
export type Fail = (message: string, path?: string, near?: string) => never;

const newlines = (text: string): number => text.split("\n").length - 1;

/** The datagrams of a fixture, for the decode tool. */
export const readFixture: ReadCapture = async function* (input) {
  const reading = new Reading();
  let last = 0;
  try {
    for await (const bytes of input) {
      for (const { event, offset } of reading.take(bytes)) {
        last = offset;
        const channel = reading.channel(event.channel);
        const captured = channel && capturedOf(event, offset, reading.header!, channel);
        if (captured) yield captured;
      }
    }
    reading.end();
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error;
    yield { offset: last, bytes: new Uint8Array(0), length: 0, problems: [error.message] };
  }
};

/** The datagrams of a fixture that was read; their `offset` is the event's number. */
export function* capturesOf(fixture: Fixture): Generator<Captured, void> {
  const open = new Map<number, FixtureChannel>();
  for (const [index, event] of fixture.events.entries()) {
    if (event.event === "open") open.set(event.channel, event);
    const channel = open.get(event.channel);
    const captured = channel && capturedOf(event, index, fixture, channel);
    if (captured) yield captured;
  }
}

function capturedOf(
  event: FixtureEvent,
  offset: number,
  { date, byteOrder }: FixtureHeader,
  channel: FixtureChannel,
): Captured | undefined {
  const common = {
    offset,
    protocol: channel.protocol,
    socket: `${channel.netns}:${event.channel}`,
    netns: channel.netns,
    portId: channel.portId,
    time: date === undefined || event.time === undefined ? undefined : Date.parse(date) + event.time,
    problems: byteOrder === hostByteOrder ? [] : [`recorded on a ${byteOrder}-endian machine`],
  };
  switch (event.event) {
    case "sent":
      return { ...common, direction: "sent", bytes: event.bytes, length: event.bytes.length };
    case "received": {
      const { bytes, length = bytes.length, groups } = event;
      return { ...common, direction: "received", bytes, length, groups };
    }
    case "failed": {
      const direction = event.syscall.startsWith("send") ? "sent" : "received";
      return {
        ...common,
        direction,
        bytes: new Uint8Array(0),
        length: 0,
        call: event.syscall,
        failed: event.code,
      };
    }
    default:
      return undefined;
  }
}
