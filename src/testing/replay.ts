/** Playing a recording to the program it was made of. */
import { readFileSync } from "node:fs";
import { FIRST_MADE_UP } from "../api/netns/descriptor.ts";
import { Netns, type NetnsOptions } from "../api/netns/netns.ts";
import { type Fixture, parseFixture } from "../decode/capture/fixture.ts";
import { hostByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";
import { InputError } from "../netlink/errors.ts";
import type { ChannelOptions, OpenChannel } from "../netlink/socket/channel.ts";
import { Comparison } from "./comparison.ts";
import { type Identity, readdressed } from "./readdress.ts";
import { failureOf, ReplayChannel, type Stage } from "./replay-channel.ts";
import { ReplayError } from "./replay-error.ts";
import { type Arrival, type Expected, type Listener, type Script, scriptOf } from "./script.ts";
import type { Volatile } from "./volatile.ts";

export interface ReplayOptions {
  /**
   * `strict` (default): the requests of a namespace come in the recorded order. `any`: each is answered by the first
   * recorded one that is equal and was not used yet.
   */
  readonly order?: "strict" | "any" | undefined;
  /**
   * Fields that may differ from the recording. Default `descriptors`: answers are the recorded ones, so indexes that a
   * program looks up are, too. Sequence numbers and port ids never count.
   */
  readonly volatile?: readonly Volatile[] | undefined;
  /** Whether {@link withReplay} wants all recorded requests to come; default true. */
  readonly complete?: boolean | undefined;
}

const DEFAULT_VOLATILE: readonly Volatile[] = ["descriptors"];
const MAX_SEND = 212_960;
const MAX_REPLIES = 6_000;

/**
 * Runs a program with a recording in the kernel's place, and checks that it did all that was recorded.
 *
 * @param fixture - a fixture, or its file's path.
 * @throws ReplayError it did something else; what `fn` throws goes first.
 * @throws FixtureError the file is no fixture.
 * @example
 * await withReplay("veth.json", async ({ netns }) => program(netns("red")));
 */
export async function withReplay<T>(
  fixture: Fixture | string,
  fn: (replayed: Replay) => T | Promise<T>,
  options: ReplayOptions = {},
): Promise<T> {
  using replayed = replay(fixture, options);
  const result = await fn(replayed);
  if (options.complete ?? true) replayed.done();
  return result;
}

/**
 * A kernel that says what was recorded. Call {@link Replay.done} at the end, or use {@link withReplay}.
 *
 * @param fixture - a fixture, or its file's path.
 * @throws FixtureError the file is no fixture.
 */
export function replay(fixture: Fixture | string, options: ReplayOptions = {}): Replay {
  if (typeof fixture !== "string") return new Replay(fixture, options);
  return new Replay(parseFixture(readFileSync(fixture, "utf8"), fixture), options);
}

export class Replay implements Disposable {
  readonly fixture: Fixture;
  readonly #script: Script;
  readonly #order: "strict" | "any";
  readonly #comparison: Comparison;
  readonly #labels: string[];
  readonly #channels = new Set<ReplayChannel>();
  readonly #taken = new Map<Expected, Identity>();
  /** Requests that have not come, in the recorded order. */
  readonly #left: Expected[];
  /** Recorded requests by sequence number. */
  readonly #bySequence = new Map<number, Expected[]>();
  /** Which channel hears what a recorded one heard, and how much of it has come. */
  readonly #listening = new Map<ReplayChannel, { readonly listener: Listener; next: number }>();
  #nextPort = 1;
  #failure: ReplayError | undefined;

  constructor(fixture: Fixture, options: ReplayOptions) {
    if (fixture.byteOrder !== hostByteOrder)
      throw new InputError("byteOrder", `${hostByteOrder}, this machine's`, fixture.byteOrder);
    this.fixture = fixture;
    this.#script = scriptOf(fixture);
    this.#order = options.order ?? "strict";
    this.#comparison = new Comparison(fixture, options.volatile ?? DEFAULT_VOLATILE);
    for (const expected of this.#script.requests) {
      const same = this.#bySequence.get(expected.sequence);
      if (same) same.push(expected);
      else this.#bySequence.set(expected.sequence, [expected]);
    }
    this.#left = [...this.#script.requests];
    this.#labels = [...this.namespaces];
  }

  /** The labels of the recording's namespaces. */
  get namespaces(): readonly string[] {
    return [...new Set(this.#script.opened.map(({ netns }) => netns))];
  }

  /** Opens channels of the recording: for `open` of a client where there is one namespace. */
  readonly open: OpenChannel = (options) => this.#open(this.#labelOf(options), options);

  /** Opens channels of the namespace that was recorded under this label. */
  openAs(label: string): OpenChannel {
    return (options) => this.#open(options.netns === undefined ? label : this.#labelOf(options), options);
  }

  /**
   * The namespace that was recorded under this label, as programs take it. It needs no system: what is more than
   * netlink (`exec`, `run`) does not work in it.
   *
   * @param label - may be left out where there is one.
   * @param options - `open` to put something between: `withFaults(replayed.openAs("red"), …)`.
   */
  readonly netns = (label?: string, options: NetnsOptions = {}): Netns => {
    const name = label ?? this.#only();
    return Netns.over({ fd: this.#descriptor(name), name }, { open: this.openAs(name), ...options });
  };

  #only(): string {
    const { namespaces } = this;
    if (namespaces.length === 1) return namespaces[0]!;
    throw new InputError("label", `one of ${namespaces.join(", ")}`, undefined);
  }

  /** Something may have been moved into a namespace that nobody has spoken to. */
  #descriptor(label: string): number {
    if (!this.#labels.includes(label)) this.#labels.push(label);
    return FIRST_MADE_UP + this.#labels.indexOf(label);
  }

  #labelOf({ netns }: ChannelOptions): string {
    if (netns === undefined) return this.#labels.includes("current") ? "current" : this.#only();
    const label = this.#labels[netns - FIRST_MADE_UP];
    if (label === undefined) throw new InputError("netns", "a namespace of the recording", netns);
    return label;
  }

  #open(label: string, { protocol, use }: ChannelOptions): ReplayChannel {
    const like = this.#script.opened.find(
      (opened) => opened.netns === label && opened.protocol === protocol && opened.use === use,
    );
    const channel = new ReplayChannel(this.#stage, {
      label,
      protocol,
      portId: this.#nextPort++,
      maxSend: like?.maxSend ?? MAX_SEND,
      maxReplies: like?.maxReplies ?? MAX_REPLIES,
    });
    this.#channels.add(channel);
    return channel;
  }

  readonly #stage: Stage = {
    sent: (channel, datagram) => this.#sent(channel, datagram),
    joined: (channel, group) => this.#joined(channel, group),
    silence: (channel) => this.#silence(channel),
    closed: (channel) => void this.#channels.delete(channel),
  };

  #sent(channel: ReplayChannel, datagram: Uint8Array): void {
    for (const { offset, at, payloadLength, sequence } of messagesOf(new Input(datagram))) {
      const expected = this.#match(channel, datagram.subarray(offset, at + payloadLength));
      const identity = { sequence, portId: channel.portId };
      this.#taken.set(expected, identity);
      this.#left.splice(this.#left.indexOf(expected), 1);
      const { failed } = expected;
      if (failed) throw failureOf(failed.syscall, failed.code, failed.lost);
      channel.arrive(expected.answers.map((arrival) => this.#now(arrival)));
      this.#notify();
    }
  }

  #match(channel: ReplayChannel, message: Uint8Array): Expected {
    const isTheirs = ({ opened }: Expected) =>
      opened.netns === channel.label && opened.protocol === channel.protocol;
    const isEqual = (expected: Expected) => this.#comparison.isEqual(expected, message);
    const next = this.#order === "strict" ? this.#left.find(isTheirs) : undefined;
    if (next && isEqual(next)) return next;
    const left = this.#left.filter(isTheirs);
    const found = this.#order === "any" ? left.find(isEqual) : undefined;
    if (found) return found;
    throw (this.#failure = this.#comparison.unexpected(channel, message, left, this.#order));
  }

  /** An arrival with the numbers of who asks now. */
  #now(arrival: Arrival): Arrival {
    if (arrival.event === "failed") return arrival;
    const bytes = readdressed(arrival.bytes, (recorded) => this.#identity(recorded));
    return { ...arrival, bytes };
  }

  #identity({ sequence, portId }: Identity): Identity | undefined {
    const asked = this.#bySequence
      .get(sequence)
      ?.findLast(
        (expected) => this.#taken.has(expected) && (portId === 0 || portId === expected.opened.portId),
      );
    return asked && this.#taken.get(asked);
  }

  #joined(channel: ReplayChannel, group: number): void {
    const own = this.#listening.get(channel);
    if (own?.listener.groups.has(group)) return;
    const taken = new Set([...this.#listening.values()].map(({ listener }) => listener));
    const listener = this.#script.listeners.find(
      (entry) =>
        !taken.has(entry) &&
        entry.groups.has(group) &&
        entry.opened.netns === channel.label &&
        entry.opened.protocol === channel.protocol,
    );
    if (!listener || own) {
      const name = JSON.stringify(channel.label);
      throw (this.#failure = new ReplayError(`group ${group} was not joined in the recording of ${name}`));
    }
    this.#listening.set(channel, { listener, next: 0 });
    this.#notify();
  }

  /** Hands out the notifications whose place has come. */
  #notify(): void {
    for (const [channel, entry] of this.#listening) {
      const { heard } = entry.listener;
      for (let notified = heard[entry.next]; notified; notified = heard[++entry.next]) {
        if (notified.after && !this.#taken.has(notified.after)) break;
        channel.arrive([this.#now(notified.arrival)]);
      }
    }
  }

  #silence(channel: ReplayChannel): ReplayError | undefined {
    // A subscription may wait for what another part of the program does.
    if (this.#listening.has(channel)) return undefined;
    return new ReplayError(
      "no answer came in the recording (a timeout takes no time in a replay)",
      "ETIMEDOUT",
    );
  }

  /**
   * Whether the program has done all that was recorded.
   *
   * @throws ReplayError with the requests that are missing, or the first one that was not expected.
   */
  done(): void {
    if (this.#failure) throw this.#failure;
    const missing = this.#left;
    if (missing.length > 0) throw (this.#failure = this.#comparison.missing(missing, this.#script));
  }

  /** Closes its channels. */
  close(): void {
    for (const channel of [...this.#channels]) channel.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
