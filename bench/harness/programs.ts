/** Who does the works: nlkit, the floor, and the peers that are installed here. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "./child.ts";
import { iproute2, oneBatch } from "./iproute2.ts";

export const FLOOR = "C floor";
export const NLKIT = "nlkit";
/** The floor at `mon` without asking for a larger buffer: what a program loses that does not. */
export const UNPREPARED = "C, kernel's default buffer";

export const IPROUTE2 = "iproute2";
/** The same with nothing but one `ip -batch`, where that makes a difference. */
export const ONE_BATCH = "iproute2, one batch";

export interface Program {
  readonly name: string;
  /** What runs it; undefined for works it is not measured at. */
  command(workload: string, n: number): Command | undefined;
}

export interface Programs {
  readonly found: readonly Program[];
  /** What is not here, and why. */
  readonly missing: readonly string[];
}

/** What a peer does: the argument limit is for those that take minutes for more. */
interface Peer {
  readonly works: readonly string[];
  readonly limit?: number;
}

const PEERS = {
  libmnl: { works: ["route4-stream", "route6", "link", "get", "add"] },
  libnl: { works: ["route4", "route4-kept", "route6", "link", "get", "add"], limit: 100_000 },
  pyroute2: {
    works: ["route4", "route4-kept", "route6", "link", "get", "add", "attach"],
    limit: 100_000,
  },
  "npm netlink": { works: ["route4", "route4-kept", "route6", "link", "get"], limit: 100_000 },
} satisfies Record<string, Peer>;

/** Below dist-bench it is JavaScript, for a plain node. */
export const isBuilt = import.meta.url.endsWith(".js");
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = join(ROOT, "bench");

/** Runs a module of the benchmark. */
export function moduleCommand(name: string, ...args: string[]): Command {
  const file = fileURLToPath(new URL(`../${name}.${isBuilt ? "js" : "ts"}`, import.meta.url));
  return isBuilt ? [process.execPath, file, ...args] : [process.execPath, "--import", "tsx", file, ...args];
}

class Missing extends Error {}

/** @param folder for what is compiled and written. */
export function findPrograms(folder: string): Programs {
  const found: Program[] = [];
  const missing: string[] = [];
  const find = (name: string, command: () => Program["command"]): void => {
    try {
      found.push({ name, command: command() });
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      missing.push(`${name}: ${error.message}`);
    }
  };
  find(NLKIT, () => (workload, n) => moduleCommand("subject", workload, String(n)));
  find(FLOOR, () => {
    const floor = compile(folder, "floor.c");
    return (workload, n) => (/^(de|en)code/.test(workload) ? undefined : [floor, workload, String(n)]);
  });
  find(UNPREPARED, () => {
    const floor = compile(folder, "floor.c");
    return (workload, n) => (workload === "mon" ? [floor, workload, String(n)] : undefined);
  });
  find("libmnl", () => peer("libmnl", [compile(folder, "peers/mnl.c", "-lmnl")]));
  find("libnl", () => {
    const flags = ["-I/usr/include/libnl3", "-lnl-route-3", "-lnl-3"];
    return peer("libnl", [compile(folder, "peers/nl.c", ...flags)]);
  });
  const ip = () => {
    if (!succeeds("ip", "-V")) throw new Missing("no ip");
    return compile(folder, "peers/exec.c");
  };
  find(IPROUTE2, () => iproute2(ip(), folder));
  find(ONE_BATCH, () => oneBatch(ip(), folder));
  find("pyroute2", () => {
    const python = ["python3", "/usr/bin/python3"].find((file) => succeeds(file, "-c", "import pyroute2"));
    if (!python) throw new Missing("no python3 that has it");
    return peer("pyroute2", [python, join(SOURCES, "peers/pyroute2_subject.py")]);
  });
  find("npm netlink", () => {
    const where = netlinkFolder();
    return peer("npm netlink", [process.execPath, join(SOURCES, "peers/npm-netlink.mjs")], where);
  });
  for (const [name, tool, version] of [
    ["Go: vishvananda/netlink, jsimonetti/rtnetlink", "go", "version"],
    ["Rust: rtnetlink", "cargo", "--version"],
  ] as const) {
    const reason = succeeds(tool, version) ? "not installed, and not to be had from here" : `no ${tool}`;
    missing.push(`${name}: ${reason}`);
  }
  return { found, missing };
}

function peer(name: keyof typeof PEERS, [file, ...args]: Command, ...more: string[]): Program["command"] {
  const { works, limit = Infinity }: Peer = PEERS[name];
  return (workload, n) =>
    works.includes(workload) && n <= limit ? [file, ...args, workload, String(n), ...more] : undefined;
}

/** npm `netlink` is no dependency of ours: NLKIT_BENCH_MODULES names a folder it is installed in. */
function netlinkFolder(): string {
  const folder = resolve(process.env.NLKIT_BENCH_MODULES ?? ROOT);
  try {
    createRequire(`${folder}/`).resolve("netlink");
    return folder;
  } catch (error) {
    throw new Missing(`not installed in ${folder} (NLKIT_BENCH_MODULES)`, { cause: error });
  }
}

function compile(folder: string, source: string, ...flags: string[]): string {
  const target = join(folder, basename(source, ".c"));
  const args = ["-O2", "-o", target, join(SOURCES, source), ...flags];
  const { error, status, stderr } = spawnSync("gcc", args, { encoding: "utf8" });
  if (error) throw new Missing("no gcc");
  if (status !== 0) {
    throw new Missing(`no headers or library: ${/(?:error: |cannot find ).*/.exec(stderr)?.[0] ?? stderr}`);
  }
  return target;
}

function succeeds(file: string, ...args: string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore" }).status === 0;
}
