import { close } from "../../netlink/socket/libc.ts";
import { bindName } from "./bind-name.ts";
import { netnsPath } from "./name.ts";
import { type NetnsTarget, openNetns } from "./open.ts";

/**
 * Gives an existing network namespace a name (another one, if it has some), as `ip netns attach NAME PID`: a
 * container's becomes reachable by name. Unlike a symbolic link to `/proc/PID/ns/net` the name outlives the process.
 *
 * @throws InputError for a name that is none, and a target that is not a network namespace.
 * @throws SystemError `EEXIST` the name is taken, `ESRCH` no such process, `EPERM` without CAP_SYS_ADMIN.
 */
export async function attachNetns(name: string, target: NetnsTarget): Promise<void> {
  netnsPath(name);
  const netns = openNetns(target);
  try {
    await bindName(netns, name);
  } finally {
    close(netns);
  }
}
