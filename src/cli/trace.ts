import { execFile } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { constants as os } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { writable } from "./capture.ts";
import { Display, type DisplayFlags } from "./display.ts";
import { Failure, type Io, OutputClosed } from "./io.ts";
import { Strace, type TraceEnd } from "./live/strace.ts";
import { Printer } from "./printer.ts";

export interface TraceFlags extends DisplayFlags {
  readonly attach?: readonly number[];
  readonly write?: string;
}

const NOT_FOUND = 127;

/** `nlkit trace`: the command's own status, 128 and the signal's number where one ended it. */
export async function trace(command: readonly string[], flags: TraceFlags, io: Io): Promise<number> {
  const { attach = [], write } = flags;
  if (command.length > 0 === attach.length > 0) {
    throw new Failure("trace: give either a command or -p PID");
  }
  if (command.length > 0 && !isProgram(command[0]!, io.env.PATH)) {
    throw new Failure(`trace: ${command[0]}: command not found`, NOT_FOUND);
  }
  const own = attach.length > 0 ? io.stdout : io.stderr;
  const printer = new Printer(write === undefined ? own : await writable(write, io));
  const display = new Display(printer, flags, io);
  const strace = new Strace({ command, attach });
  const restore = command.length > 0 ? passSignals(strace, io) : detachOnSignal(strace, io);
  try {
    const [end] = await Promise.all([ended(strace), show(strace, display)]);
    if (write !== undefined && write !== "-") await printer.end();
    return command.length > 0 ? await ofCommand(end) : ofAttached(end, attach);
  } finally {
    restore();
  }
}

/** Reads to the end even where nothing can be shown any more: the command is not to notice. */
async function show(strace: Strace, display: Display): Promise<void> {
  let failure: unknown;
  const telling = async (tell: () => Promise<void>) => {
    try {
      if (failure === undefined) await tell();
    } catch (error) {
      failure = error;
    }
  };
  for await (const captured of strace.datagrams) {
    await telling(async () => {
      await display.take(captured);
      await display.printer.flush();
    });
  }
  await telling(() => display.finish());
  if (failure !== undefined && !(failure instanceof OutputClosed)) throw failure;
}

async function ended(strace: Strace): Promise<TraceEnd> {
  try {
    return await strace.ended;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Failure("trace: strace is not installed; it is what nlkit trace works with (package strace)");
  }
}

/** ^C is for the command, which gets it from the terminal by itself; it may go on. */
function passSignals(strace: Strace, io: Io): () => void {
  return io.onSignal(["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"], (signal) => {
    if (signal === "SIGTERM" || signal === "SIGHUP") strace.signalCommand(signal);
  });
}

function detachOnSignal(strace: Strace, io: Io): () => void {
  return io.onSignal(["SIGINT", "SIGTERM", "SIGHUP"], () => strace.detach());
}

async function ofCommand({ code, signal, traced }: TraceEnd): Promise<number> {
  if (!traced && code !== 0) await refuseWithoutPtrace();
  return code ?? 128 + (signal ? os.signals[signal] : 0);
}

/** Whether strace failed, and not the command. */
async function refuseWithoutPtrace(): Promise<void> {
  try {
    await promisify(execFile)("strace", ["-o", "/dev/null", "-e", "trace=none", "true"]);
  } catch (error) {
    throw notAllowed((error as { stderr?: string }).stderr ?? "");
  }
}

function ofAttached({ code, said }: TraceEnd, attach: readonly number[]): number {
  // Detached, or the processes have ended.
  if (code === 0 || code === null || said === "") return 0;
  if (/No such process/.test(said)) throw new Failure(`trace: there is no process ${attach.join(", ")}`);
  if (/not permitted|denied/.test(said)) throw notAllowed(said);
  throw new Failure(`trace: ${straceWords(said)}`);
}

function notAllowed(said: string): Failure {
  const scope = yamaScope();
  const yama = scope > 0 ? `; kernel.yama.ptrace_scope is ${scope}` : "";
  return new Failure(
    `trace: ${straceWords(said)}: tracing is not allowed here. Try as root; in a container with the capability SYS_PTRACE${yama}`,
  );
}

const straceWords = (said: string): string =>
  said
    .trim()
    .split("\n")[0]!
    .replace(/^\S*strace: /, "strace: ");

function yamaScope(): number {
  try {
    return Number(readFileSync("/proc/sys/kernel/yama/ptrace_scope", "utf8"));
  } catch {
    // A kernel without Yama.
    return 0;
  }
}

function isProgram(file: string, path = "/usr/bin:/bin"): boolean {
  const places = file.includes("/") ? [file] : path.split(delimiter).map((folder) => join(folder, file));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      // The next place, then.
      return false;
    }
  });
}
