import { readdirSync } from "node:fs";
import {
  CLONE_NEWNS,
  MNT_DETACH,
  MS_BIND,
  MS_RDONLY,
  MS_REC,
  MS_SLAVE,
  mount,
  umount,
  unshare,
} from "../../netlink/socket/libc.ts";
import { explain, failureCode } from "./system-error.ts";

/** Where ip-netns(8) has the files that cover those in /etc: `/etc/netns/NAME/resolv.conf` is /etc/resolv.conf. */
const ETC_NETNS = "/etc/netns";

/**
 * Gives the calling process a mount namespace of its own that fits its network namespace, as `ip netns exec` does:
 * a /sys that shows the namespace's links, and the namespace's own files in /etc. Nothing of it is seen outside.
 *
 * @throws SystemError `ENOENT` when a file in /etc/netns/NAME has no counterpart in /etc to cover.
 */
export function mountForNetns(name: string | undefined): void {
  unshare(CLONE_NEWNS);
  // What is mounted outside still appears here, but not the other way round.
  mount("", "/", null, MS_SLAVE | MS_REC);
  mountSys();
  if (name !== undefined) bindEtc(name);
}

function mountSys(): void {
  try {
    umount("/sys", MNT_DETACH);
  } catch (error) {
    // EINVAL: nothing mounted there, or locked as in a user namespace. Mounting on top does as well.
    if (failureCode(error) !== "EINVAL") throw error;
  }
  try {
    mount("sysfs", "/sys", "sysfs", 0);
  } catch (error) {
    if (failureCode(error) !== "EPERM") throw error;
    // A read-only /sys (containers) may not be covered by a writable one.
    mount("sysfs", "/sys", "sysfs", MS_RDONLY);
  }
}

function bindEtc(name: string): void {
  const directory = `${ETC_NETNS}/${name}`;
  for (const file of filesIn(directory)) {
    const target = `/etc/${file}`;
    try {
      mount(`${directory}/${file}`, target, null, MS_BIND);
    } catch (error) {
      const missing = failureCode(error) === "ENOENT";
      throw explain(
        error,
        `${directory}/${file} on ${target}`,
        missing ? `create ${target}, or the program would not see the namespace's own` : undefined,
      );
    }
  }
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (failureCode(error) === "ENOENT") return [];
    throw error;
  }
}
