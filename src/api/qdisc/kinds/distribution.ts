import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../netlink/errors.ts";

/** Where iproute2 has its tables of distributions; Debian has a directory for each architecture. */
function directories(): string[] {
  const own = existsSync("/usr/lib")
    ? readdirSync("/usr/lib").filter((name) => name.includes("-linux-gnu"))
    : [];
  return ["/usr/lib/tc", "/usr/lib64/tc", ...own.map((name) => `/usr/lib/${name}/tc`)];
}

/** What the kernel takes at most. */
const MOST = 16384;

/**
 * The samples of a distribution: numbers as they are, or the name of one of iproute2's files (`normal`, `pareto` …).
 *
 * @throws InputError at `path` there is no such file, or too many numbers
 */
export function distribution(given: string | readonly number[], path: string): readonly number[] {
  const samples = typeof given === "string" ? fromFile(given, path) : given;
  if (samples.length > 0 && samples.length <= MOST) return samples;
  throw new InputError(path, `1 to ${MOST} samples`, given);
}

function fromFile(name: string, path: string): number[] {
  const places = directories().map((directory) => join(directory, `${name}.dist`));
  const file = /^[\w-]+$/.test(name) ? places.find((one) => existsSync(one)) : undefined;
  if (file === undefined)
    throw new InputError(path, "samples, or the name of one of iproute2's distributions", name);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .flatMap((line) => line.split(/\s+/).filter((word) => word !== ""))
    .map(Number);
}
