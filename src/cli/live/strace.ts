/** What a program exchanges through netlink sockets, from strace as it runs: a live capture. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Captured } from "../../decode/capture/captured.ts";
import { readStrace, straceArguments } from "../../decode/capture/strace.ts";

export interface TraceTarget {
  /** A program and its arguments, which gets this process's standard streams. */
  readonly command?: readonly string[];
  /** Processes that run already. */
  readonly attach?: readonly number[];
}

/** How strace ended: as the command did. */
export interface TraceEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether anything was traced at all. */
  readonly traced: boolean;
  /** What strace wrote to standard error, where it was not the command's, too. */
  readonly said: string;
}

/** Bytes kept of what strace says. */
const MUCH = 4096;

/** A running strace. Its owner reads `datagrams` to the end, else the traced processes stop. */
export class Strace {
  /** What was sent and received, as it happens. */
  readonly datagrams: AsyncIterable<Captured>;
  readonly ended: Promise<TraceEnd>;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #pipe: Socket;
  readonly #isCommand: boolean;
  #said = "";

  /**
   * Starts strace.
   *
   * A pipe of its own carries what it says, so that the command keeps its descriptors.
   */
  constructor({ command = [], attach = [] }: TraceTarget) {
    this.#isCommand = command.length > 0;
    this.#folder = mkdtempSync(join(tmpdir(), "nlkit-trace-"));
    const path = join(this.#folder, "strace");
    try {
      execFileSync("mkfifo", ["-m", "600", path]);
      // Without O_NONBLOCK it would wait for strace, which may never come.
      this.#pipe = new Socket({
        fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
        writable: false,
      });
      const target = this.#isCommand
        ? // A process is stopped at the calls that matter only.
          ["--seccomp-bpf", "--", ...command]
        : // Sockets that were opened before are known by what -yy says.
          ["-yy", ...attach.flatMap((pid) => ["-p", String(pid)])];
      this.#child = spawn("strace", [...straceArguments, "-o", path, ...target], {
        stdio: this.#isCommand ? "inherit" : ["ignore", "ignore", "pipe"],
      });
    } catch (error) {
      rmSync(this.#folder, { recursive: true });
      throw error;
    }
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-MUCH);
    });
    this.datagrams = readStrace(this.#pipe);
    this.ended = this.#end(path);
  }

  /** @throws Error with `code` ENOENT: there is no strace. */
  async #end(path: string): Promise<TraceEnd> {
    const exit = once(this.#child, this.#isCommand ? "exit" : "close");
    try {
      const [code, signal] = (await exit) as [number | null, NodeJS.Signals | null];
      const traced = this.#pipe.bytesRead > 0;
      return { code, signal, traced, said: this.#said };
    } finally {
      endPipe(path);
      rmSync(this.#folder, { recursive: true });
    }
  }

  /** Lets go of the processes it was attached to, which run on. */
  detach(): void {
    this.#child.kill("SIGINT");
  }

  /** Passes a signal on to the command. */
  signalCommand(signal: NodeJS.Signals): void {
    for (const pid of childrenOf(this.#child.pid)) process.kill(pid, signal);
  }
}

/** Ends a pipe that nobody has written to: strace may have failed before. */
function endPipe(path: string): void {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    // ENXIO: its reader has seen the end already.
    if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error;
  }
}

function childrenOf(pid: number | undefined): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    // It has ended, or the kernel has no such file.
    return [];
  }
}
