import { TimeoutError } from "./errors.ts";
import type { Request } from "./request.ts";

export interface RequestOptions {
  /** Gives up waiting; the kernel may have done what was asked all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the answer. */
  readonly timeout?: number | undefined;
}

/** What most changes come to: one promise for all of them. */
const DONE = Promise.resolve(undefined);

/** A request that was sent and not answered yet. */
export class Pending {
  readonly request: Request<unknown>;
  readonly sequence: number;
  /** Where the message stands in the buffer it was sent from. */
  readonly start: number;
  readonly end: number;
  settled = false;
  failed = false;
  /** The requests sent with this one, which are done when it is; and how many messages had been lost by then. */
  covers: { readonly entries: readonly Pending[]; readonly lost: number } | undefined;
  /** The value, or the reason it failed for. */
  #result: unknown;
  #promise: Promise<unknown> | undefined;
  #settle: { resolve(value: unknown): void; reject(reason: unknown): void } | undefined;
  #message: Uint8Array | undefined;
  #unwatch: (() => void) | undefined;

  constructor(request: Request<unknown>, sequence: number, start: number, end: number) {
    this.request = request;
    this.sequence = sequence;
    this.start = start;
    this.end = end;
  }

  /** Made when it is asked for: by then most requests have been answered. */
  get promise(): Promise<unknown> {
    this.#promise ??= this.#makePromise();
    return this.#promise;
  }

  #makePromise(): Promise<unknown> {
    if (this.failed) return Promise.reject(this.#result);
    if (this.settled) return this.#result === undefined ? DONE : Promise.resolve(this.#result);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  resolve(value: unknown): void {
    this.settled = true;
    this.#result = value;
    this.#unwatch?.();
    this.#settle?.resolve(value);
  }

  reject(reason: unknown): void {
    this.settled = true;
    this.failed = true;
    this.#result = reason;
    this.#unwatch?.();
    this.#settle?.reject(reason);
  }

  keepMessage(buffer: Uint8Array): void {
    this.#message = buffer.slice(this.start, this.end);
  }

  /** The message as it was sent, for errors that point into it. */
  message(buffer: Uint8Array): Uint8Array {
    return this.#message ?? buffer.subarray(this.start, this.end);
  }

  /** Rejects when the signal fires or the time is over; `forget` then takes it off the books. */
  watch(signal: AbortSignal | undefined, timeout: number, forget: () => void): void {
    const abort = () => {
      this.reject(signal!.reason);
      forget();
    };
    const late = () => {
      this.reject(new TimeoutError(this.request.operation.constant, timeout));
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
