/** Programs of the benchmark, run in a network namespace to their one line. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Netns } from "nlkit";
import type { Figures } from "../measure.ts";

export type Command = readonly [file: string, ...args: string[]];

/** Longer than the slowest peer takes for the largest work it is given. */
const TIMEOUT = 600_000;

export interface Running {
  /** The first line, without its end. */
  readonly firstLine: Promise<string>;
  readonly done: Promise<Figures>;
}

/**
 * @param netns the program is in it from its start; the harness's own without it.
 * @param signal ends it, and whatever it started.
 */
export function start([file, ...args]: Command, netns: Netns | undefined, signal: AbortSignal): Running {
  signal.throwIfAborted();
  // A process group of its own: a shell's children go with it.
  const launch = () => spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const child = netns ? netns.run(launch) : launch();
  let output = "";
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("\n")) resolve(output.slice(0, output.indexOf("\n")));
    });
  });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
  const kill = () => killGroup(child);
  limit.addEventListener("abort", kill);
  const done = ended(child).then((exit) => {
    limit.removeEventListener("abort", kill);
    limit.throwIfAborted();
    if (exit === 0) return JSON.parse(output.trimEnd().split("\n").at(-1)!) as Figures;
    throw new Error(`${file} ${args.join(" ")} ended with ${exit}: ${errors.trim()}`);
  });
  return { firstLine, done };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch (error) {
    // They have all ended by themselves.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
}

export function run(command: Command, netns: Netns | undefined, signal: AbortSignal): Promise<Figures> {
  return start(command, netns, signal).done;
}
