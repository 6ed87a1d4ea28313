/** One event of a fixture from its JSON, checked. */
import {
  NETLINK_AUDIT,
  NETLINK_CONNECTOR,
  NETLINK_GENERIC,
  NETLINK_KOBJECT_UEVENT,
  NETLINK_NETFILTER,
  NETLINK_ROUTE,
  NETLINK_SOCK_DIAG,
  NETLINK_XFRM,
} from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Fail, FixtureEvent, FixtureHeader } from "./fixture.ts";

type Members = Record<string, unknown>;

/** Protocols that a fixture names; others are numbers. */
export const protocolNames: Readonly<Record<string, number>> = {
  NETLINK_ROUTE,
  NETLINK_SOCK_DIAG,
  NETLINK_XFRM,
  NETLINK_AUDIT,
  NETLINK_CONNECTOR,
  NETLINK_NETFILTER,
  NETLINK_KOBJECT_UEVENT,
  NETLINK_GENERIC,
};

/** Reads members of one JSON object and refuses those that nobody asked for. */
class Checked {
  readonly #members: Members;
  readonly #fail: Fail;
  readonly #asked = new Set<string>();

  constructor(value: unknown, fail: Fail) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) fail("expected an object");
    this.#members = value as Members;
    this.#fail = fail;
  }

  #member(name: string): unknown {
    this.#asked.add(name);
    return this.#members[name];
  }

  number(name: string, least = 0): number {
    return this.numberMaybe(name, least) ?? this.#fail("is missing", name);
  }

  numberMaybe(name: string, least = 0): number | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !(value >= least)) this.#fail(`expected a number from ${least}`, name);
    return value;
  }

  stringMaybe(name: string): string | undefined {
    const value = this.#member(name);
    if (value !== undefined && typeof value !== "string") this.#fail("expected a string", name);
    return value;
  }

  string(name: string): string {
    return this.stringMaybe(name) ?? this.#fail("is missing", name);
  }

  oneOf<const T extends string>(name: string, words: readonly T[]): T {
    const value = this.string(name);
    if (!(words as readonly string[]).includes(value))
      this.#fail(`expected ${words.join(" or ")}`, name, value);
    return value as T;
  }

  protocol(): number {
    const value = this.#member("protocol");
    const number = typeof value === "string" ? protocolNames[value] : value;
    if (typeof number === "number") return number;
    return this.#fail("expected NETLINK_ROUTE or another protocol, or its number", "protocol");
  }

  bytes(): Uint8Array {
    const lines = this.#member("bytes");
    if (!Array.isArray(lines)) this.#fail("expected an array of lines", "bytes");
    const digits = (lines as unknown[]).map((line, index) => {
      const hex = typeof line === "string" ? digitsOf(line) : undefined;
      const near = typeof line === "string" ? line : undefined;
      return hex ?? this.#fail(`expected ${LINE}`, `bytes[${index}]`, near);
    });
    return fromHex(digits.join(""));
  }

  end(): void {
    for (const name of Object.keys(this.#members))
      if (!this.#asked.has(name)) this.#fail(`unknown member ${JSON.stringify(name)}`);
  }
}

const LINE = "pairs of hexadecimal digits, two spaces, words";

/** The digits of a line without what stands beside them. */
function digitsOf(line: string): string | undefined {
  const hex = /^([\da-f ]*?)(?: {2}.*)?$/is.exec(line)?.[1]?.replaceAll(" ", "");
  return hex !== undefined && hex.length % 2 === 0 ? hex : undefined;
}

/**
 * The bytes of annotated lines.
 *
 * @throws InputError a line is something else.
 */
export function bytesOfLines(lines: readonly string[]): Uint8Array {
  const digits = lines.map((line, index) => {
    const hex = digitsOf(line);
    if (hex === undefined) throw new InputError(`[${index}]`, LINE, line);
    return hex;
  });
  return fromHex(digits.join(""));
}

function fromHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

export function headerOf(value: unknown, fail: Fail): FixtureHeader {
  const members = new Checked(value, fail);
  const version = members.number("version");
  if (version !== 1) fail(`version ${version} is not known here, 1 is`, "version");
  const header: FixtureHeader = {
    version,
    about: members.stringMaybe("about"),
    kernel: members.stringMaybe("kernel"),
    date: members.stringMaybe("date"),
    byteOrder: members.oneOf("byteOrder", ["little", "big"]),
    library: members.stringMaybe("library"),
  };
  if (header.date !== undefined && Number.isNaN(Date.parse(header.date))) fail("expected a date", "date");
  members.end();
  return header;
}

const KINDS = ["open", "join", "leave", "sent", "received", "failed", "close"] as const;

export function eventOf(value: unknown, fail: Fail): FixtureEvent {
  const members = new Checked(value, fail);
  const event = members.oneOf("event", KINDS);
  const happened = { channel: members.number("channel", 1), time: members.numberMaybe("time") };
  const made = { event, ...happened, ...rest(event, members) } as FixtureEvent;
  members.end();
  return made;
}

function rest(event: FixtureEvent["event"], members: Checked): object {
  switch (event) {
    case "open":
      return {
        netns: members.string("netns"),
        protocol: members.protocol(),
        use: members.oneOf("use", ["requests", "stream"]),
        portId: members.number("portId"),
        maxSend: members.numberMaybe("maxSend"),
        maxReplies: members.numberMaybe("maxReplies"),
      };
    case "join":
    case "leave":
      return { group: members.number("group", 1) };
    case "sent":
      return { bytes: members.bytes() };
    case "received":
      return {
        from: members.numberMaybe("from"),
        length: members.numberMaybe("length"),
        groups: members.numberMaybe("groups"),
        nsid: members.numberMaybe("nsid"),
        bytes: members.bytes(),
      };
    case "failed":
      return {
        syscall: members.string("syscall"),
        code: members.string("code"),
        lost: members.numberMaybe("lost"),
      };
    case "close":
      return {};
  }
}
