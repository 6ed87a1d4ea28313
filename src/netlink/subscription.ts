import { align4 } from "./codec/byte-order.ts";
import { type Input, Inputs } from "./codec/input.ts";
import type { Protocol } from "./codec/protocol.ts";
import { NLMSG_HDRLEN, NLMSG_MIN_TYPE, NLMSG_OVERRUN } from "./constants.ts";
import { OverrunError } from "./errors.ts";
import type { Channel } from "./socket/channel.ts";
import { STALL } from "./stall.ts";

/** A notification: what happened to which object. */
export interface Notification {
  /** `RTM_NEWROUTE`; a type without schema is its number. */
  readonly type: string;
  /** The object as `nlkit/rtnl` has it; of a type without schema the payload's bytes. */
  readonly value: unknown;
  /** The port id of the program whose request it follows from; 0 where the kernel acted by itself. */
  readonly portId: number;
  /** That request's sequence number. */
  readonly sequence: number;
}

export interface SubscriptionOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The notifications of multicast groups, in the kernel's order, on a socket of its own.
 *
 * Waiting for one keeps the process alive. When the receive buffer overflowed, `next` rejects once with OverrunError,
 * which says how many messages were lost; the call after it goes on with what comes next.
 */
export class Subscription implements AsyncIterableIterator<Notification>, AsyncDisposable {
  readonly #channel: Channel;
  #protocol: Protocol;
  readonly #signal: AbortSignal | undefined;
  readonly #release: () => void;
  readonly #inputs = new Inputs();
  /** For one object, until its notification is made. */
  readonly #decoded: unknown[] = [];
  #queue: Notification[] = [];
  #next = 0;
  #closed = false;
  #wake: (() => void) | undefined;
  #overrun: OverrunError | undefined;

  constructor(
    channel: Channel,
    protocol: Protocol,
    groups: readonly number[],
    options: SubscriptionOptions,
    release: () => void,
  ) {
    this.#channel = channel;
    this.#protocol = protocol;
    this.#signal = options.signal;
    this.#release = release;
    for (const group of groups) channel.join(group);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** How many messages were lost since it began. */
  get lost(): number {
    return this.#closed ? 0 : this.#channel.lost();
  }

  async next(): Promise<IteratorResult<Notification, undefined>> {
    const ready = this.#next < this.#queue.length ? this.#queue[this.#next++] : undefined;
    if (ready) return { done: false, value: ready };
    const batch = await this.batch();
    if (!batch) return { done: true, value: undefined };
    this.#queue = batch;
    this.#next = 1;
    return { done: false, value: batch[0]! };
  }

  async return(): Promise<IteratorResult<Notification, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** The notifications many at a time: all that have come, at least one; undefined when it was closed. */
  async batch(): Promise<Notification[] | undefined> {
    const batch: Notification[] = [];
    if (this.#protocol.load) this.#protocol = await this.#protocol.load();
    while (!this.#closed) {
      this.#signal?.throwIfAborted();
      this.#refuseOverrun();
      this.#drain(batch);
      if (batch.length > 0) return batch;
      await this.#readable();
    }
    return undefined;
  }

  #drain(batch: Notification[]): void {
    const until = performance.now() + STALL;
    try {
      // Asking for the time costs something, too.
      for (let count = 1; (count & 7) !== 0 || performance.now() < until; count++) {
        const datagram = this.#channel.receive();
        if (!datagram) return;
        if (datagram.portId !== 0) continue;
        if (datagram.length > datagram.bytes.length) throw new OverrunError(1);
        this.#take(this.#inputs.of(datagram.bytes), batch);
      }
    } catch (error) {
      // What came before the loss is handed out first.
      if (batch.length === 0 || !(error instanceof OverrunError)) throw error;
      this.#overrun = error;
    }
  }

  /** Without an object for each header: bursts are of hundreds of thousands. */
  #take(input: Input, batch: Notification[]): void {
    const { view, little, bytes } = input;
    const end = bytes.length;
    for (let at = 0, next = 0; at + NLMSG_HDRLEN <= end; at = next) {
      const length = view.getUint32(at, little);
      if (length < NLMSG_HDRLEN) return;
      next = at + align4(length);
      const type = view.getUint16(at + 4, little);
      if (type === NLMSG_OVERRUN) throw new OverrunError();
      if (at + length > end || type < NLMSG_MIN_TYPE) continue;
      const sequence = view.getUint32(at + 8, little);
      const known = this.#protocol.types.get(type);
      if (known) {
        const head = view.getUint32(at + 4, little);
        known.message.decodeRun(input, at, at + length, head, sequence, this.#decoded);
      }
      batch.push({
        type: known?.constant ?? String(type),
        value: known ? this.#decoded.pop() : bytes.slice(at + NLMSG_HDRLEN, at + length),
        portId: view.getUint32(at + 12, little),
        sequence,
      });
    }
  }

  #refuseOverrun(): void {
    const error = this.#overrun;
    this.#overrun = undefined;
    if (error) throw error;
  }

  async #readable(): Promise<void> {
    const signal = this.#signal;
    let wake = () => {};
    await new Promise<void>((resolve) => {
      wake = () => resolve();
      this.#wake = wake;
      signal?.addEventListener("abort", wake, { once: true });
      this.#channel.wait(wake);
    });
    signal?.removeEventListener("abort", wake);
    this.#wake = undefined;
    if (!this.#closed) this.#channel.wait(undefined);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#channel.wait(undefined);
    this.#channel.close();
    this.#wake?.();
    this.#release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
