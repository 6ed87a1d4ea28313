import { spawnSync } from "node:child_process";

/** What the name of a test says that cannot be without these programs; empty where all are there. */
export function missing(...programs: readonly string[]): string {
  const absent = programs.filter((program) => spawnSync(program, ["--version"]).error !== undefined);
  return absent.length === 0 ? "" : ` (skipped: no ${absent.join(", no ")})`;
}
