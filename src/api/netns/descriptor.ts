import { fstatSync, statSync } from "node:fs";
import { close, ioctl } from "../../netlink/socket/libc.ts";
import { failureCode } from "./system-error.ts";

/** The namespace the calling thread is in; `/proc/self` would be the main thread's in a worker. */
export const CURRENT_NETNS = "/proc/thread-self/ns/net";

/** NS_GET_NSTYPE of linux/nsfs.h: which CLONE_NEW… a namespace descriptor is of. */
const NS_GET_NSTYPE = 0xb703;

/** What makes a namespace itself, whatever its names: device and inode number of its file (namespaces(7)). */
export interface NetnsIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/**
 * From here on descriptors are none of the kernel's, which ends at fs.nr_open, 2^30 at most: namespaces of a recording,
 * which `nlkit/testing` plays.
 */
export const FIRST_MADE_UP = 2 ** 30;

/** Closes a descriptor of a namespace. */
export function closeNetns(fd: number): void {
  if (fd < FIRST_MADE_UP) close(fd);
}

/** The CLONE_NEW… constant of a namespace descriptor; `undefined` when it is not one. */
export function namespaceType(fd: number): number | undefined {
  try {
    return ioctl(fd, NS_GET_NSTYPE, new Uint8Array(0));
  } catch (error) {
    const code = failureCode(error);
    if (code === "ENOTTY" || code === "EINVAL") return undefined;
    throw error;
  }
}

/** Device and inode number of the namespace an open descriptor is of. */
export function netnsIdentity(fd: number): NetnsIdentity {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return { dev, ino };
}

export function sameNetns(a: NetnsIdentity, b: NetnsIdentity): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** Runs `use` with a descriptor and closes it afterwards. */
export function withDescriptor<T>(fd: number, use: (fd: number) => T): T {
  try {
    return use(fd);
  } finally {
    close(fd);
  }
}

/** The device number all namespace files have: that of the kernel's one nsfs. */
export function nsfsDevice(): bigint {
  return statSync(CURRENT_NETNS, { bigint: true }).dev;
}
