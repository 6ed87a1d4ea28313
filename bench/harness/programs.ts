/** Who does the works: nlkit, the floor, and the peers that are installed here. */
import { fileURLToPath } from "node:url";
import type { Command } from "./child.ts";
import { compileC, Missing, output, succeeds } from "./compile.ts";
import { iproute2, oneBatch } from "./iproute2.ts";
import { PEERS, type Peer } from "./peers.ts";

export const FLOOR = "C floor";
export const NLKIT = "nlkit";
/** The floor at `mon` without asking for a larger buffer: what a program loses that does not. */
export const UNPREPARED = "C, kernel's default buffer";

export const IPROUTE2 = "iproute2";
/** The same with nothing but one `ip -batch`, where that makes a difference. */
export const ONE_BATCH = "iproute2, one batch";

export interface Program {
  readonly name: string;
  readonly version?: string | undefined;
  /** What runs it; undefined for works it is not measured at. */
  command(workload: string, n: number): Command | undefined;
}

export interface Programs {
  readonly found: readonly Program[];
  /** What is not here, and why. What does not compile is added when it is first asked for. */
  readonly missing: readonly string[];
}

/** Below dist-bench it is JavaScript, for a plain node. */
export const isBuilt = import.meta.url.endsWith(".js");
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a module of the benchmark. */
export function moduleCommand(name: string, ...args: string[]): Command {
  const file = fileURLToPath(new URL(`../${name}.${isBuilt ? "js" : "ts"}`, import.meta.url));
  return isBuilt ? [process.execPath, file, ...args] : [process.execPath, "--import", "tsx", file, ...args];
}

/** @param folder for what is compiled and written. */
export function findPrograms(folder: string): Programs {
  const found: Program[] = [];
  const missing: string[] = [];
  const orMissing = <T>(name: string, get: () => T): T | undefined => {
    try {
      return get();
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      missing.push(`${name}: ${error.message}`);
      return undefined;
    }
  };
  const find = (name: string, get: () => Omit<Program, "name">): void => {
    const program = orMissing(name, get);
    if (program) found.push({ name, ...program });
  };
  find(NLKIT, () => ({ command: (workload, n) => moduleCommand("subject", workload, String(n)) }));
  const floor = (): string => compileC(folder, "floor.c");
  find(FLOOR, () => onlyAt(/^(?!decode|encode)/, floor()));
  find(UNPREPARED, () => onlyAt(/^mon$/, floor()));
  const exec = (): string => {
    if (!succeeds("ip", "-V")) throw new Missing("no ip");
    return compileC(folder, "peers/exec.c");
  };
  const version = /iproute2-([^,]+)/.exec(output("ip", "-V") ?? "")?.[1];
  find(IPROUTE2, () => ({ version, command: iproute2(exec(), folder) }));
  find(ONE_BATCH, () => ({ command: oneBatch(exec(), folder) }));
  for (const [name, peer] of Object.entries(PEERS)) {
    find(name, () => {
      const { version, command } = peer.find(folder);
      const get = once(() => orMissing(name, command));
      return { version, command: peerCommand(peer, get) };
    });
  }
  return { found, missing };
}

const onlyAt = (works: RegExp, file: string): Pick<Program, "command"> => ({
  command: (workload, n) => (works.test(workload) ? [file, workload, String(n)] : undefined),
});

function once<T>(get: () => T): () => T {
  let got: { value: T } | undefined;
  return () => {
    got ??= { value: get() };
    return got.value;
  };
}

/** Asks for what runs it only at a work that it does. */
function peerCommand({ works, limit = Infinity }: Peer, get: () => Command | undefined): Program["command"] {
  return (workload, n) => {
    const command = works.includes(workload) && n <= limit ? get() : undefined;
    return command && [...command, workload, String(n)];
  };
}
