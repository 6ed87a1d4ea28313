import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { NetlinkError, TimeoutError } from "../../netlink/errors.ts";
import { execError } from "./exec-error.ts";
import type { NetnsTarget } from "./open.ts";
import { type NetnsSpawnOptions, spawnInNetns } from "./spawn.ts";

/** How long a program may take to end after the first signal before it gets SIGKILL. */
const KILL_AFTER_MS = 5_000;

/** Options of {@link execInNetns}. */
export interface NetnsExecOptions
  extends Pick<
    NetnsSpawnOptions,
    "cwd" | "env" | "uid" | "gid" | "argv0" | "killSignal" | "mounts" | "name"
  > {
  /** What the program reads from its standard input; without it, that is empty. */
  input?: string | Uint8Array | undefined;
  /** How output becomes strings, or `"buffer"`; default `"utf8"`. */
  encoding?: BufferEncoding | "buffer" | undefined;
  /** `"pipe"` (default) collects output, `"inherit"` shows it, `"ignore"` drops it; both are empty in the result. */
  stdio?: "pipe" | "inherit" | "ignore" | undefined;
  /** Bytes of output, standard and error each, above which the program is ended; default 64 MiB. */
  maxBuffer?: number | undefined;
  /** Milliseconds after which the program is ended; default none. */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What a program left. */
export interface NetnsExecResult<Output extends string | Buffer = string> {
  stdout: Output;
  stderr: Output;
  /** `null` when a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Runs a program in a network namespace to its end. An exit code other than 0 is a result, not an error.
 *
 * @throws InputError, SystemError the program (`ENOENT`) or the namespace does not exist or may not be used.
 * @throws TimeoutError after `timeout`; the signal's reason after an abort; NetlinkError
 *   `ERR_CHILD_PROCESS_STDIO_MAXBUFFER`. The program has ended by then.
 */
export function execInNetns(
  target: NetnsTarget,
  file: string,
  args: readonly string[] | undefined,
  options: NetnsExecOptions & { encoding: "buffer" },
): Promise<NetnsExecResult<Buffer>>;
export function execInNetns(
  target: NetnsTarget,
  file: string,
  args?: readonly string[],
  options?: NetnsExecOptions & { encoding?: BufferEncoding | undefined },
): Promise<NetnsExecResult>;
export async function execInNetns(
  target: NetnsTarget,
  file: string,
  args: readonly string[] = [],
  options: NetnsExecOptions = {},
): Promise<NetnsExecResult<string | Buffer>> {
  const {
    input,
    encoding = "utf8",
    stdio = "pipe",
    maxBuffer = 64 * 2 ** 20,
    timeout,
    signal,
    ...rest
  } = options;
  signal?.throwIfAborted();
  const stdin = input !== undefined ? "pipe" : stdio === "inherit" ? "inherit" : "ignore";
  const child = spawnInNetns(target, file, args, { ...rest, stdio: [stdin, stdio, stdio] });
  const end = ending(child, rest.killSignal, (errno) =>
    execError(errno, file, (rest.env ?? process.env).PATH),
  );

  const stdout = collect(child.stdout, maxBuffer, () => end.because(overflow(file, "stdout", maxBuffer)));
  const stderr = collect(child.stderr, maxBuffer, () => end.because(overflow(file, "stderr", maxBuffer)));
  const abort = () => end.because(signal!.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const timer =
    timeout !== undefined && timeout > 0
      ? setTimeout(() => end.because(new TimeoutError(`exec ${file}`, timeout)), timeout)
      : undefined;
  // A program that does not read its input to the end is not in error.
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  try {
    const { exitCode, signal: by } = await end.reached;
    const output = (chunks: Buffer[]) => {
      const bytes = Buffer.concat(chunks);
      return encoding === "buffer" ? bytes : bytes.toString(encoding);
    };
    return { stdout: output(stdout), stderr: output(stderr), exitCode, signal: by };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

type Ended = Pick<NetnsExecResult, "exitCode" | "signal">;

/** Waits for the end of a child, or brings it about. */
function ending(
  child: ChildProcess,
  killSignal: NodeJS.Signals | number | undefined,
  notStarted: (errno: number) => Error,
) {
  let reason: { error: unknown } | undefined;
  let killer: NodeJS.Timeout | undefined;
  let because = (_: unknown): void => {};
  const reached = new Promise<Ended>((resolve, reject) => {
    const fail = () => {
      // Children of its own may hold the other ends open: `close` could take for ever.
      child.stdout?.destroy();
      child.stderr?.destroy();
      reject(reason?.error);
    };
    const exited = () => child.exitCode !== null || child.signalCode !== null;
    because = (error) => {
      if (reason !== undefined) return;
      reason = { error };
      if (exited()) return fail();
      child.kill(killSignal);
      killer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      // Without a process there is no exit event.
      if (child.pid === undefined) reject(notStarted(error.errno ?? 0));
      reason ??= { error };
    });
    child.on("exit", () => {
      clearTimeout(killer);
      if (reason !== undefined) fail();
    });
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  return { reached, because };
}

function collect(stream: Readable | null, maxBuffer: number, full: () => void): Buffer[] {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBuffer) chunks.push(chunk);
    else full();
  });
  return chunks;
}

function overflow(file: string, stream: string, maxBuffer: number): NetlinkError {
  return new NetlinkError(
    "ERR_CHILD_PROCESS_STDIO_MAXBUFFER",
    `exec ${file}: more than ${maxBuffer} bytes of ${stream} (maxBuffer)`,
  );
}
