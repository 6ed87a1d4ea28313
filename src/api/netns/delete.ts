import { unlinkSync } from "node:fs";
import { ERRNO } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";
import { MNT_DETACH, umount } from "../../netlink/socket/libc.ts";
import { entryAt } from "./entry.ts";
import { netnsPath } from "./name.ts";
import { explain, failureCode } from "./system-error.ts";

/** UMOUNT_NOFOLLOW of sys/mount.h: a symbolic link's target is not ours to unmount. */
const UMOUNT_NOFOLLOW = 8;

/**
 * Deletes the name of a network namespace. The namespace itself, its links and routes go when the last process,
 * socket and descriptor in it does. Also removes an empty file or a dead link that stands for no namespace any more.
 *
 * @throws InputError for a name that is none.
 * @throws SystemError `ENOENT` no such namespace; `EEXIST` something of that name that no namespace ever was.
 */
export function deleteNetns(name: string): void {
  const path = netnsPath(name);
  const subject = `network namespace ${JSON.stringify(name)}`;
  try {
    while (unmounted(path));
    if (entryAt(path)?.kind === "other") {
      throw new SystemError(
        "unlink",
        ERRNO.EEXIST!,
        path,
        "not a namespace, and not an empty file: left alone",
      );
    }
    unlinkSync(path);
  } catch (error) {
    const missing = failureCode(error) === "ENOENT";
    throw explain(error, subject, missing ? "no such namespace: see what exists in the list" : undefined);
  }
}

/** False when nothing is mounted there (any more): two mounts can be stacked. */
function unmounted(path: string): boolean {
  try {
    umount(path, MNT_DETACH | UMOUNT_NOFOLLOW);
    return true;
  } catch (error) {
    if (failureCode(error) === "EINVAL") return false;
    throw error;
  }
}
