import { InputError } from "../../netlink/errors.ts";

/** Where named network namespaces live, as ip-netns(8) has it: each is a file with the namespace mounted on it. */
export const NETNS_DIRECTORY = "/run/netns";

const expected = 'a name of 1 to 255 bytes without "/" and NUL, and neither "." nor ".."';

/**
 * The path of a named namespace.
 *
 * @throws InputError when `name` is not a single file name: it would lead out of {@link NETNS_DIRECTORY}.
 */
export function netnsPath(name: string): string {
  const bytes = typeof name === "string" ? Buffer.from(name) : undefined;
  if (
    bytes === undefined ||
    bytes.length === 0 ||
    bytes.length > 255 ||
    name === "." ||
    name === ".." ||
    name.includes("/") ||
    name.includes("\0") ||
    // A lone surrogate has no UTF-8 form: two different strings would be one file.
    bytes.toString() !== name
  ) {
    throw new InputError("name", expected, name);
  }
  return `${NETNS_DIRECTORY}/${name}`;
}
