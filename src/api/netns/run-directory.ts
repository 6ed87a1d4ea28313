import { chmodSync, mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ERRNO } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";
import { close, MS_BIND, MS_REC, MS_SHARED, mount } from "../../netlink/socket/libc.ts";
import { NETNS_DIRECTORY } from "./name.ts";
import { open, tryLock } from "./syscalls.ts";
import { explain, failureCode } from "./system-error.ts";

const hint = (code: string | undefined): string | undefined =>
  code === "EACCES" || code === "EPERM"
    ? `named namespaces need root; in a user namespace mount a tmpfs on ${NETNS_DIRECTORY} first, or use one without a name`
    : undefined;

/**
 * Makes /run/netns as ip-netns(8) has it: a directory that is a shared mount, so that namespaces mounted on its files
 * are seen, and go away, in other mount namespaces too.
 */
export async function prepareRunDirectory(): Promise<void> {
  try {
    // Mostly it is there; asking for that costs more than trying.
    if (share()) return;
    makeDirectory();
    await mountOntoItself();
  } catch (error) {
    throw explain(error, NETNS_DIRECTORY, hint(failureCode(error)));
  }
}

function makeDirectory(): void {
  try {
    mkdirSync(NETNS_DIRECTORY);
  } catch (error) {
    if (failureCode(error) === "EEXIST") return;
    throw error;
  }
  // Whatever the umask: iproute2 of other users lists it.
  chmodSync(NETNS_DIRECTORY, 0o755);
}

/** False when the directory is not a mount yet, or not there. */
function share(): boolean {
  try {
    mount("", NETNS_DIRECTORY, null, MS_SHARED | MS_REC);
    return true;
  } catch (error) {
    const code = failureCode(error);
    if (code === "EINVAL" || code === "ENOENT") return false;
    throw error;
  }
}

/** Under the lock iproute2 takes for the same: two processes at once would stack two mounts. */
async function mountOntoItself(): Promise<void> {
  const directory = open(NETNS_DIRECTORY);
  try {
    await lock(directory);
    if (share()) return;
    mount(NETNS_DIRECTORY, NETNS_DIRECTORY, null, MS_BIND | MS_REC);
    share();
  } finally {
    close(directory);
  }
}

/** Not a blocking flock(2): whoever may read the directory could stop the event loop with it. */
async function lock(directory: number): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!tryLock(directory)) {
    if (performance.now() > deadline) {
      throw new SystemError(
        "flock",
        ERRNO.EAGAIN!,
        NETNS_DIRECTORY,
        "another process holds the lock for 5 s",
      );
    }
    await sleep(5);
  }
}
