/** Runs the command in this process, with streams of the test's own. */
import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { Io } from "../../../src/cli/io.ts";
import { main } from "../../../src/cli/main.ts";

export interface RunOptions {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly env?: Record<string, string>;
  /** Which streams are terminals. */
  readonly tty?: readonly ("stdin" | "stdout" | "stderr")[];
  /** In place of a stream that keeps everything. */
  readonly stdout?: Writable;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Kept extends Writable {
  text = "";

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { stdin = "", env = {}, tty = [] } = options;
  const input = typeof stdin === "string" ? [Buffer.from(stdin)] : stdin;
  const kept = { stdout: new Kept(), stderr: new Kept() };
  const stdout = options.stdout ?? kept.stdout;
  const signals = new EventEmitter();
  const io: Io = {
    stdin: Object.assign(Readable.from(input instanceof Uint8Array ? [input] : input), {
      isTTY: tty.includes("stdin"),
    }),
    stdout: Object.assign(stdout, { isTTY: tty.includes("stdout") }),
    stderr: Object.assign(kept.stderr, { isTTY: tty.includes("stderr") }),
    env,
    onSignal(names, listener) {
      for (const name of names) signals.on(name, listener);
      return () => {
        for (const name of names) signals.off(name, listener);
      };
    },
  };
  const status = await main(args, io, "nlkit 1.2.3");
  return { status, stdout: kept.stdout.text, stderr: kept.stderr.text };
}
