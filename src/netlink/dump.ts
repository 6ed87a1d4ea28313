import { type Ack, decodeAck } from "./codec/ack.ts";
import { type Run, visitRun } from "./codec/compile-run.ts";
import { Input } from "./codec/input.ts";
import { messagesOf, type NlMessage } from "./codec/nlmsg.ts";
import { Output } from "./codec/output.ts";
import {
  NLM_F_DUMP_INTR,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_HDRLEN,
  NLMSG_NOOP,
  NLMSG_OVERRUN,
} from "./constants.ts";
import { DecodeError, DumpInterruptedError, OverrunError, TimeoutError } from "./errors.ts";
import { kernelError } from "./kernel-error.ts";
import { encodeRequest, type Request } from "./request.ts";
import type { Channel } from "./socket/channel.ts";
import { STALL, turnOfLoop } from "./stall.ts";

/** Called with the bytes of one object: its payload from `at`. */
export type Visit = (input: Input, at: number, length: number) => void;

export interface DumpOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a datagram after which the dump fails. */
  readonly timeout?: number | undefined;
}

/**
 * One dump on a channel of its own.
 *
 * The kernel makes the next part when the last one was read, so a slow reader costs no memory; and a channel that
 * nothing else uses can be closed in the middle.
 */
export class Dump<R> implements AsyncIterableIterator<R>, AsyncDisposable {
  readonly #request: Request<R>;
  readonly #sequence: number;
  readonly #options: DumpOptions;
  readonly #message: Uint8Array;
  readonly #release: (channel: Channel, reusable: boolean) => void;
  #channel: Channel | undefined;
  #items: R[] = [];
  #next = 0;
  #interrupted = false;
  #failure: unknown;
  #busySince = 0;
  #wake: (() => void) | undefined;

  constructor(
    channel: Channel,
    request: Request<R>,
    sequence: number,
    options: DumpOptions,
    release: (channel: Channel, reusable: boolean) => void,
  ) {
    this.#channel = channel;
    this.#request = request;
    this.#sequence = sequence;
    this.#options = options;
    this.#release = release;
    const output = new Output();
    encodeRequest(output, request, sequence);
    this.#message = output.finish();
    options.signal?.throwIfAborted();
    channel.send(this.#message);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finish(false);
  }

  /** Whether the objects changed while they were listed. Known at the end. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** @throws DumpInterruptedError at the end when objects changed while they were listed. */
  next(): Promise<IteratorResult<R, undefined>> {
    const item = this.#next < this.#items.length ? this.#items[this.#next++] : undefined;
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    return this.#nextBatch();
  }

  return(): Promise<IteratorResult<R, undefined>> {
    this.#finish(false);
    return Promise.resolve({ done: true, value: undefined });
  }

  async #nextBatch(): Promise<IteratorResult<R, undefined>> {
    const batch = await this.batch();
    if (batch) {
      this.#items = batch;
      this.#next = 1;
      return { done: false, value: batch[0]! };
    }
    this.#items = [];
    this.#next = 0;
    this.#refuseInterrupted();
    return { done: true, value: undefined };
  }

  /**
   * The objects a datagram at a time: for large tables, where a promise for each object costs more than the object.
   *
   * @throws DumpInterruptedError at the end when objects changed while they were listed.
   */
  async *batches(): AsyncGenerator<R[], void, undefined> {
    try {
      for (let batch = await this.batch(); batch; batch = await this.batch()) yield batch;
      this.#refuseInterrupted();
    } finally {
      this.#finish(false);
    }
  }

  #refuseInterrupted(): void {
    if (!this.#interrupted) return;
    this.#interrupted = false;
    throw new DumpInterruptedError(this.#request.operation.constant, [], 1);
  }

  /** The objects of the next datagram that has some; undefined at the end. */
  async batch(): Promise<R[] | undefined> {
    const batch = emptyList<R>();
    const take = this.#into(batch);
    while (await this.#receive(take)) if (batch.length > 0) return batch;
    return batch.length > 0 ? batch : undefined;
  }

  /** All objects. */
  async all(): Promise<R[]> {
    const list = emptyList<R>();
    const take = this.#into(list);
    while (await this.#receive(take));
    return list;
  }

  #into(list: R[]): Run {
    const { message } = this.#request.reply!;
    return (input, offset, end, head, sequence) =>
      message.decodeRun(input, offset, end, head, sequence, list);
  }

  /** Hands every object's bytes to `visit`; they are valid during that call. */
  async each(visit: Visit): Promise<void> {
    const take: Run = (input, offset, end, head, sequence) =>
      visitRun(visit, input, offset, end, head, sequence);
    while (await this.#receive(take));
  }

  /** Takes one datagram, or waits for it; false at the end. */
  #receive(take: Run): boolean | Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure;
    const channel = this.#channel;
    if (!channel) return false;
    try {
      this.#options.signal?.throwIfAborted();
      const now = performance.now();
      if (this.#busySince === 0) this.#busySince = now;
      else if (now - this.#busySince > STALL) return this.#breathe();
      const datagram = channel.receive();
      if (!datagram) return this.#readable(channel);
      if (datagram.portId !== 0) return true;
      if (datagram.length > datagram.bytes.length) {
        throw new DecodeError(`datagram of ${datagram.length} bytes was cut`, datagram.bytes.length);
      }
      // One for each datagram, in the same buffer or not: a lazy list copies what comes in a new one.
      this.#take(new Input(datagram.bytes), take);
      return true;
    } catch (error) {
      this.#finish(false);
      throw error;
    }
  }

  close(reason: unknown): void {
    if (!this.#channel) return;
    this.#failure = reason;
    this.#finish(false);
  }

  #take(input: Input, take: Run): void {
    const offset = this.#objects(input, take);
    for (const nlmsg of messagesOf(input, offset)) if (this.#takeOther(input, nlmsg, take)) return;
  }

  /** Takes the objects that a datagram begins with; where the first other message is. */
  #objects(input: Input, take: Run): number {
    const { view, little } = input;
    const end = input.bytes.length;
    const { type } = this.#request.reply!;
    let offset = 0;
    while (offset + NLMSG_HDRLEN <= end && view.getUint16(offset + 4, little) === type) {
      const next = take(input, offset, end, view.getUint32(offset + 4, little), this.#sequence);
      // Of another dump, or cut.
      if (next === offset) break;
      if (view.getUint16(offset + 6, little) & NLM_F_DUMP_INTR) this.#interrupted = true;
      offset = next;
    }
    return offset;
  }

  /** A message that may be another than an object; true at the end of the dump. */
  #takeOther(input: Input, nlmsg: NlMessage, take: Run): boolean {
    if (nlmsg.sequence !== this.#sequence || nlmsg.type === NLMSG_NOOP) return false;
    if (nlmsg.cut) throw new DecodeError("message is longer than its datagram", nlmsg.offset);
    if (nlmsg.flags & NLM_F_DUMP_INTR) this.#interrupted = true;
    if (nlmsg.type === NLMSG_OVERRUN) throw new OverrunError();
    if (nlmsg.type === NLMSG_ERROR || nlmsg.type === NLMSG_DONE) {
      this.#end(decodeAck(input, nlmsg), nlmsg);
      return true;
    }
    if (nlmsg.type === this.#request.reply!.type) {
      const { offset, length } = nlmsg;
      take(input, offset, offset + length, input.view.getUint32(offset + 4, input.little), nlmsg.sequence);
    }
    return false;
  }

  #end(ack: Ack, nlmsg: NlMessage): void {
    // DONE gives a positive number or zero on success: some dumps leave their last length there.
    if (ack.error < 0) throw kernelError(this.#request, this.#message, ack);
    if (nlmsg.type === NLMSG_DONE || ack.error === 0) this.#finish(true);
  }

  #finish(reusable: boolean): void {
    const channel = this.#channel;
    if (!channel) return;
    this.#channel = undefined;
    channel.wait(undefined);
    this.#release(channel, reusable);
    this.#wake?.();
  }

  /** Timers and other sockets get their turn in a dump of a million routes. */
  async #breathe(): Promise<boolean> {
    await turnOfLoop();
    this.#busySince = 0;
    return true;
  }

  async #readable(channel: Channel): Promise<boolean> {
    const { signal, timeout } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    let wake: (() => void) | undefined;
    const name = this.#request.operation.constant;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        wake = () => resolve();
        signal?.addEventListener("abort", wake, { once: true });
        if (timeout) timer = setTimeout(() => reject(new TimeoutError(name, timeout)), timeout);
        channel.wait(resolve);
      });
    } catch (error) {
      this.#finish(false);
      throw error;
    } finally {
      clearTimeout(timer);
      if (wake) signal?.removeEventListener("abort", wake);
      this.#wake = undefined;
      this.#busySince = 0;
    }
    if (this.#channel) channel.wait(undefined);
    return true;
  }
}

/** Not `[]`, which V8 takes for a list of numbers until something else is added, and optimizes code for both. */
function emptyList<R>(): R[] {
  const list: R[] = [undefined as R];
  list.pop();
  return list;
}
