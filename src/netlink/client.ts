import type { ClientOptions, GetOptions, ListOptions, PipelineOptions } from "./client-options.ts";
import { decodeAck } from "./codec/ack.ts";
import { Copies } from "./codec/copies.ts";
import { Input } from "./codec/input.ts";
import { messagesOf, type NlMessage } from "./codec/nlmsg.ts";
import { Output } from "./codec/output.ts";
import type { Protocol } from "./codec/protocol.ts";
import { viewer } from "./codec/view.ts";
import { NLMSG_DONE, NLMSG_ERROR, NLMSG_HDRLEN, NLMSG_NOOP, NLMSG_OVERRUN } from "./constants.ts";
import { Dump, type DumpOptions } from "./dump.ts";
import {
  ClosedError,
  DecodeError,
  DumpInterruptedError,
  InputError,
  NotSentError,
  OverrunError,
} from "./errors.ts";
import { kernelError } from "./kernel-error.ts";
import { lazyList, RawList } from "./lazy-list.ts";
import { Pending, type RequestOptions } from "./pending.ts";
import { acknowledge, encodeRequest, type Request } from "./request.ts";
import type { Channel, ChannelOptions, OpenChannel } from "./socket/channel.ts";
import { openChannel } from "./socket/open.ts";
import { Subscription, type SubscriptionOptions } from "./subscription.ts";
import { type TransactionFrame, wholeOrNot } from "./transaction.ts";

export type { ClientOptions, GetOptions, ListOptions, PipelineOptions } from "./client-options.ts";

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_RETRIES = 8;
/** Channels of ended dumps that are kept for the next ones. */
const SPARE_CHANNELS = 2;
/** Receive buffer of a subscription, bytes. */
const BURST = 64 * 2 ** 20;

/**
 * Speaks one netlink protocol in one network namespace.
 *
 * Any number of requests and dumps may be under way at once. Requests share a socket and are told apart by sequence
 * number; each dump has a socket of its own, because the kernel runs one dump a socket, and so that a reader that
 * takes its time holds up nobody. An idle client does not keep the process alive.
 */
export class Client implements AsyncDisposable {
  readonly protocol: Protocol;
  readonly #options: ClientOptions;
  readonly #open: OpenChannel;
  readonly #output = new Output();
  readonly #pending = new Map<number, Pending>();
  readonly #dumps = new Set<Dump<unknown>>();
  readonly #subscriptions = new Set<Subscription>();
  readonly #spare: Channel[] = [];
  /** Of objects that are decoded later: one that is kept keeps its neighbours' bytes, too. */
  readonly #copies = new Copies(1 << 14);
  #channel: Channel | undefined;
  #sequence = Math.floor(Math.random() * 0x7fffffff);
  #draining = false;
  #closed = false;

  constructor(options: ClientOptions) {
    this.protocol = options.protocol;
    this.#options = options;
    this.#open = options.open ?? openChannel;
  }

  /** A client with the same options in another network namespace. */
  inNetns(netns: number): Client {
    return new Client({ ...this.#options, netns });
  }

  /** The socket that requests go over, opened at its first use. */
  get channel(): Channel {
    if (this.#closed) throw new ClosedError();
    this.#channel ??= this.#open(this.#channelOptions("requests"));
    return this.#channel;
  }

  #channelOptions(use: "requests" | "stream"): ChannelOptions {
    const { netns, receiveBuffer } = this.#options;
    return { protocol: this.protocol.number, netns, receiveBuffer, use };
  }

  /**
   * Sends one request.
   *
   * @returns the object a GET asked for; undefined for a change.
   * @throws KernelError the kernel refused it.
   * @throws InputError the value does not fit the schema; nothing was sent.
   * @throws TimeoutError no answer in time.
   */
  async request<R>(request: Request<R>, options: GetOptions = {}): Promise<R | undefined> {
    if (this.#pending.size > 0) return this.pipeline([request], options)[0];
    const { channel } = this;
    options.signal?.throwIfAborted();
    const output = this.#output;
    output.at = 0;
    const sequence = this.#nextSequence();
    const start = encodeRequest(output, request, sequence);
    if (request.reply === undefined) acknowledge(output, start);
    channel.send(output.written());
    // The kernel has answered by now: the usual case needs no books.
    const datagram = channel.receive();
    const input = datagram?.portId === 0 ? this.#inputOf(datagram.bytes) : undefined;
    if (input && datagram!.length >= NLMSG_HDRLEN && datagram!.length === input.bytes.length) {
      const { view, little } = input;
      const length = view.getUint32(0, little);
      if (length >= NLMSG_HDRLEN && length <= input.bytes.length && view.getUint32(8, little) === sequence) {
        const type = view.getUint16(4, little);
        if (type === request.reply?.type) {
          const { message } = request.reply;
          const payload = length - NLMSG_HDRLEN;
          if (!options.lazy) return message.decode(input, NLMSG_HDRLEN, payload);
          const copy = this.#copies.copy(input);
          return viewer(message)(copy.input, copy.at + NLMSG_HDRLEN, payload);
        }
        if (type === NLMSG_ERROR) {
          const ack = decodeAck(input, messagesOf(input).next().value as NlMessage);
          if (ack.error === 0) return undefined;
          throw kernelError(request, output.written(), ack);
        }
      }
    }
    const entry = new Pending(request, sequence, 0, output.at);
    this.#pending.set(sequence, entry);
    if (input) this.#take(input, datagram!.length);
    this.#drain(channel);
    this.#await([entry], options);
    return entry.promise as Promise<R | undefined>;
  }

  #input: Input | undefined;
  #inputOf(bytes: Uint8Array): Input {
    if (this.#input?.bytes !== bytes) this.#input = new Input(bytes);
    return this.#input;
  }

  /**
   * Sends requests back to back, as many in one send as the socket takes.
   *
   * The kernel works through them in order and goes on after one that failed.
   *
   * @returns a promise for each; every one is settled by its own answer.
   * @throws InputError a value does not fit the schema; nothing was sent.
   */
  pipeline<R>(requests: readonly Request<R>[], options: PipelineOptions = {}): Promise<R | undefined>[] {
    const { channel } = this;
    options.signal?.throwIfAborted();
    const output = this.#output;
    output.at = 0;
    const waiting = requests.map((request) => {
      const sequence = this.#nextSequence();
      const start = encodeRequest(output, request, sequence);
      return new Pending(request, sequence, start, output.at);
    });
    let first = 0;
    while (first < waiting.length) {
      if (options.stopOnError && first > 0 && waiting[first - 1]!.failed) {
        for (const entry of waiting.slice(first))
          entry.reject(new NotSentError(entry.request.operation.constant));
        break;
      }
      let last = first + 1;
      let replies = repliesTo(waiting[first]!.request);
      const start = waiting[first]!.start;
      while (!options.stopOnError && last < waiting.length && waiting[last]!.end - start <= channel.maxSend) {
        replies += repliesTo(waiting[last]!.request);
        if (replies > channel.maxReplies) break;
        last++;
      }
      this.#submit(channel, waiting.slice(first, last));
      first = last;
    }
    this.#await(waiting, options);
    return waiting.map((entry) => entry.promise as Promise<R | undefined>);
  }

  /**
   * Sends changes in one datagram, between two messages that make one transaction of them: all are done or none
   * (nfnetlink's batches).
   *
   * @throws BatchError the kernel refused some of them; nothing was done.
   * @throws KernelError `begin` was refused: EPERM, or ERESTART where it names a generation that is over.
   * @throws InputError a value does not fit the schema, or they are more than one send takes; nothing was sent.
   */
  async transaction(
    requests: readonly Request<never>[],
    { begin, end }: TransactionFrame,
    options: RequestOptions = {},
  ): Promise<void> {
    if (requests.length === 0) return;
    const { channel } = this;
    options.signal?.throwIfAborted();
    const output = this.#output;
    output.at = 0;
    const waiting = [begin, ...requests].map((request) => {
      const sequence = this.#nextSequence();
      const start = encodeRequest(output, request, sequence);
      return new Pending(request, sequence, start, output.at);
    });
    encodeRequest(output, end, this.#nextSequence());
    const size = output.at;
    if (size > channel.maxSend) {
      throw new InputError("requests", `a transaction of at most ${channel.maxSend} bytes`, size);
    }
    // A refused beginning is all that is answered.
    const [first, ...changes] = waiting as [Pending, ...Pending[]];
    const refused = first.promise.catch((error) => {
      for (const entry of changes) if (!entry.settled) this.#settle(entry, () => entry.reject(error));
    });
    this.#submit(channel, waiting, size);
    this.#await(waiting, options);
    await refused;
    await wholeOrNot(first, changes);
  }

  /** Lets the event loop bring the answers that are not there yet. */
  #await(entries: readonly Pending[], options: RequestOptions): void {
    const timeout = options.timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT;
    for (const entry of entries) {
      if (entry.settled) continue;
      // The output buffer is used again before the answer comes.
      entry.keepMessage(this.#output.bytes);
      entry.watch(options.signal, timeout, () => {
        this.#pending.delete(entry.sequence);
        this.#rest();
      });
    }
    this.#rest();
  }

  /**
   * Sends requests in one datagram. The kernel answers in order, errors without being asked: the last acknowledgement
   * says that those before it were done too, and costs half of one for each.
   */
  #submit(channel: Channel, entries: readonly Pending[], end = entries.at(-1)!.end): void {
    const last = entries.at(-1)!;
    if (last.request.reply === undefined) acknowledge(this.#output, last.start);
    if (entries.length > 1) last.covers = { entries, lost: channel.lost() };
    for (const entry of entries) this.#pending.set(entry.sequence, entry);
    try {
      channel.send(this.#output.written(entries[0]!.start, end));
    } catch (error) {
      for (const entry of entries) this.#settle(entry, () => entry.reject(error));
      return;
    }
    this.#drain(channel);
  }

  /** Starts a dump whose objects are read one after the other. */
  dump<R>(request: Request<R>, options: DumpOptions = {}): Dump<R> {
    if (this.#closed) throw new ClosedError();
    const channel = this.#spare.pop() ?? this.#open(this.#channelOptions("stream"));
    const timeout = options.timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT;
    try {
      const dump = new Dump(
        channel,
        request,
        this.#nextSequence(),
        { ...options, timeout },
        (released, reusable) => {
          this.#dumps.delete(dump);
          if (reusable && !this.#closed && this.#spare.length < SPARE_CHANNELS) this.#spare.push(released);
          else released.close();
        },
      );
      this.#dumps.add(dump);
      return dump;
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  /**
   * All objects of a dump, in the kernel's order. A dump that a change interrupted is repeated.
   *
   * @throws DumpInterruptedError it was interrupted every time; `partial` is what came last.
   */
  async list<R>(request: Request<R>, options: ListOptions = {}): Promise<R[]> {
    const attempts = (options.retries ?? DEFAULT_RETRIES) + 1;
    const { message } = request.reply!;
    let items: R[] = [];
    for (let attempt = 0; attempt < attempts; attempt++) {
      const dump = this.dump(request, options);
      if (options.lazy) {
        const raw = new RawList(message);
        await dump.each((input, at) => raw.add(input, at));
        items = lazyList(raw);
      } else {
        items = await dump.all();
      }
      if (!dump.interrupted) return items;
    }
    throw new DumpInterruptedError(request.operation.constant, items, attempts);
  }

  /**
   * Joins multicast groups and hands out their notifications.
   *
   * The receive buffer is asked to be 64 MiB, which holds a burst of 100,000 routes; without CAP_NET_ADMIN the kernel
   * grants what net.core.rmem_max allows.
   *
   * @param groups - RTNLGRP_LINK …
   */
  subscribe(groups: readonly number[], options: SubscriptionOptions = {}): Subscription {
    if (this.#closed) throw new ClosedError();
    const receiveBuffer = this.#options.receiveBuffer ?? BURST;
    const channel = this.#open({ ...this.#channelOptions("stream"), receiveBuffer });
    try {
      const subscription = new Subscription(channel, this.protocol, groups, options, () => {
        this.#subscriptions.delete(subscription);
      });
      this.#subscriptions.add(subscription);
      return subscription;
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  /** Releases the sockets; what is under way is rejected with {@link ClosedError}. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const entry of [...this.#pending.values()])
      this.#settle(entry, () => entry.reject(new ClosedError()));
    for (const dump of [...this.#dumps]) dump.close(new ClosedError());
    for (const subscription of [...this.#subscriptions]) subscription.close();
    for (const channel of this.#spare.splice(0)) channel.close();
    this.#channel?.close();
    this.#channel = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  #nextSequence(): number {
    do this.#sequence = (this.#sequence + 1) >>> 0;
    while (this.#sequence === 0 || this.#pending.has(this.#sequence));
    return this.#sequence;
  }

  /** Keeps the process waiting for the socket only while an answer is due. */
  #rest(): void {
    const channel = this.#channel;
    if (!channel) return;
    channel.wait(this.#pending.size > 0 ? () => this.#readable(channel) : undefined);
  }

  #readable(channel: Channel): void {
    if (this.#channel !== channel) return;
    this.#drain(channel);
    this.#rest();
  }

  #drain(channel: Channel): void {
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (this.#pending.size > 0) {
        const datagram = channel.receive();
        if (!datagram) return;
        if (datagram.portId !== 0) continue;
        this.#take(new Input(datagram.bytes), datagram.length);
      }
    } catch (error) {
      // What was lost may have been anybody's answer.
      for (const entry of [...this.#pending.values()]) this.#settle(entry, () => entry.reject(error));
    } finally {
      this.#draining = false;
    }
  }

  #take(input: Input, length: number): void {
    for (const nlmsg of messagesOf(input)) {
      if (nlmsg.type === NLMSG_NOOP) continue;
      if (nlmsg.type === NLMSG_OVERRUN) throw new OverrunError();
      const entry = this.#pending.get(nlmsg.sequence);
      if (!entry) continue;
      if (nlmsg.cut) {
        const error = new DecodeError(`answer of ${length} bytes was cut`, nlmsg.offset);
        this.#settle(entry, () => entry.reject(error));
        continue;
      }
      this.#answer(entry, input, nlmsg);
    }
  }

  #answer(entry: Pending, input: Input, nlmsg: NlMessage): void {
    const { request } = entry;
    if (nlmsg.type === NLMSG_ERROR || nlmsg.type === NLMSG_DONE) {
      const ack = decodeAck(input, nlmsg);
      this.#settle(entry, () => {
        if (ack.error < 0) entry.reject(kernelError(request, entry.message(this.#output.bytes), ack));
        else entry.resolve(undefined);
      });
      return;
    }
    if (nlmsg.type !== request.reply?.type) return;
    const { reply } = request;
    this.#settle(entry, () => {
      try {
        entry.resolve(reply.message.decode(input, nlmsg.at, nlmsg.payloadLength));
      } catch (error) {
        entry.reject(error);
      }
    });
  }

  #settle(entry: Pending, settle: () => void): void {
    this.#pending.delete(entry.sequence);
    settle();
    const { covers } = entry;
    if (!covers) return;
    const lost = this.#channel ? this.#channel.lost() - covers.lost : 0;
    for (const earlier of covers.entries) {
      if (earlier.settled || earlier.request.reply !== undefined) continue;
      this.#pending.delete(earlier.sequence);
      // An error among them may be what was lost.
      if (lost > 0) earlier.reject(new OverrunError(lost));
      else earlier.resolve(undefined);
    }
  }
}

/** An object takes the place of a few acknowledgements in the receive buffer: a link's 2.4 KiB. */
function repliesTo(request: Request<unknown>): number {
  return request.reply ? 4 : 1;
}
