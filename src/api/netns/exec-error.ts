import { statSync } from "node:fs";
import { join } from "node:path";
import { ERRNO, errnoName } from "../../netlink/errno.ts";
import { SystemError } from "../../netlink/errors.ts";
import { failureCode } from "./system-error.ts";

const hints: Readonly<Record<string, string>> = {
  ENOENT: "no such program, or what its first line names, or the working directory does not exist",
  EACCES: "not executable for this user",
};

/** Where execvp(3) looks without PATH. */
const DEFAULT_PATH = "/bin:/usr/bin";

/**
 * A program that could not be started.
 *
 * @param path - the directories it was looked for in.
 */
export function execError(errno: number, file: string, path = DEFAULT_PATH): SystemError {
  const code = errnoName(errno);
  if (code !== "EACCES" || file.includes("/")) return new SystemError("exec", errno, file, hints[code]);
  const lookups = path.split(":").map((directory) => ({ directory, code: lookUp(directory || ".", file) }));
  if (lookups.some(({ code }) => code === undefined))
    return new SystemError("exec", errno, file, hints[code]);
  // execvp(3) says EACCES of a program that is nowhere, when it could not look everywhere.
  const closed = lookups.find(({ code }) => code === "EACCES");
  const which = closed ? JSON.stringify(closed.directory) : "a directory";
  const hint = `no such program in PATH, of which ${which} may not be searched by this user`;
  return new SystemError("exec", ERRNO.ENOENT!, file, hint);
}

/** Why the file cannot be seen there; undefined where it is. */
function lookUp(directory: string, file: string): string | undefined {
  try {
    statSync(join(directory, file));
    return undefined;
  } catch (error) {
    return failureCode(error);
  }
}
