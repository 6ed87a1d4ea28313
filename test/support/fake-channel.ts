/** A channel whose kernel is a function: datagrams that answer a request, now or later. */
import type { Channel, ChannelOptions, Datagram } from "../../src/netlink/socket/channel.ts";

export interface Sent {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** What arrives: bytes, from the kernel or another port, or cut from a greater length; or an error that receiving throws. */
export type Arrival = Uint8Array | { bytes: Uint8Array; portId: number; length?: number } | Error;

export class FakeChannel implements Channel {
  readonly kind = "fake";
  readonly protocol = 0;
  readonly portId = 1;
  readonly maxSend = 65536;
  readonly maxReplies = 1000;
  readonly options: ChannelOptions;
  readonly sent: Sent[] = [];
  readonly queue: Arrival[] = [];
  sends = 0;
  closed = false;
  waiting: (() => void) | undefined;
  readonly #answer: (request: Sent, channel: FakeChannel) => Arrival[];

  constructor(options: ChannelOptions, answer: (request: Sent, channel: FakeChannel) => Arrival[]) {
    this.options = options;
    this.#answer = answer;
  }

  send(datagram: Uint8Array): void {
    this.sends++;
    const bytes = datagram.slice();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 16 <= bytes.length; at += (view.getUint32(at, true) + 3) & ~3) {
      const request: Sent = {
        type: view.getUint16(at + 4, true),
        flags: view.getUint16(at + 6, true),
        sequence: view.getUint32(at + 8, true),
        bytes: bytes.slice(at, at + view.getUint32(at, true)),
      };
      this.sent.push(request);
      this.queue.push(...this.#answer(request, this));
    }
  }

  receive(): Datagram | undefined {
    const next = this.queue.shift();
    if (next === undefined) return undefined;
    if (next instanceof Error) throw next;
    const datagram = next instanceof Uint8Array ? { bytes: next, portId: 0 } : next;
    return { length: datagram.bytes.length, ...datagram };
  }

  /** Something arrives when the event loop turns. */
  arrive(...arrivals: Arrival[]): void {
    this.queue.push(...arrivals);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.();
  }

  wait(readable: (() => void) | undefined): void {
    this.waiting = readable;
    if (readable && this.queue.length > 0) setImmediate(() => this.arrive());
  }

  /** Messages that the kernel could not deliver. */
  dropped = 0;
  lost(): number {
    return this.dropped;
  }

  join(): void {}
  leave(): void {}

  close(): void {
    this.closed = true;
    this.waiting = undefined;
  }
}
