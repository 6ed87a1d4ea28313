import { close } from "../../netlink/socket/libc.ts";
import { inNewNetns } from "../../netlink/socket/netns.ts";
import { bindName, refuseTaken } from "./bind-name.ts";
import { CURRENT_NETNS } from "./descriptor.ts";
import { openNetns } from "./open.ts";
import { explain } from "./system-error.ts";

/**
 * Creates a network namespace without a name. It lives as long as a descriptor, a socket or a process holds it.
 *
 * @returns a close-on-exec descriptor the caller owns.
 * @throws SystemError `EPERM` without CAP_SYS_ADMIN, `ENOSPC` at the limit of namespaces.
 */
export function anonymousNetns(): number {
  try {
    return inNewNetns(() => openNetns({ path: CURRENT_NETNS }));
  } catch (error) {
    throw explain(error, "network namespace");
  }
}

/**
 * Creates a network namespace and names it as ip-netns(8) does: mounted on the file `/run/netns/NAME`.
 *
 * @returns a close-on-exec descriptor the caller owns.
 * @throws InputError for a name that is none.
 * @throws SystemError `EEXIST` the name is taken, `EPERM` without CAP_SYS_ADMIN. Nothing is left behind then.
 */
export async function createNetns(name: string): Promise<number> {
  refuseTaken(name);
  const netns = anonymousNetns();
  try {
    await bindName(netns, name);
  } catch (error) {
    close(netns);
    throw error;
  }
  return netns;
}
