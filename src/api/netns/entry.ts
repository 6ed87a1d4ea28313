import { type BigIntStats, lstatSync, statSync } from "node:fs";
import { nsfsDevice } from "./descriptor.ts";
import { explain, failureCode } from "./system-error.ts";

/**
 * What a name in /run/netns stands for.
 *
 * - `namespace`: a namespace is mounted there, or a symbolic link leads to one.
 * - `empty`: an empty file. A creation is in progress, or its process died in between.
 * - `dangling`: a symbolic link to nothing, as `ln -s /proc/PID/ns/net` leaves when the process ends.
 * - `other`: something nobody who creates namespaces puts there.
 */
export type EntryKind = "namespace" | "empty" | "dangling" | "other";

export interface Entry {
  readonly kind: EntryKind;
  /** Of the file itself, of the mounted namespace where there is one. */
  readonly stats: BigIntStats;
}

/**
 * What is at `path`, or `undefined`.
 *
 * @throws SystemError where it cannot be looked at.
 */
export function entryAt(path: string): Entry | undefined {
  try {
    return look(path);
  } catch (error) {
    throw explain(error, path);
  }
}

function look(path: string): Entry | undefined {
  const link = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (link === undefined) return undefined;
  if (!link.isSymbolicLink()) {
    if (link.dev === nsfsDevice()) return { kind: "namespace", stats: link };
    return { kind: link.isFile() && link.size === 0n ? "empty" : "other", stats: link };
  }
  const stats = followed(path);
  if (stats === undefined) return { kind: "dangling", stats: link };
  return stats.dev === nsfsDevice() ? { kind: "namespace", stats } : { kind: "other", stats: link };
}

function followed(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    // A dead process' /proc/PID/ns/net is ENOENT, ESRCH while it is being reaped.
    const code = failureCode(error);
    if (code === "ENOENT" || code === "ESRCH" || code === "ELOOP") return undefined;
    throw error;
  }
}
