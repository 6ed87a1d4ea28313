import type { SpawnOptions } from "node:child_process";
import { InputError } from "../../netlink/errors.ts";

/**
 * Refuses what could not become a program as it was asked for.
 *
 * @throws InputError naming the argument or option.
 */
export function checkProgram(file: string, args: readonly string[], options: SpawnOptions): void {
  if (file === "") throw new InputError("file", "a program's name or path", file);
  checkString("file", file);
  if (!Array.isArray(args)) throw new InputError("args", "an array of strings", args);
  for (const [index, argument] of args.entries()) checkString(`args[${index}]`, argument);
  if (options.argv0 !== undefined) checkString("argv0", options.argv0);
  for (const [key, value] of Object.entries(options.env ?? {})) checkString(`env.${key}`, `${key}${value}`);
  checkId("uid", options.uid);
  checkId("gid", options.gid);
  if (options.shell) throw new InputError("shell", 'none: run "sh" with ["-c", command]', options.shell);
}

/** NUL ends a string in C: the program would see less than what was given. */
function checkString(path: string, value: unknown): void {
  if (typeof value === "string" && !value.includes("\0")) return;
  throw new InputError(path, "a string without NUL", value);
}

function checkId(path: string, value: number | undefined): void {
  // The last one means "no change" to setuid(2).
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value < 0xffff_ffff)) return;
  throw new InputError(path, "a numeric id", value);
}
