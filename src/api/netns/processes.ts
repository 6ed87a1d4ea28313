import { readdirSync, statSync } from "node:fs";
import { type NetnsIdentity, netnsIdentity, sameNetns, withDescriptor } from "./descriptor.ts";
import { listNetns } from "./list.ts";
import { openNetns } from "./open.ts";
import { failureCode } from "./system-error.ts";

/**
 * The processes whose main thread is in a network namespace, ascending, as `ip netns pids`. Those that may not be
 * looked at (another user's, without CAP_SYS_PTRACE) are left out.
 */
export function netnsPids(netns: NetnsIdentity): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^[1-9]\d*$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const identity = processNetns(pid);
      return identity !== undefined && sameNetns(identity, netns);
    })
    .sort((a, b) => a - b);
}

/**
 * The names of the network namespace a process is in, as `ip netns identify`; none when it has no name.
 *
 * @throws SystemError `ESRCH` no such process, `EACCES` it may not be looked at.
 */
export function identifyNetns(pid: number): string[] {
  const identity = withDescriptor(openNetns({ pid }), netnsIdentity);
  return netnsNames(identity);
}

/** All names of a network namespace. */
export function netnsNames(netns: NetnsIdentity): string[] {
  return listNetns()
    .filter((named) => sameNetns(named, netns))
    .map(({ name }) => name);
}

function processNetns(pid: number): NetnsIdentity | undefined {
  try {
    return statSync(`/proc/${pid}/ns/net`, { bigint: true });
  } catch (error) {
    // It ended, or is not ours to look at.
    const code = failureCode(error);
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES" || code === "EPERM") return undefined;
    throw error;
  }
}
