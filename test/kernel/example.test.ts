/** `npm start`: what the README says comes first. Nothing may be left, however it ends. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = ["--import", "tsx", "examples/two-namespaces.ts"];
const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"];
const bin = mkdtempSync(join(tmpdir(), "nlkit-example-"));
const started = new Set<ChildProcess>();

beforeAll(() => spawnSync("chmod", ["755", bin]));
afterEach(async () => {
  const groups = [...started].map(({ pid }) => pid!);
  started.clear();
  // tsx's compiler is a process that ends when it notices that its parent did.
  for (const group of groups) await vi.waitFor(() => expect(inGroup(group)).toEqual([]), { timeout: 5_000 });
});
afterAll(() => rmSync(bin, { recursive: true, force: true }));

/** Puts a `ping` in front of every other; without a script there is none at all. */
function path(script?: string): string {
  const file = join(bin, "ping");
  if (script === undefined) {
    rmSync(file, { force: true });
    return bin;
  }
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${bin}:${process.env.PATH}`;
}

/** A process group of its own, so that what it leaves behind can be found. */
function start(command: readonly string[], args: readonly string[] = [], PATH = path("exit 0")) {
  const [file, ...rest] = [...command, process.execPath, ...program, ...args];
  const env = { ...process.env, PATH, NO_COLOR: "1" };
  const child = spawn(file!, rest, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  started.add(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output.stderr += text;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));
  return { child, ended };
}

const run = (...args: Parameters<typeof start>) => start(...args).ended;

function inGroup(group: number): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      // pid (comm) state ppid pgrp …
      return (
        readFileSync(`/proc/${pid}/stat`, "utf8")
          .replace(/^.*\) /, "")
          .split(" ")[2] === String(group)
      );
    } catch {
      return false; // not a process, or gone
    }
  });
}

const namespacesIn = (output: string) => /Namespaces: (.*)/.exec(output)?.[1]?.split(", ") ?? [];
const named = () => readdirSync("/run/netns");

test("npm start runs what is tested here", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(scripts.start).toBe(["node", ...program].join(" "));
});

describe("as root", () => {
  test("builds, pings, shows objects and messages, and leaves nothing", async () => {
    const { code, stdout, stderr } = await run(
      [],
      [],
      path('echo "pinged $5 in $(readlink /proc/self/ns/net)"'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const names = namespacesIn(stdout);
    expect(names).toHaveLength(3);
    for (const name of names) expect(named()).not.toContain(name);
    expect(stdout).toMatch(/UDP: 3 datagrams came back from 10\.77\.0\.3/);
    expect(stdout).toContain("pinged 10.77.0.3 in net:[");
    for (const row of [
      /^ {2}red +2 +eth0 +veth +UP +1500 +(\w\w:){5}\w\w$/m,
      /^ {2}hub +3 +port-red +veth +UP +1500 +(\w\w:){5}\w\w +br0$/m,
      /^ {2}blue +eth0 +inet +10\.77\.0\.3\/24 +global$/m,
      /^ {2}red +default +10\.77\.0\.1 +eth0 /m,
      /^ {2}red +10\.77\.0\.3 +eth0 +(\w\w:){5}\w\w +\w+$/m,
      /^ {2}hub +(\w\w:){5}\w\w +port-blue +br0 +permanent/m,
      /^hub {2}→ RTM_NEWLINK ACK\|EXCL\|CREATE #\d+ ifname=br0 linkinfo\.kind=bridge$/m,
      /^red {2}→ RTM_NEWROUTE ACK\|EXCL\|CREATE #\d+ .*gateway=10\.77\.0\.1$/m,
      /^red {2}← ack #\d+ [\d.]+ ms$/m,
    ]) {
      expect(stdout).toMatch(row);
    }
    expect(stdout).not.toMatch(/! |error E/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(160);
  });

  test("--tree shows every field", async () => {
    const { code, stdout } = await run([], ["--tree"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^hub {2}→ RTM_NEWLINK {2}datagram 0, NETLINK_ROUTE, .* bytes\n {5}0 {2}nlmsgLen +\d+ bytes\n/m,
    );
    expect(stdout).toMatch(/^ +\d+ {4}kind +"bridge" +IFLA_INFO_KIND \(1\)$/m);
    expect(stdout).not.toContain("! ");
  });

  test("without ping it says so", async () => {
    const { code, stdout } = await run([], [], path());
    expect(code).toBe(0);
    expect(stdout).toContain("ping: not installed");
  });

  test("a failure ends it with status 1 and nothing left", async () => {
    const { code, stdout, stderr } = await run([], [], path("echo unreachable; exit 1"));
    expect(code).toBe(1);
    expect(stderr).toContain("ping 10.77.0.3: unreachable");
    expect(namespacesIn(stdout)).toHaveLength(3);
    for (const name of namespacesIn(stdout)) expect(named()).not.toContain(name);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s while a program runs inside ends that, too", async (signal, status) => {
    const running = join(bin, signal);
    const { child, ended } = start([], [], path(`touch ${running}; exec sleep 60`));
    await vi.waitFor(() => expect(existsSync(running)).toBe(true), { timeout: 20_000 });
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect(stderr).toContain(`Stopped by ${signal}`);
    expect(code).toBe(status);
    for (const name of namespacesIn(stdout)) expect(named()).not.toContain(name);
  });

  test("Ctrl-C at any moment", async () => {
    for (let wait = 0; wait <= 600; wait += 100) {
      const { child, ended } = start([]);
      await sleep(300 + wait);
      child.kill("SIGINT");
      const { stdout } = await ended;
      for (const name of namespacesIn(stdout)) expect(named()).not.toContain(name);
      expect(named().filter((name) => name.endsWith(`-${child.pid}`))).toEqual([]);
    }
  });

  test("a reader that goes away early", async () => {
    const { child, ended } = start([]);
    await once(child.stdout!, "data");
    child.stdout!.destroy();
    const { stderr } = await ended;
    expect(stderr).toContain("EPIPE");
    expect(named().filter((name) => name.endsWith(`-${child.pid}`))).toEqual([]);
  });
});

/** Why it cannot be run as another user here. */
function obstacle(command: readonly string[]): string | undefined {
  const check = `require("node:fs").readFileSync("node_modules/tsx/package.json")`;
  const [file, ...rest] = [...command, process.execPath, "-e", check];
  const { status, stderr, error } = spawnSync(file!, rest, { cwd: root, encoding: "utf8" });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim().split("\n")[0];
}

const unprivileged = obstacle(asNobody);
test.skipIf(unprivileged)(`without privileges it tells what is missing${because(unprivileged)}`, async () => {
  const { code, stdout, stderr } = await run(asNobody);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("CAP_SYS_ADMIN");
  expect(stderr).toContain("unshare -Urnm npm start");
});

describe.each(["-Urnm", "-Urn"])("as anybody, unshare %s", (flags) => {
  const command = [...asNobody, "unshare", flags];
  const reason = obstacle(command);
  test.skipIf(reason)(`does all the same${because(reason)}`, async () => {
    const { code, stdout, stderr } = await run(command, [], path('echo "pinged $5 in $(ls /sys/class/net)"'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/UDP: 3 datagrams came back from 10\.77\.0\.3/);
    expect(stdout).toMatch(/pinged 10\.77\.0\.3 in (bonding_masters\s+)?eth0/);
    expect(stdout).toMatch(/^ {2}hub +3 +port-red +veth +UP/m);
    expect(stdout).toMatch(/^red {2}← ack #\d+ [\d.]+ ms$/m);
  });
});

function because(reason: string | undefined): string {
  return reason === undefined ? "" : ` (skipped: ${reason})`;
}
