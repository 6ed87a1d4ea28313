import { decodeAck } from "./codec/ack.ts";
import { Input } from "./codec/input.ts";
import { messagesOf, type NlMessage } from "./codec/nlmsg.ts";
import { NLMSG_DONE, NLMSG_ERROR } from "./constants.ts";
import { DecodeError, OverrunError, TimeoutError } from "./errors.ts";
import { kernelError } from "./kernel-error.ts";
import type { Request } from "./request.ts";

export interface RequestOptions {
  /** Gives up waiting; the kernel may have done what was asked all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the answer. */
  readonly timeout?: number | undefined;
}

/** What became of a request: its value, or the reason it failed for. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Somebody waits for the outcome. */
class Waiting {
  resolve!: (value: unknown) => void;
  reject!: (reason: unknown) => void;
  readonly promise = new Promise<unknown>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}

/** What most changes come to: one promise for all of them. */
const DONE = Promise.resolve(undefined);

/**
 * Requests that were sent in one datagram, and what became of each.
 *
 * Most changes are not answered by themselves: the acknowledgement of the last one says that those before it were done,
 * too. So there is nothing for a request but what was asked, until it fails or somebody waits for it.
 */
export class Pending {
  readonly requests: readonly Request<unknown>[];
  /** Sequence number of the first; those of the others follow. */
  readonly first: number;
  /** As it was sent. */
  message: Uint8Array;
  /** Messages that the socket had lost by then. */
  readonly #lost: number;
  /** Of those that were answered by themselves. */
  readonly #outcomes = new Map<number, Outcome>();
  readonly #waiting = new Map<number, Waiting>();
  /** Gets that are left. */
  #gets = 0;
  /** Every other change was done. */
  #done = false;
  #unwatch: (() => void) | undefined;

  constructor(requests: readonly Request<unknown>[], first: number, message: Uint8Array, lost: number) {
    this.requests = requests;
    this.first = first;
    this.message = message;
    this.#lost = lost;
    for (const { reply } of requests) if (reply !== undefined) this.#gets++;
  }

  /** Whether all are. */
  get settled(): boolean {
    return this.#done ? this.#gets === 0 : this.#outcomes.size === this.requests.length;
  }

  isSettled(index: number): boolean {
    return this.#outcomes.has(index) || (this.#done && this.requests[index]!.reply === undefined);
  }

  failed(index: number): boolean {
    const outcome = this.#outcomes.get(index);
    return outcome !== undefined && "error" in outcome;
  }

  /** What a message says of a request; undefined where it is no answer. */
  outcome(index: number, input: Input, nlmsg: NlMessage, length: number): Outcome | undefined {
    const request = this.requests[index]!;
    try {
      if (nlmsg.cut) throw new DecodeError(`answer of ${length} bytes was cut`, nlmsg.offset);
      if (nlmsg.type === NLMSG_ERROR || nlmsg.type === NLMSG_DONE) {
        const ack = decodeAck(input, nlmsg);
        if (ack.error < 0) throw kernelError(request, this.messageOf(index), ack);
        return { value: undefined };
      }
      const { reply } = request;
      if (nlmsg.type !== reply?.type) return undefined;
      return { value: reply.message.decode(input, nlmsg.at, nlmsg.payloadLength) };
    } catch (error) {
      return { error };
    }
  }

  /** @param lost - how many messages the socket has lost by now; asked when it counts. */
  settle(index: number, outcome: Outcome, lost: () => number): void {
    this.#settle(index, outcome);
    if (index === this.requests.length - 1) this.#settleChanges(index === 0 ? 0 : lost() - this.#lost);
    this.#unwatchSettled();
  }

  /** The last one was answered. */
  #settleChanges(lost: number): void {
    // An error among them may be what was lost.
    if (lost > 0) {
      const error = new OverrunError(lost);
      for (const [index, { reply }] of this.requests.entries())
        if (reply === undefined && !this.#outcomes.has(index)) this.#settle(index, { error });
      return;
    }
    this.#done = true;
    for (const [index, { resolve }] of this.#waiting) if (this.isSettled(index)) resolve(undefined);
  }

  #settle(index: number, outcome: Outcome): void {
    this.#outcomes.set(index, outcome);
    if (this.requests[index]!.reply !== undefined) this.#gets--;
    const waiting = this.#waiting.get(index);
    if ("error" in outcome) waiting?.reject(outcome.error);
    else waiting?.resolve(outcome.value);
  }

  /** Those that are left fail. */
  reject(error: unknown): void {
    for (const index of this.requests.keys()) if (!this.isSettled(index)) this.#settle(index, { error });
    this.#unwatchSettled();
  }

  #unwatchSettled(): void {
    if (this.settled) this.#unwatch?.();
  }

  promise(index: number): Promise<unknown> {
    const outcome = this.#outcomes.get(index);
    if (outcome === undefined) return this.isSettled(index) ? DONE : this.#wait(index).promise;
    if ("error" in outcome) return Promise.reject(outcome.error);
    return outcome.value === undefined ? DONE : Promise.resolve(outcome.value);
  }

  #wait(index: number): Waiting {
    const waiting = this.#waiting.get(index) ?? new Waiting();
    this.#waiting.set(index, waiting);
    return waiting;
  }

  /** The buffer it was sent from is used again before all are answered. */
  keepMessage(): void {
    this.message = this.message.slice();
  }

  /** The message of a request as it was sent, for errors that point into it. */
  messageOf(index: number): Uint8Array {
    const [...messages] = messagesOf(new Input(this.message));
    const { offset, length } = messages[index]!;
    return this.message.subarray(offset, offset + length);
  }

  /** Rejects what is left when the signal fires or the time is over; `forget` then takes it off the books. */
  watch(signal: AbortSignal | undefined, timeout: number, forget: () => void): void {
    const abort = () => {
      this.reject(signal!.reason);
      forget();
    };
    const late = () => {
      for (const [index, { operation }] of this.requests.entries())
        if (!this.isSettled(index))
          this.#settle(index, { error: new TimeoutError(operation.constant, timeout) });
      this.#unwatchSettled();
      forget();
    };
    const timer = timeout > 0 && Number.isFinite(timeout) ? setTimeout(late, timeout) : undefined;
    signal?.addEventListener("abort", abort, { once: true });
    this.#unwatch = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
  }
}
