import { existsSync, fstatSync, unlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ERRNO } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";
import { close, MS_BIND, mount } from "../../netlink/socket/libc.ts";
import { type Entry, entryAt } from "./entry.ts";
import { netnsPath } from "./name.ts";
import { prepareRunDirectory } from "./run-directory.ts";
import { O_CREAT, O_EXCL, open } from "./syscalls.ts";
import { explain, failureCode } from "./system-error.ts";

/**
 * How old an empty file must be to count as left over. iproute2 creates the namespace between creating the file and
 * mounting on it, which takes milliseconds; we do the two back to back.
 */
const GRACE_MS = 2_000;

/** `EEXIST` when a namespace of that name exists. */
export function refuseTaken(name: string): void {
  const path = netnsPath(name);
  // Mostly there is none: the quickest way to ask.
  const entry = existsSync(path) ? entryAt(path) : undefined;
  if (entry?.kind === "namespace") throw taken(name, occupied.namespace);
}

/**
 * Gives a namespace a name: the file in /run/netns, and the namespace mounted on it. Nothing stays when that fails.
 * An empty file that a process left which died in between is replaced.
 *
 * @throws SystemError `EEXIST` the name is taken; `EPERM`, `EACCES`, `EROFS`, … not possible here.
 */
export async function bindName(netns: number, name: string): Promise<void> {
  const path = netnsPath(name);
  await prepareRunDirectory();
  for (;;) {
    const file = createFile(path);
    if (file !== undefined) return mountOn(netns, file, path);
    await removeLeftOver(name, path);
  }
}

/** `undefined` when there is something of that name. */
function createFile(path: string): number | undefined {
  try {
    return open(path, O_CREAT | O_EXCL);
  } catch (error) {
    if (failureCode(error) === "EEXIST") return undefined;
    throw explain(error);
  }
}

/**
 * Mounts through the file's descriptor, not its path: should another process meanwhile have taken the file for left
 * over and put its own in its place, this fails with ENOENT instead of covering the other's namespace.
 */
function mountOn(netns: number, file: number, path: string): void {
  try {
    mount(`/proc/thread-self/fd/${netns}`, `/proc/thread-self/fd/${file}`, null, MS_BIND);
  } catch (error) {
    removeOwn(file, path);
    const gone = failureCode(error) === "ENOENT";
    throw explain(
      error,
      path,
      gone ? "another process deleted the name while it was being created" : undefined,
    );
  } finally {
    close(file);
  }
}

function removeOwn(file: number, path: string): void {
  const own = fstatSync(file, { bigint: true });
  const there = entryAt(path);
  if (there?.stats.ino === own.ino && there.stats.dev === own.dev) unlinkSync(path);
}

/** Removes what a dead process left, once that is certain; returns also when the file changed or went by itself. */
async function removeLeftOver(name: string, path: string): Promise<void> {
  const found = entryAt(path);
  if (found === undefined) return;
  if (found.kind !== "empty") throw taken(name, occupied[found.kind]);
  const age = Date.now() - Number(found.stats.ctimeMs);
  // A clock that was set back would make the file look younger than it is for ever: never wait longer than once.
  const wait = GRACE_MS - Math.min(Math.max(age, 0), GRACE_MS);
  if (wait > 0) {
    await sleep(wait);
    const now = entryAt(path);
    if (now === undefined || !isSameFile(now, found)) return;
  }
  try {
    unlinkSync(path);
  } catch (error) {
    const code = failureCode(error);
    // EBUSY: the namespace was mounted a moment ago; the kernel refuses to unlink a mount point.
    if (code !== "ENOENT" && code !== "EBUSY") throw explain(error);
    if (code === "EBUSY" && entryAt(path)?.kind === "empty") throw explain(error);
  }
}

const occupied: Readonly<Record<Exclude<Entry["kind"], "empty">, string>> = {
  namespace: "a namespace of that name exists: open it, or delete it first",
  dangling: "a symbolic link to a namespace that is gone has that name: delete it first",
  other: "something that is not a namespace has that name: remove it, or take another name",
};

function isSameFile(a: Entry, b: Entry): boolean {
  return a.kind === b.kind && a.stats.ino === b.stats.ino && a.stats.ctimeNs === b.stats.ctimeNs;
}

function taken(name: string, hint: string): SystemError {
  return new SystemError("open", ERRNO.EEXIST!, `network namespace ${JSON.stringify(name)}`, hint);
}
