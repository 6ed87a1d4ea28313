import { execFileSync, spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, readlinkSync, rmdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterEach, expect } from "vitest";
import { deleteNetns } from "../../../src/api/netns/delete.ts";
import { NetlinkError } from "../../../src/netlink/errors.ts";
import { close } from "../../../src/netlink/socket/libc.ts";

const PREFIX = `nlkit-${process.pid}-`;
const names = new Set<string>();
const descriptors = new Set<number>();
let count = 0;

/** A namespace name nobody else has; whatever bears it is removed after the test. */
export function freshName(): string {
  const name = `${PREFIX}${++count}`;
  names.add(name);
  return name;
}

/** Closes a descriptor after the test. */
export function own(fd: number): number {
  descriptors.add(fd);
  return fd;
}

const home = readlinkSync("/proc/thread-self/ns/net");

afterEach(() => {
  for (const fd of descriptors) close(fd);
  descriptors.clear();
  for (const name of names) remove(name);
  names.clear();
  if (exists("/etc/netns") && readdirSync("/etc/netns").length === 0) rmdirSync("/etc/netns");
  expect(threadNamespaces()).toEqual(new Set([home]));
});

function remove(name: string): void {
  rmSync(etcOf(name), { recursive: true, force: true });
  try {
    deleteNetns(name);
  } catch (error) {
    if (!(error instanceof NetlinkError && (error.code === "ENOENT" || error.code === "EEXIST"))) throw error;
    rmSync(pathOf(name), { recursive: true, force: true });
  }
}

export const etcOf = (name: string): string => `/etc/netns/${name}`;

export const pathOf = (name: string): string => `/run/netns/${name}`;

export const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

export function threadNamespaces(): Set<string> {
  return new Set(
    readdirSync("/proc/self/task").map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`)),
  );
}

/** What this process holds of the kernel: nothing of it may grow. */
export function holdings() {
  return {
    descriptors: readdirSync("/proc/self/fd").length,
    mounts: mounts().length,
    threads: readdirSync("/proc/self/task").length,
  };
}

/** The mount points this process sees, one entry for each mount, without the namespaces of other test files. */
export function mounts(): string[] {
  const lines = readFileSync("/proc/self/mountinfo", "utf8").trimEnd().split("\n");
  return lines
    .map((line) => line.split(" ")[4]!)
    .filter((path) => !path.startsWith("/run/netns/") || isOurs(path.slice("/run/netns/".length)));
}

/** Whether this test file made the name. */
export const isOurs = (name: string): boolean => name.startsWith(PREFIX);

/** Output of `ip`, the independent observer. */
export function ip(...args: string[]): string {
  return execFileSync("ip", args, { encoding: "utf8" });
}

/** The names `ip netns list` prints. */
export function ipNetnsNames(): string[] {
  return ip("netns", "list")
    .split("\n")
    .map((line) => line.split(" ")[0]!)
    .filter((name) => name !== "");
}

/** The inode number of a namespace as a program inside sees it, as `net:[4026531840]`. */
export const inodeText = (ino: bigint): string => `net:[${ino}]`;

/** The error of a promise or function that must fail. */
export async function failure(fn: () => unknown): Promise<unknown> {
  try {
    await fn();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

const tsx = createRequire(import.meta.url).resolve("tsx");

/** The command line that runs `code`, a module in which `netns(FILE)` imports one of src/api/netns, at `source`. */
export function nodeCommand(code: string): string[] {
  const source = fileURLToPath(new URL("../../../src/api/netns/", import.meta.url));
  const prelude = `
    const source = ${JSON.stringify(source)};
    const netns = (file) => import(source + file + ".ts");
  `;
  return [process.execPath, "--import", tsx, "--input-type=module", "-e", prelude + code];
}

/** Runs `script` in a shell with a mount namespace of its own and an empty /run. */
export function privately(script: string, ...args: string[]): { output: string; status: number | null } {
  const shell = `while umount -l /run/netns; do :; done 2>/dev/null; mount -t tmpfs none /run && ${script}`;
  const { stdout, stderr, status } = spawnSync(
    "unshare",
    ["--mount", "--propagation", "private", "sh", "-c", shell, "sh", ...args],
    { encoding: "utf8" },
  );
  return { output: stdout + stderr, status };
}
