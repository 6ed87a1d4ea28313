import { ERRNO } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";
import { loadKoffi } from "../../netlink/socket/libc.ts";

export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
const O_NOCTTY = 0o400;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const LOCK_EX = 2;
const LOCK_NB = 4;

type Call = (...args: unknown[]) => number;
let calls: { open: Call; flock: Call } | undefined;

function libc(): { open: Call; flock: Call } {
  if (calls === undefined) {
    const library = loadKoffi().load(null);
    calls = {
      open: library.func("int open(const char *, int, unsigned int)") as unknown as Call,
      flock: library.func("int flock(int, int)") as unknown as Call,
    };
  }
  return calls;
}

/**
 * A close-on-exec descriptor of `path`, for reading.
 *
 * Not `fs.openSync`: in a worker Node counts the descriptors it opened and closes them when the worker ends, so they
 * could not be closed with the duplicates, which it does not know. `O_NONBLOCK`, because a FIFO would wait for ever.
 */
export function open(path: string, flags = 0): number {
  const fd = libc().open(path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
  if (fd < 0) throw new SystemError("open", loadKoffi().errno(), path);
  return fd;
}

/** Takes the exclusive advisory lock of an open file (flock(2)); false while someone else has it. */
export function tryLock(fd: number): boolean {
  if (libc().flock(fd, LOCK_EX | LOCK_NB) === 0) return true;
  const errno = loadKoffi().errno();
  if (errno === ERRNO.EAGAIN) return false;
  throw new SystemError("flock", errno);
}
