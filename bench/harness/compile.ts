/** Compilers, and what else is installed here. What is made goes to a temporary folder, never beside its source. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const SOURCES = fileURLToPath(new URL("../../bench", import.meta.url));

/** Why a program is left out. */
export class Missing extends Error {}

function spawn(file: string, args: readonly string[], env?: NodeJS.ProcessEnv): SpawnSyncReturns<string> {
  return spawnSync(file, args, { encoding: "utf8", env: { ...process.env, ...env } });
}

export const succeeds = (file: string, ...args: string[]): boolean => spawn(file, args).status === 0;

/** What a command prints, or undefined when it is not there or fails. */
export function output(file: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawn(file, args);
  return status === 0 ? stdout.trim() || undefined : undefined;
}

/** @param source in `bench`. */
export function compileC(folder: string, source: string, ...flags: string[]): string {
  const target = join(folder, basename(source, ".c"));
  const { error, status, stderr } = spawn("gcc", ["-O2", "-o", target, join(SOURCES, source), ...flags]);
  if (error) throw new Missing("no gcc");
  if (status !== 0) {
    throw new Missing(`no headers or library: ${/(?:error: |cannot find ).*/.exec(stderr)?.[0] ?? stderr}`);
  }
  return target;
}
