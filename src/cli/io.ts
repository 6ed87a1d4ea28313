/** What a command reads, writes and hears: the process's own, or a test's. */
import type { Readable, Writable } from "node:stream";

export interface Input extends Readable {
  readonly isTTY?: boolean | undefined;
}

export interface Output extends Writable {
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
}

export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls `listener` for each of these signals, instead of what they do otherwise, until the result is called. */
  onSignal(signals: readonly NodeJS.Signals[], listener: (signal: NodeJS.Signals) => void): () => void;
}

/** Something the user can do something about: told in a line, exit status 2. */
export class Failure extends Error {
  readonly status: number;

  constructor(message: string, status = 2) {
    super(message);
    this.status = status;
  }
}

/** Nobody reads the output any more (`| head`): no failure. */
export class OutputClosed extends Error {}

/** When a command that would run for ever ends by itself. */
export interface LimitFlags {
  /** After so many datagrams. */
  readonly count?: number;
  /** After so many milliseconds. */
  readonly duration?: number;
}

/** Runs `fn` with a signal that ^C, a request to end, or the end of the time aborts. */
export async function untilInterrupted<T>(
  io: Io,
  { duration }: LimitFlags,
  fn: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = () => controller.abort();
  const restore = io.onSignal(["SIGINT", "SIGTERM", "SIGHUP"], end);
  const timer = duration === undefined ? undefined : setTimeout(end, duration);
  try {
    return await fn(controller.signal);
  } finally {
    clearTimeout(timer);
    restore();
  }
}
