import { errnoName } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";

const hints: Readonly<Record<string, string>> = {
  ENOENT: "no such program, or what its first line names, or the working directory does not exist",
  EACCES: "not executable for this user",
};

/** A program that could not be started. */
export function execError(errno: number, file: string): SystemError {
  return new SystemError("exec", errno, file, hints[errnoName(errno)]);
}
