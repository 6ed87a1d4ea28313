/**
 * Entering a network namespace without ever staying there.
 *
 * setns(2) moves the calling thread alone, so what runs between going and coming back must be synchronous: sockets
 * opened there stay there, children spawned there start there. Threads born there would stay there for ever, which is
 * why the thread pool is started before the first switch. It is enough to submit one job: libuv creates all its
 * threads inside that call and waits for them to run (measured on Node 20: 7 tasks before, 11 after, 23 with
 * UV_THREADPOOL_SIZE=16; 0.25 ms once), so nothing has to be awaited. Workers cannot be foreseen: start none inside.
 */
import { access, closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { NetlinkError } from "../errors.ts";
import { CLONE_NEWNET, setns, unshare } from "./libc.ts";
import { isMainThread } from "./main-thread.ts";

/** The calling thread's own; /proc/self is the main thread's, also in a worker. */
const CURRENT = "/proc/thread-self/ns/net";

/**
 * Runs `fn` in the network namespace that `fd` names and comes back, whatever `fn` does. Calls may be nested.
 *
 * @param fd descriptor of a network namespace. `undefined`, or the namespace the thread is in, changes nothing and
 *   needs no privilege.
 * @throws {@link SystemError} where the namespace cannot be entered, or could not be left again; `fn` has not run then.
 * @throws {@link NetlinkError} `ERR_NETLINK_NETNS_ASYNC` when `fn` returned a promise: what follows its first `await`
 *   would run outside.
 */
export function inNetns<T>(fd: number | undefined, fn: () => T): T {
  if (fd === undefined) return synchronous(fn());
  return fromHome((home) => {
    try {
      leave(home, () => setns(fd, CLONE_NEWNET));
    } catch (error) {
      if (isSame(fd, home)) return synchronous(fn());
      throw error;
    }
    return andBack(home, fn);
  });
}

/** Runs `fn` in a new network namespace, which goes with the last descriptor, mount or process that `fn` leaves in it. */
export function inNewNetns<T>(fn: () => T): T {
  return fromHome((home) => {
    leave(home, () => unshare(CLONE_NEWNET));
    return andBack(home, fn);
  });
}

/** A descriptor of the network namespace the calling thread is in, to be closed by the caller. */
export function openCurrentNetns(): number {
  return openSync(CURRENT, "r");
}

function fromHome<T>(fn: (home: number) => T): T {
  const home = openCurrentNetns();
  try {
    return fn(home);
  } finally {
    closeSync(home);
  }
}

function leave(home: number, go: () => void): void {
  startThreadPool();
  // The way back needs privilege over this namespace, which the root of a user namespace may lack: try before leaving.
  setns(home, CLONE_NEWNET);
  go();
}

function andBack<T>(home: number, fn: () => T): T {
  try {
    return synchronous(fn());
  } finally {
    comeBack(home);
  }
}

function comeBack(home: number): void {
  try {
    setns(home, CLONE_NEWNET);
  } catch (error) {
    // Going on would configure the wrong namespace with every later call.
    writeSync(2, `nlkit: cannot return to the network namespace of this process: ${error}\n`);
    if (isMainThread()) process.abort();
    process.kill(process.pid, "SIGKILL"); // workers have no abort()
  }
}

let poolStarted = false;

function startThreadPool(): void {
  if (poolStarted) return;
  // access() goes to the pool even where libuv gives stat() and open() to io_uring.
  access("/", () => {});
  poolStarted = true;
}

function isSame(fd: number, other: number): boolean {
  const [a, b] = [fstatSync(fd), fstatSync(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

function synchronous<T>(result: T): T {
  if (typeof (result as { then?: unknown } | null | undefined)?.then !== "function") return result;
  throw new NetlinkError(
    "ERR_NETLINK_NETNS_ASYNC",
    "a function that runs in a network namespace must be synchronous, this one returned a promise",
  );
}
