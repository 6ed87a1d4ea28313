/**
 * Being told when a descriptor is readable, through koffi's poll handle: one that is stopped does not keep the process
 * alive; one that nobody refers to is collected; what is thrown in its callback is swallowed, so waiters are called
 * from process.nextTick; using it once closed crashes, and it must be closed before the descriptor. After an error of
 * the socket it stops by itself, and `start` revives it.
 */
import { loadKoffi } from "./libc.ts";

type PollHandle = ReturnType<ReturnType<typeof loadKoffi>["node"]["poll"]>;

const READABLE = { readable: true };

/** Keeps what is waited for, and its poll handle, from being collected. */
const waiting = new Set<Watch>();

export class Watch {
  readonly #fd: number;
  #poll: PollHandle | undefined;
  #waiter: (() => void) | undefined;

  /** @param fd - owned by the caller, who closes it after this. */
  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Calls `readable` once, and keeps the process alive until then; `undefined` takes it back. */
  wait(readable: (() => void) | undefined): void {
    this.#waiter = readable;
    if (!readable) this.#stop();
    else if (!waiting.has(this)) this.#start();
  }

  #start(): void {
    waiting.add(this);
    if (this.#poll) this.#poll.start(READABLE, this.#readable);
    else this.#poll = loadKoffi().node.poll(this.#fd, READABLE, this.#readable);
  }

  #stop(): void {
    if (waiting.delete(this)) this.#poll?.stop();
  }

  readonly #readable = (): void => {
    this.#stop();
    process.nextTick(this.#wake);
  };

  readonly #wake = (): void => {
    const waiter = this.#waiter;
    this.wait(undefined);
    waiter?.();
  };

  close(): void {
    this.wait(undefined);
    this.#poll?.close();
    this.#poll = undefined;
  }
}
