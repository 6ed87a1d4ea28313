/** Recording a whole program that uses nlkit, from outside. */
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { InputError, NetlinkError } from "../netlink/errors.ts";

/** Environment variables that the program's process finds. */
export const PATH = "NLKIT_RECORD";
export const ABOUT = "NLKIT_RECORD_ABOUT";

export interface RecordProgramOptions {
  /** What happens in the recording; default the command. */
  readonly about?: string | undefined;
}

/**
 * Runs a Node.js program and records the netlink sockets that it opens through nlkit. Of processes it starts the second
 * and later ones get files of their own, with the process id in the name.
 *
 * @param path - the fixture's file; one that exists is replaced.
 * @param command - `node program.js`
 * @returns the program's exit code, as a shell has it.
 * @throws InputError there is no command.
 * @throws Error with `code` ENOENT: there is no such program.
 */
export async function recordProgram(
  path: string,
  command: readonly string[],
  { about = command.join(" ") }: RecordProgramOptions = {},
): Promise<number> {
  const [file, ...args] = command;
  if (file === undefined) throw new InputError("command", "a program and its arguments", command);
  rmSync(path, { force: true });
  const env = { ...process.env, [PATH]: resolve(path), [ABOUT]: about, NODE_OPTIONS: nodeOptions() };
  const child = spawn(file, args, { stdio: "inherit", env });
  return new Promise((settle, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => settle(code ?? 128 + constants.signals[signal!]));
  });
}

function nodeOptions(): string {
  const imports = [preload()];
  if (imports[0]!.endsWith(".ts"))
    imports.unshift(pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href);
  return [process.env.NODE_OPTIONS ?? "", ...imports.map((url) => `--import=${url}`)].join(" ").trim();
}

/** Beside this file, or where the build puts it. */
function preload(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  for (const folder of ["./", "./testing/"]) {
    const url = new URL(`${folder}record-preload.${extension}`, import.meta.url);
    if (existsSync(fileURLToPath(url))) return url.href;
  }
  throw new NetlinkError("ERR_NETLINK_RECORD", "record-preload.js is not beside nlkit's files");
}
