/**
 * unix-dgram's addon, typed. The only module that loads it; its JavaScript, which speaks only Unix addresses, is not
 * used.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NetlinkError } from "../errors.ts";
import { isMainThread } from "./main-thread.ts";

/** Numbers returned are results of system calls: a negative one is an errno. */
export interface UnixDgramBinding {
  /**
   * Opens a non-blocking, close-on-exec socket that the event loop watches from then on.
   *
   * @param received is called with the length, and the first 64 KiB of a datagram; or a negative errno and null.
   */
  socket(
    domain: number,
    type: number,
    protocol: number,
    received: (status: number, datagram: Uint8Array | null) => void,
    writable: () => void,
  ): number;
  /** Returns 1 instead of EAGAIN or ENOBUFS. */
  send(fd: number, datagram: Uint8Array): number;
  close(fd: number): number;
}

let loaded: UnixDgramBinding | NetlinkError | undefined;

/** @throws {@link NetlinkError} `ERR_NETLINK_UNSUPPORTED` saying why it is not to be had here. */
export function loadUnixDgram(): UnixDgramBinding {
  loaded ??= load();
  if (loaded instanceof NetlinkError) throw loaded;
  return loaded;
}

function load(): UnixDgramBinding | NetlinkError {
  // It would run its callbacks in the main thread's loop, and crash.
  if (!isMainThread()) return unsupported("unix-dgram works only in the main thread");
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = dirname(require.resolve("unix-dgram/package.json"));
  } catch (cause) {
    return unsupported("the npm package unix-dgram is not installed", cause);
  }
  try {
    return require(join(folder, "build/Release/unix_dgram.node")) as UnixDgramBinding;
  } catch (cause) {
    return unsupported(reason(cause as NodeJS.ErrnoException), cause);
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === "MODULE_NOT_FOUND") return "unix-dgram's addon was not compiled when it was installed";
  if (message.includes("NODE_MODULE_VERSION")) {
    return `unix-dgram's addon was compiled for another version of Node than ${process.versions.node}`;
  }
  return `unix-dgram's addon does not load: ${message.replace(/\s+/g, " ")}`;
}

function unsupported(message: string, cause?: unknown): NetlinkError {
  return new NetlinkError("ERR_NETLINK_UNSUPPORTED", message, { cause });
}
