/** `nlkit record`: a program's conversation with the kernel as a fixture. */
import { existsSync } from "node:fs";
import { recordProgram } from "../testing/record-program.ts";
import { Failure, type Io } from "./io.ts";

export interface RecordFlags {
  readonly about?: string;
}

export async function recordCommand(
  file: string,
  words: readonly string[],
  { about }: RecordFlags,
  io: Io,
): Promise<number> {
  const command = words[0] === "--" ? words.slice(1) : words;
  let status: number;
  try {
    status = await recordProgram(file, command, { about });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Failure(`record: ${command[0]}: no such program`, 127);
  }
  if (existsSync(file)) return status;
  io.stderr.write(
    `nlkit: record: ${command[0]} opened no netlink socket through nlkit; ${file} was not written\n`,
  );
  return status === 0 ? 1 : status;
}
