import type { ChildProcess, ChildProcessWithoutNullStreams, SpawnOptions } from "node:child_process";
import { inNetns } from "../../netlink/socket/netns.ts";
import { spawn } from "./child-process.ts";
import { withDescriptor } from "./descriptor.ts";
import { netnsPath } from "./name.ts";
import { type NetnsTarget, openNetns } from "./open.ts";
import { checkProgram } from "./program.ts";
import { spawnThroughHelper } from "./spawn-through-helper.ts";
import { explain } from "./system-error.ts";

/** Options of {@link spawnInNetns}: those of Node's own `spawn` but `shell`, and two more. */
export interface NetnsSpawnOptions extends Omit<SpawnOptions, "shell"> {
  /**
   * Give the program a /sys of the namespace and its /etc/netns/NAME, as `ip netns exec` does; default true. It takes
   * a short-lived Node.js process, which becomes the program (some 50 ms). With `false` the program starts at once,
   * but sees the caller's /sys (whose /sys/class/net shows the caller's links) and /etc.
   */
  mounts?: boolean;
  /** Whose /etc/netns/NAME to use; default the target's name, where it is one. */
  name?: string | undefined;
}

/**
 * Starts a program in a network namespace.
 *
 * @returns Node's ChildProcess. As with `spawn`, a program that does not exist is its `error` event (`code` `ENOENT`);
 *   so is a failed mount. With `mounts`, `spawn` says only that the helper runs, and `exit` 127 follows an `error`.
 * @throws InputError, SystemError at once when the namespace cannot be opened or entered, or an argument is wrong.
 */
export function spawnInNetns(
  target: NetnsTarget,
  file: string,
  args?: readonly string[],
  options?: NetnsSpawnOptions & { stdio?: undefined | "pipe" },
): ChildProcessWithoutNullStreams;
export function spawnInNetns(
  target: NetnsTarget,
  file: string,
  args?: readonly string[],
  options?: NetnsSpawnOptions,
): ChildProcess;
export function spawnInNetns(
  target: NetnsTarget,
  file: string,
  args: readonly string[] = [],
  {
    mounts = true,
    name = typeof target === "string" ? target : undefined,
    ...options
  }: NetnsSpawnOptions = {},
): ChildProcess {
  checkProgram(file, args, options);
  // A directory name in /etc/netns as in /run/netns.
  if (name !== undefined) netnsPath(name);
  return withDescriptor(openNetns(target), (fd) => {
    try {
      return inNetns(fd, () =>
        mounts ? spawnThroughHelper(file, args, options, name) : spawn(file, args, options),
      );
    } catch (error) {
      throw explain(error);
    }
  });
}
