import { ERRNO } from "../../netlink/errno.ts";
import { InputError, SystemError } from "../../netlink/errors.ts";
import { CLONE_NEWNET, close, duplicate } from "../../netlink/socket/libc.ts";
import { FIRST_MADE_UP, namespaceType } from "./descriptor.ts";
import { netnsPath } from "./name.ts";
import { open } from "./syscalls.ts";
import { explain, failureCode } from "./system-error.ts";

/**
 * A network namespace: by its name in /run/netns, as the one a process is in, by the path of its file (for instance
 * `/proc/PID/task/TID/ns/net`), or by an open descriptor.
 */
export type NetnsTarget = string | { pid: number } | { path: string } | { fd: number };

/**
 * Opens a network namespace.
 *
 * @returns a close-on-exec descriptor the caller owns; of `{ fd }` a duplicate.
 * @throws InputError for a name that is none, and for something that is not a network namespace.
 * @throws SystemError `ENOENT` no such namespace, `ESRCH` no such process, `EACCES` or `EPERM` not allowed, `EBADF`.
 */
export function openNetns(target: NetnsTarget): number {
  if (typeof target === "string") return verified(openName(target), "name", target);
  if (typeof target === "object" && target !== null) {
    if ("fd" in target && target.fd >= FIRST_MADE_UP) return target.fd;
    if ("fd" in target) return verified(duplicated(target.fd), "fd", target.fd);
    if ("pid" in target) return verified(openProcess(target.pid), "pid", target.pid);
    if ("path" in target) return verified(openPath(target.path), "path", target.path);
  }
  throw new InputError("netns", "a name, { pid }, { path } or { fd }", target);
}

function verified(fd: number, field: string, given: string | number): number {
  let type: number | undefined;
  try {
    type = namespaceType(fd);
  } catch (error) {
    close(fd);
    throw error;
  }
  if (type === CLONE_NEWNET) return fd;
  close(fd);
  if (field !== "name") throw new InputError(field, "a network namespace", given);
  throw new SystemError(
    "open",
    ERRNO.ENOENT!,
    `network namespace ${JSON.stringify(given)}`,
    "a file of that name exists, but no network namespace is mounted on it: delete the name, or create it again",
  );
}

function openName(name: string): number {
  const path = netnsPath(name);
  try {
    return open(path);
  } catch (error) {
    const missing = failureCode(error) === "ENOENT";
    throw explain(
      error,
      missing ? `network namespace ${JSON.stringify(name)}` : path,
      missing ? "no such namespace: see what exists in the list, or create it" : undefined,
    );
  }
}

function openProcess(pid: number): number {
  if (!Number.isSafeInteger(pid) || pid < 1 || pid > 0x7fff_ffff) {
    throw new InputError("pid", "a process id", pid);
  }
  try {
    return open(`/proc/${pid}/ns/net`);
  } catch (error) {
    const code = failureCode(error);
    if (code === "ENOENT" || code === "ESRCH") {
      throw new SystemError("open", ERRNO.ESRCH!, `/proc/${pid}/ns/net`, "no such process, or it has ended");
    }
    throw explain(error);
  }
}

function openPath(path: string): number {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    throw new InputError("path", "the path of a namespace file", path);
  }
  try {
    return open(path);
  } catch (error) {
    throw explain(error);
  }
}

function duplicated(fd: number): number {
  if (!Number.isSafeInteger(fd) || fd < 0 || fd > 0x7fff_ffff) {
    throw new InputError("fd", "an open descriptor", fd);
  }
  return duplicate(fd);
}
