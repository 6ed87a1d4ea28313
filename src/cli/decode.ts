import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { CaptureFormat } from "../decode/capture/captured.ts";
import { readCapture } from "../decode/capture/read.ts";
import { Display, type DisplayFlags } from "./display.ts";
import { Failure, type Io } from "./io.ts";
import { Printer } from "./printer.ts";
import { Progress } from "./progress.ts";

export interface DecodeFlags extends DisplayFlags {
  readonly format?: CaptureFormat;
}

/** Files that are read in a moment get no bar. */
const LARGE = 8 << 20;

/** `nlkit decode`: 1 when there were problems. */
export async function decode(file: string, flags: DecodeFlags, io: Io): Promise<number> {
  const display = new Display(new Printer(io.stdout), flags, io);
  const progress = await progressOf(file, io);
  let isEmpty = true;
  try {
    const { format, protocol } = flags;
    for await (const captured of readCapture(bytesOf(file, io), { format, protocol })) {
      isEmpty = false;
      await display.take(captured);
      progress?.at(captured.offset);
    }
  } finally {
    progress?.end();
  }
  await display.finish();
  if (isEmpty) io.stderr.write("nlkit: there is no netlink message in it\n");
  return display.problems > 0 ? 1 : 0;
}

/** A file's bytes, or standard input's. */
export function bytesOf(file: string, io: Io): AsyncIterable<Uint8Array> {
  if (file !== "-") return fileBytes(file);
  if (io.stdin.isTTY) io.stderr.write("nlkit: reads from the terminal: paste, then ^D\n");
  return io.stdin;
}

async function* fileBytes(file: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Failure(`${file}: ${reason(error)}`);
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a directory",
};

/** What a file's error says, without what Node puts around it. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return words[code ?? ""] ?? message;
}

/** A bar where nothing else is on the terminal. */
async function progressOf(file: string, io: Io): Promise<Progress | undefined> {
  if (file === "-" || !io.stderr.isTTY || io.stdout.isTTY) return undefined;
  try {
    const { size } = await stat(file);
    return size >= LARGE ? new Progress(io.stderr, size) : undefined;
  } catch {
    // Opening it says why.
    return undefined;
  }
}
