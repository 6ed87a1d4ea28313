/**
 * A process of its own between {@link spawnInNetns} and the program: born in the network namespace, it makes the
 * mounts and becomes the program, so that the process id, the standard streams and the parent stay what they are.
 *
 * Why a process: the mounts need unshare(CLONE_NEWNS), which separates the calling thread's root and working directory
 * from those of the other threads. In the caller's process a later `process.chdir()` would then not reach the thread
 * pool, and relative paths would mean two different files.
 */
import { readFileSync, writeSync } from "node:fs";
import { SystemError } from "../../netlink/errors.ts";
import { loadKoffi } from "../../netlink/socket/libc.ts";
import { execError } from "./exec-error.ts";
import { mountForNetns } from "./exec-mounts.ts";
import type { ExecFailure, ExecRequest } from "./exec-request.ts";
import { explain } from "./system-error.ts";

const F_SETFD = 2;
const FD_CLOEXEC = 1;
const SIG_SETMASK = 2;
const SIGNALS = 64;

const status = Number(process.argv[2]);

try {
  const text = readFileSync(status, "utf8");
  // Nothing said: the parent is gone.
  if (text !== "") become(JSON.parse(text) as ExecRequest);
} catch (error) {
  const failure = explain(error);
  if (!(failure instanceof SystemError)) throw error;
  const { syscall, errno, subject, message } = failure;
  writeSync(status, `${JSON.stringify({ syscall, errno, subject, message } satisfies ExecFailure)}\n`);
}
process.exit(127);

function become(request: ExecRequest): void {
  const libc = loadKoffi().load(null);
  const fcntl = libc.func("int fcntl(int, int, int)");
  const signal = libc.func("void *signal(int, void *)");
  const sigprocmask = libc.func("int sigprocmask(int, void *, void *)");
  const execvpe = libc.func("int execvpe(const char *, const char **, const char **)");

  fcntl(status, F_SETFD, FD_CLOEXEC);
  for (const descriptor of request.descriptors) fcntl(descriptor, F_SETFD, 0);
  mountForNetns(request.name);
  // In libuv's order: the directory as the caller, the program as the user asked for.
  if (request.cwd !== undefined) changeDirectory(request.cwd);
  if (request.uid !== undefined || request.gid !== undefined) process.setgroups!([]);
  if (request.gid !== undefined) process.setgid!(request.gid);
  if (request.uid !== undefined) process.setuid!(request.uid);
  // execvpe() looks in this process' PATH, not in the one it hands over.
  if (request.path === undefined) delete process.env.PATH;
  else process.env.PATH = request.path;
  // Node ignores SIGPIPE, and what is ignored stays so. The C library refuses those it keeps for itself.
  for (let number = 1; number <= SIGNALS; number++) signal(number, null);
  sigprocmask(SIG_SETMASK, new Uint8Array(128), null);
  execvpe(request.file, [...request.argv, null], [...request.env, null]);
  throw execError(loadKoffi().errno(), request.file, request.path);
}

function changeDirectory(path: string): void {
  try {
    process.chdir(path);
  } catch (error) {
    throw explain(error, path, "the working directory cannot be entered");
  }
}
