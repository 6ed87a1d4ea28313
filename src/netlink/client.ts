import type { ClientOptions, GetOptions, ListOptions, PipelineOptions } from "./client-options.ts";
import { decodeAck } from "./codec/ack.ts";
import { Copies } from "./codec/copies.ts";
import { type Input, Inputs } from "./codec/input.ts";
import { messagesOf, type NlMessage } from "./codec/nlmsg.ts";
import { Output } from "./codec/output.ts";
import type { Protocol } from "./codec/protocol.ts";
import { viewer } from "./codec/view.ts";
import { NLMSG_ERROR, NLMSG_HDRLEN, NLMSG_NOOP, NLMSG_OVERRUN } from "./constants.ts";
import { Dump, type DumpOptions } from "./dump.ts";
import { ClosedError, DumpInterruptedError, InputError, NotSentError, OverrunError } from "./errors.ts";
import { fitting } from "./fitting.ts";
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
const LAST_SEQUENCE = 0xffffffff;
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
  readonly #inputs = new Inputs();
  /** What was sent and is not answered yet. */
  #pending: Pending[] = [];
  readonly #dumps = new Set<Dump<unknown>>();
  readonly #subscriptions = new Set<Subscription>();
  readonly #spare: Channel[] = [];
  /** Of objects that are decoded later: one that is kept keeps its neighbours' bytes, too. */
  readonly #copies = new Copies(1 << 14);
  #channel: Channel | undefined;
  #sequence = Math.floor(Math.random() * 0x7fffffff);
  /** How many messages the socket for requests had lost when that was asked last; asking is a system call. */
  #lost: number | undefined;
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
    if (this.#pending.length > 0) return this.pipeline([request], options)[0];
    const { channel } = this;
    options.signal?.throwIfAborted();
    const output = this.#output;
    output.at = 0;
    const sequence = this.#sequences(1);
    const start = encodeRequest(output, request, sequence);
    if (request.reply === undefined) acknowledge(output, start);
    channel.send(output.written());
    // The kernel has answered by now: the usual case needs no books.
    const datagram = channel.receive();
    const input = datagram?.portId === 0 ? this.#inputs.of(datagram.bytes) : undefined;
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
          return viewer(message)(copy.input, copy.at + NLMSG_HDRLEN);
        }
        if (type === NLMSG_ERROR) {
          const ack = decodeAck(input, messagesOf(input).next().value as NlMessage);
          if (ack.error === 0) return undefined;
          throw kernelError(request, output.written(), ack);
        }
      }
    }
    const pending = new Pending([request], sequence, output.written(), 0);
    this.#pending.push(pending);
    if (input) this.#take(input, datagram!.length);
    this.#drain(channel);
    this.#await(pending, options);
    return pending.promise(0) as Promise<R | undefined>;
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
    const first = this.#sequences(requests.length);
    const starts = this.#encode(requests, first);
    const answers: Promise<R | undefined>[] = [];
    for (let from = 0; from < requests.length; ) {
      const to = options.stopOnError ? from + 1 : fitting(channel, requests, starts, from);
      const pending = this.#submit(channel, requests.slice(from, to), first + from, starts, from);
      this.#await(pending, options);
      for (let index = 0; from < to; index++, from++)
        answers.push(pending.promise(index) as Promise<R | undefined>);
      if (options.stopOnError && pending.failed(0)) break;
    }
    for (const { operation } of requests.slice(answers.length))
      answers.push(Promise.reject(new NotSentError(operation.constant)));
    return answers;
  }

  /** Encodes requests behind one another; where each starts, and the end. */
  #encode(requests: readonly Request<unknown>[], first: number): number[] {
    const output = this.#output;
    output.at = 0;
    const starts: number[] = [];
    for (let index = 0; index < requests.length; index++)
      starts.push(encodeRequest(output, requests[index]!, first + index));
    starts.push(output.at);
    return starts;
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
    const answered = [begin, ...requests];
    const first = this.#sequences(answered.length + 1);
    const starts = this.#encode([...answered, end], first);
    const size = starts.at(-1)!;
    if (size > channel.maxSend) {
      throw new InputError("requests", `a transaction of at most ${channel.maxSend} bytes`, size);
    }
    const pending = this.#submit(channel, answered, first, starts, 0, size);
    // A refused beginning is all that is answered.
    pending.promise(0).catch((error) => this.#reject(pending, error));
    this.#await(pending, options);
    await wholeOrNot(pending);
  }

  /** Lets the event loop bring the answers that are not there yet. */
  #await(pending: Pending, options: RequestOptions): void {
    if (!pending.settled) {
      // The output buffer is used again before the answer comes.
      pending.keepMessage();
      const timeout = options.timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT;
      pending.watch(options.signal, timeout, () => {
        this.#forget();
        this.#rest();
      });
    }
    this.#rest();
  }

  /**
   * Sends requests in one datagram, from the one that stands at `starts[from]`. The kernel answers in order, errors
   * without being asked: the last acknowledgement says that those before it were done too, and costs half of one for each.
   */
  #submit(
    channel: Channel,
    requests: readonly Request<unknown>[],
    first: number,
    starts: readonly number[],
    from: number,
    end = starts[from + requests.length]!,
  ): Pending {
    const last = requests.length - 1;
    if (requests[last]!.reply === undefined) acknowledge(this.#output, starts[from + last]!);
    const message = this.#output.written(starts[from], end);
    this.#lost ??= channel.lost();
    const pending = new Pending(requests, first, message, this.#lost);
    this.#pending.push(pending);
    try {
      channel.send(message);
    } catch (error) {
      this.#reject(pending, error);
      return pending;
    }
    this.#drain(channel);
    return pending;
  }

  #reject(pending: Pending, error: unknown): void {
    pending.reject(error);
    this.#forget();
    this.#rest();
  }

  /** Takes what is settled off the books. */
  #forget(): void {
    this.#pending = this.#pending.filter((pending) => !pending.settled);
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
        this.#sequences(1),
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
    for (const pending of this.#pending) pending.reject(new ClosedError());
    this.#pending = [];
    for (const dump of [...this.#dumps]) dump.close(new ClosedError());
    for (const subscription of [...this.#subscriptions]) subscription.close();
    for (const channel of this.#spare.splice(0)) channel.close();
    this.#channel?.close();
    this.#channel = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  /** The first of as many sequence numbers that follow one another. */
  #sequences(count: number): number {
    let first = this.#sequence + 1;
    if (first + count > LAST_SEQUENCE) first = 1;
    // After four billion requests those may be asked again that are still not answered.
    for (const pending of this.#pending) {
      const next = pending.first + pending.requests.length;
      if (first < next && pending.first < first + count) first = next;
    }
    this.#sequence = first + count - 1;
    return first;
  }

  /** Keeps the process waiting for the socket only while an answer is due. */
  #rest(): void {
    const channel = this.#channel;
    if (!channel) return;
    channel.wait(this.#pending.length > 0 ? () => this.#readable(channel) : undefined);
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
      while (this.#pending.length > 0) {
        const datagram = channel.receive();
        if (!datagram) return;
        if (datagram.portId !== 0) continue;
        this.#take(this.#inputs.of(datagram.bytes), datagram.length);
      }
    } catch (error) {
      // What was lost may have been anybody's answer.
      for (const pending of this.#pending) pending.reject(error);
      this.#forget();
      this.#lost = undefined;
    } finally {
      this.#draining = false;
    }
  }

  #take(input: Input, length: number): void {
    for (const nlmsg of messagesOf(input)) {
      if (nlmsg.type === NLMSG_NOOP) continue;
      if (nlmsg.type === NLMSG_OVERRUN) throw new OverrunError();
      for (const pending of this.#pending) {
        const index = nlmsg.sequence - pending.first;
        if (index < 0 || index >= pending.requests.length) continue;
        this.#answer(pending, index, input, nlmsg, length);
        break;
      }
    }
  }

  #answer(pending: Pending, index: number, input: Input, nlmsg: NlMessage, length: number): void {
    if (pending.isSettled(index)) return;
    const outcome = pending.outcome(index, input, nlmsg, length);
    if (!outcome) return;
    pending.settle(index, outcome, () => {
      this.#lost = this.#channel?.lost() ?? 0;
      return this.#lost;
    });
    if (pending.settled) this.#forget();
  }
}
