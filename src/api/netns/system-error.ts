import { errnoName } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";

const privilege =
  "this needs CAP_SYS_ADMIN over the namespaces concerned: run as root, or inside a user namespace of your own";

/** What to do about an error number, where something general can be said. */
const advice: Readonly<Record<string, string>> = {
  EPERM: privilege,
  EACCES: privilege,
  EROFS: "the file system is mounted read-only",
  ENOSPC: "a limit is reached, see /proc/sys/user/max_net_namespaces and max_mnt_namespaces",
  EMFILE: "this process has too many open files",
};

interface SystemFailure extends Error {
  readonly syscall: string;
  readonly errno: number;
}

function subjectOf(error: SystemFailure): string | undefined {
  if (error instanceof SystemError) return error.subject;
  return "path" in error && typeof error.path === "string" ? error.path : undefined;
}

function isSystemFailure(error: unknown): error is SystemFailure {
  if (!(error instanceof Error)) return false;
  return "errno" in error && typeof error.errno === "number" && "syscall" in error;
}

/** The name of the error number a system call failed with, Node's or ours; `undefined` for any other error. */
export function failureCode(error: unknown): string | undefined {
  return isSystemFailure(error) ? errnoName(error.errno) : undefined;
}

/**
 * A failed system call, Node's or ours, as a {@link SystemError} that says what to do. Other errors stay as they are,
 * and so do those that were explained closer to their cause.
 */
export function explain(error: unknown, subject?: string, hint?: string): unknown {
  if (!isSystemFailure(error)) return error;
  const { syscall, errno } = error;
  const code = errnoName(errno);
  if (error instanceof SystemError && !error.message.endsWith(code)) return error;
  return new SystemError(syscall, errno, subject ?? subjectOf(error), hint ?? advice[code]);
}
