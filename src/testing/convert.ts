/** Fixtures of other captures, and other captures of fixtures. */

import { joined } from "../decode/capture/byte-buffer.ts";
import type { Captured } from "../decode/capture/captured.ts";
import {
  capturesOf,
  type Fixture,
  type FixtureEvent,
  type FixtureHeader,
  type Opened,
} from "../decode/capture/fixture.ts";
import { PcapngWriter } from "../decode/capture/pcapng-write.ts";
import { type ReadOptions, readCapture } from "../decode/capture/read.ts";
import { type ByteOrder, hostByteOrder } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf, type NlMessage } from "../netlink/codec/nlmsg.ts";
import { NETLINK_ROUTE, NLM_F_REQUEST } from "../netlink/constants.ts";
import { NetlinkError } from "../netlink/errors.ts";

export interface ConvertOptions extends Partial<Omit<FixtureHeader, "version">> {
  /** Label of the namespace, where the capture does not say it; default `current`. */
  readonly netns?: string | undefined;
}

/**
 * A fixture of strace's output, an nlmon capture (pcap, pcapng), or another format that the decode tool reads.
 *
 * @throws NetlinkError `ERR_NETLINK_CAPTURE` something in it cannot be read.
 */
export function fixtureFrom(
  input: AsyncIterable<Uint8Array>,
  options: ConvertOptions & ReadOptions = {},
): Promise<Fixture> {
  return fixtureOf(readCapture(input, options), options);
}

/** A fixture as pcapng, which Wireshark reads. */
export function toPcapng(fixture: Fixture): Uint8Array {
  const { byteOrder, library = "nlkit" } = fixture;
  const writer = new PcapngWriter({ ifname: "recording", application: library, byteOrder });
  const packets = [...capturesOf(fixture)].filter(({ failed }) => failed === undefined);
  return joined([writer.start(), ...packets.map((captured) => writer.packet(captured))]);
}

/** A fixture of datagrams, wherever they come from. */
export async function fixtureOf(
  capture: AsyncIterable<Captured> | Iterable<Captured>,
  options: ConvertOptions = {},
): Promise<Fixture> {
  const conversion = new Conversion(options);
  for await (const captured of capture) conversion.take(captured);
  return conversion.end();
}

class Conversion {
  readonly #options: ConvertOptions;
  readonly #byteOrder: ByteOrder;
  readonly #events: FixtureEvent[] = [];
  readonly #channels = new Map<
    string,
    { opened: { -readonly [K in keyof Opened]: Opened[K] }; groups: Set<number> }
  >();
  #began: number | undefined;

  constructor(options: ConvertOptions) {
    this.#options = options;
    this.#byteOrder = options.byteOrder ?? hostByteOrder;
  }

  take(captured: Captured): void {
    const { bytes, length, failed, problems } = captured;
    if (bytes.length === 0 && failed === undefined) {
      if (problems.length === 0) return;
      throw new NetlinkError("ERR_NETLINK_CAPTURE", `byte ${captured.offset}: ${problems.join("; ")}`);
    }
    const [first] = messagesOf(new Input(bytes, { byteOrder: this.#byteOrder }));
    const isSent = captured.direction
      ? captured.direction === "sent"
      : ((first?.flags ?? 0) & NLM_F_REQUEST) !== 0;
    const { opened, groups } = this.#channel(captured, first);
    const { channel } = opened;
    const time = this.#time(captured);
    if (failed !== undefined) {
      const syscall = captured.call ?? (isSent ? "sendmsg" : "recvmsg");
      this.#events.push({ event: "failed", channel, time, syscall, code: failed });
      return;
    }
    if (isSent) {
      this.#events.push({ event: "sent", channel, time, bytes });
      return;
    }
    if (opened.portId === 0 && first) opened.portId = first.portId;
    this.#join(channel, groups, captured.groups ?? 0);
    const cut = length === bytes.length ? undefined : length;
    this.#events.push({
      event: "received",
      channel,
      time,
      length: cut,
      groups: captured.groups || undefined,
      bytes,
    });
  }

  #time({ time }: Captured): number | undefined {
    if (time === undefined) return undefined;
    this.#began ??= time;
    return Math.max(0, Math.round((time - this.#began) * 1000) / 1000);
  }

  #channel({ socket, portId, protocol = NETLINK_ROUTE, netns }: Captured, first: NlMessage | undefined) {
    const key = socket ?? `${protocol} ${portId ?? first?.portId ?? 0}`;
    let found = this.#channels.get(key);
    if (!found) {
      const opened = {
        event: "open",
        channel: this.#channels.size + 1,
        netns: netns ?? this.#options.netns ?? "current",
        protocol,
        use: "requests",
        portId: portId ?? 0,
      } as const;
      found = { opened: { ...opened }, groups: new Set() };
      this.#channels.set(key, found);
      this.#events.push(found.opened);
    }
    return found;
  }

  #join(channel: number, groups: Set<number>, mask: number): void {
    for (let group = 1; group <= 32; group++) {
      if ((mask & (1 << (group - 1))) === 0 || groups.has(group)) continue;
      groups.add(group);
      this.#events.push({ event: "join", channel, group });
    }
  }

  end(): Fixture {
    const { netns: _, ...header } = this.#options;
    const date = this.#began === undefined ? undefined : new Date(this.#began).toISOString();
    const { about, kernel, library } = header;
    return {
      version: 1,
      about,
      kernel,
      date: header.date ?? date,
      byteOrder: this.#byteOrder,
      library,
      events: this.#events,
    };
  }
}
