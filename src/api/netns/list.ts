import { readdirSync } from "node:fs";
import { NetlinkError } from "../../netlink/errors.ts";
import { type NetnsIdentity, netnsIdentity, withDescriptor } from "./descriptor.ts";
import { entryAt } from "./entry.ts";
import { NETNS_DIRECTORY, netnsPath } from "./name.ts";
import { openNetns } from "./open.ts";
import { explain, failureCode } from "./system-error.ts";

/** A named network namespace. */
export interface NamedNetns extends NetnsIdentity {
  readonly name: string;
}

/**
 * The named network namespaces, by name. Files in /run/netns that stand for no namespace are left out, as are those
 * that go while the list is made.
 *
 * @throws SystemError when /run/netns cannot be read; it need not exist.
 */
export function listNetns(): NamedNetns[] {
  return fileNames()
    .map(identified)
    .filter((netns) => netns !== undefined);
}

function fileNames(): string[] {
  try {
    return readdirSync(NETNS_DIRECTORY).sort();
  } catch (error) {
    if (failureCode(error) === "ENOENT") return [];
    throw explain(error);
  }
}

function identified(name: string): NamedNetns | undefined {
  // Looked at before it is opened: opening something else could have effects.
  if (entryAt(netnsPath(name))?.kind !== "namespace") return undefined;
  try {
    return withDescriptor(openNetns(name), (fd) => ({ name, ...netnsIdentity(fd) }));
  } catch (error) {
    // Deleted meanwhile, or a namespace of another type.
    if (error instanceof NetlinkError && error.code === "ENOENT") return undefined;
    throw error;
  }
}
