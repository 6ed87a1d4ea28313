import type { ChildProcess, SpawnOptions } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { InputError, SystemError } from "../../netlink/errors.ts";
import { spawn } from "./child-process.ts";
import type { ExecFailure, ExecRequest } from "./exec-request.ts";

/**
 * Starts the helper of exec-helper.ts in the calling thread's network namespace; it makes the mounts and becomes the
 * program. What fails on the way is the child's `error` event, before `exit` with code 127.
 *
 * @param name whose /etc/netns/NAME covers files in /etc.
 */
export function spawnThroughHelper(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
  name: string | undefined,
): ChildProcess {
  const { argv0 = file, env = process.env, cwd, uid, gid, ...rest } = options;
  const stdio = streams(options.stdio);
  const request: ExecRequest = {
    file,
    argv: [argv0, ...args],
    env: Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])),
    path: env.PATH,
    // The helper enters it after the mounts: below /sys it is another directory then.
    cwd: cwd === undefined ? undefined : resolve(cwd instanceof URL ? fileURLToPath(cwd) : cwd),
    uid,
    gid,
    descriptors: stdio.flatMap((stream, fd) => (fd > 2 && isIgnored(stream) ? [] : [fd])),
    name,
  };
  const child = spawn(process.execPath, [...helper(), String(stdio.length)], {
    ...rest,
    env: helperEnvironment(),
    stdio: [...stdio, "pipe"],
  });
  Object.assign(child, { spawnfile: file, spawnargs: request.argv });
  // Nothing there when the helper itself could not be started: Node raises the error event.
  const status = (child.stdio as unknown as (Duplex | null)[] | undefined)?.pop();
  if (status) converse(child, status, request);
  return child;
}

type Stream = Extract<NonNullable<SpawnOptions["stdio"]>, readonly unknown[]>[number];

function streams(stdio: SpawnOptions["stdio"]): Stream[] {
  const list: Stream[] = Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio];
  if (list.includes("ipc")) {
    throw new InputError(
      "stdio",
      'no "ipc" unless mounts is false: the helper process is a Node.js too',
      "ipc",
    );
  }
  while (list.length < 3) list.push("pipe");
  return list;
}

/** Above the three standard streams an ignored one is not open: its number is one of the helper's own. */
function isIgnored(stream: Stream): boolean {
  return stream === "ignore" || stream === null || stream === undefined;
}

/** Node's arguments that run the helper: the compiled one in dist, the source where the library runs from source. */
function helper(): string[] {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const path = fileURLToPath(new URL(`./exec-helper.${extension}`, import.meta.url));
  // Warnings would be on the program's standard error.
  const node = ["--no-warnings", path];
  const stripsTypes = "typescript" in process.features && process.features.typescript;
  if (extension === "js" || stripsTypes) return node;
  return ["--import", createRequire(import.meta.url).resolve("tsx"), ...node];
}

/** The caller's NODE_OPTIONS and the like are for the program, not for the helper; only node itself must start. */
function helperEnvironment(): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH } = process.env;
  return { LD_LIBRARY_PATH, ELECTRON_RUN_AS_NODE: "1" };
}

function converse(child: ChildProcess, status: Duplex, request: ExecRequest): void {
  let answer = "";
  status.setEncoding("utf8");
  status.on("data", (text: string) => {
    answer += text;
    // Not at the end of the stream, which can come after the child's exit event.
    if (answer.endsWith("\n")) child.emit("error", failureOf(answer));
  });
  // The helper was killed before it had read everything: the exit event tells.
  status.on("error", () => {});
  status.end(JSON.stringify(request));
}

function failureOf(answer: string): SystemError {
  const { syscall, errno, subject, message } = JSON.parse(answer) as ExecFailure;
  return Object.assign(new SystemError(syscall, errno, subject), { message });
}
