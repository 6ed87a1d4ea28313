/** Recording what clients and kernel say to each other. */
import { closeSync, fstatSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { listNetns } from "../api/netns/list.ts";
import type { Fixture, FixtureEvent } from "../decode/capture/fixture.ts";
import { hostByteOrder } from "../netlink/codec/byte-order.ts";
import type { ChannelOptions, OpenChannel } from "../netlink/socket/channel.ts";
import { openCurrentNetns } from "../netlink/socket/netns.ts";
import { openChannel } from "../netlink/socket/open.ts";
import { formatFixture } from "./format.ts";
import { RecordedChannel } from "./recorded-channel.ts";
import { libraryVersion } from "./version.ts";

export interface RecordOptions {
  /** What happens in the recording, for people who read it. */
  readonly about?: string | undefined;
  /** What opens the sockets that are recorded; default nlkit's own. */
  readonly open?: OpenChannel | undefined;
}

/** An event as a channel tells it: its number and time are the recording's. */
export type Told = FixtureEvent extends infer E
  ? E extends FixtureEvent
    ? Omit<E, "channel" | "time">
    : never
  : never;

/**
 * Records every datagram of the sockets opened through it.
 *
 * @param path - the file that {@link Recording.save}, or leaving the block, writes; without it nothing is written.
 * @example
 * await using recording = record("veth.json");
 * const red = await Netns.create("red", { open: recording.open });
 */
export function record(path?: string, options: RecordOptions = {}): Recording {
  return new Recording(path, options);
}

export class Recording implements AsyncDisposable, Disposable {
  readonly #path: string | undefined;
  readonly #options: RecordOptions;
  readonly #events: FixtureEvent[] = [];
  readonly #labels = new Map<string, string>();
  readonly #began = performance.now();
  readonly #date = new Date().toISOString();
  #channels = 0;

  constructor(path: string | undefined, options: RecordOptions) {
    this.#path = path;
    this.#options = options;
  }

  /**
   * Opens sockets and records them: for `open` of a client or a `Netns`. A namespace is called by its name in
   * /run/netns; the caller's own is `current`, and others are `netns 1`, `netns 2` ….
   */
  readonly open: OpenChannel = (options) => this.#openIn(options, this.#options.open);

  /** The same over another opener. */
  over(open: OpenChannel): OpenChannel {
    return (options) => this.#openIn(options, open);
  }

  /** The same; the first namespace in which it opens a socket gets that name in the recording. */
  openAs(label: string): OpenChannel {
    let named = false;
    return (options) => {
      if (!named) this.#name(identityOf(options.netns), label);
      named = true;
      return this.#openIn(options, this.#options.open);
    };
  }

  /** Gives a namespace its name in the recording, also in what was recorded before. */
  name({ fd }: { readonly fd: number }, label: string): void {
    this.#name(identityOf(fd), label);
  }

  #name(identity: string, label: string): void {
    const before = this.#labels.get(identity);
    this.#labels.set(identity, label);
    if (before === undefined || before === label) return;
    for (const [index, event] of this.#events.entries())
      if (event.event === "open" && event.netns === before) this.#events[index] = { ...event, netns: label };
  }

  /** What was recorded so far. */
  get fixture(): Fixture {
    return {
      version: 1,
      about: this.#options.about,
      kernel: release(),
      date: this.#date,
      byteOrder: hostByteOrder,
      library: libraryVersion(),
      events: [...this.#events],
    };
  }

  /** Writes the file as it would be now. */
  save(): void {
    if (this.#path !== undefined) writeFileSync(this.#path, formatFixture(this.fixture));
  }

  #openIn(options: ChannelOptions, open: OpenChannel = openChannel): RecordedChannel {
    const netns = this.#labelOf(options.netns);
    const inner = open(options);
    const channel = ++this.#channels;
    const tell = (told: Told): void => {
      const time = Math.round((performance.now() - this.#began) * 100) / 100;
      const { event, ...rest } = told;
      this.#events.push({ event, channel, time, ...rest } as FixtureEvent);
    };
    const { protocol, portId, maxSend, maxReplies } = inner;
    tell({ event: "open", netns, protocol, use: options.use, portId, maxSend, maxReplies });
    return new RecordedChannel(inner, tell);
  }

  #labelOf(netns: number | undefined): string {
    const identity = identityOf(netns);
    let label = this.#labels.get(identity);
    if (label === undefined) {
      label = this.#free(netns === undefined ? "current" : (nameOf(identity) ?? "netns 1"));
      this.#labels.set(identity, label);
    }
    return label;
  }

  #free(label: string): string {
    const taken = new Set(this.#labels.values());
    let free = label;
    for (let number = 2; taken.has(free); number++) free = `${label.replace(/ \d+$/, "")} ${number}`;
    return free;
  }

  [Symbol.dispose](): void {
    this.save();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.save();
  }
}

/** What makes a namespace itself. */
function identityOf(netns: number | undefined): string {
  if (netns !== undefined) {
    const { dev, ino } = fstatSync(netns, { bigint: true });
    return `${dev}:${ino}`;
  }
  return process.platform === "linux" ? currentIdentity() : "current";
}

function currentIdentity(): string {
  const fd = openCurrentNetns();
  try {
    return identityOf(fd);
  } finally {
    closeSync(fd);
  }
}

function nameOf(identity: string): string | undefined {
  for (const { name, dev, ino } of listNetns()) if (`${dev}:${ino}` === identity) return name;
  return currentIdentity() === identity ? "current" : undefined;
}
