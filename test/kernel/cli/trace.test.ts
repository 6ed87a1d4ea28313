/** `nlkit trace`: strace in the middle, and nobody notices. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missing } from "../../support/programs.ts";
import { stage } from "../support/observer.ts";
import { nlkit, Running } from "./command.ts";

const noStrace = missing("strace");
const here = stage("trace");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-test-trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(noStrace)(`a command${noStrace}`, () => {
  test("its output is its own, the explanation stands on standard error, nothing is left", async () => {
    const own = mkdtempSync(join(folder, "tmp"));
    const env = { ...process.env, TMPDIR: own };
    const args = ["trace", "ip", "-n", here.name, "-o", "link", "show", "lo"];
    const { status, stdout, stderr } = await nlkit(args, "", { env });
    expect(status).toBe(0);
    expect(stdout).toBe(here.observer.ip("-o link show lo"));
    expect(stderr).toMatch(/^→ RTM_GETLINK #\d+ .*ifname=lo/m);
    expect(stderr).toMatch(/^← RTM_NEWLINK #\d+ .*ifiIndex=1\(lo\)/m);
    expect(readdirSync(own).filter((name) => name.startsWith("nlkit"))).toEqual([]);
  });

  test("--errors shows an error with its request; the status is the command's", async () => {
    const command = ["ip", "-n", here.name, "link", "add", "lo", "type", "veth"];
    const { status, stderr } = await nlkit(["trace", "--errors", "--output", "json", "--", ...command]);
    expect(status).toBe(2);
    const lines = stderr.split("\n").filter((line) => line.startsWith("{"));
    const [request, error] = lines.slice(-2).map((line) => JSON.parse(line));
    expect(request).toMatchObject({ type: "RTM_NEWLINK", value: { ifname: "lo" } });
    expect(error).toMatchObject({ type: "NLMSG_ERROR", answer: { code: "EEXIST" } });
  });

  test.each([
    ["exit 7", 7],
    ["kill -TERM $$", 143],
    ["true", 0],
  ])("sh -c '%s' ends with %i", async (script, status) => {
    expect(await nlkit(["trace", "--", "sh", "-c", script])).toEqual({ status, stdout: "", stderr: "" });
  });

  test("standard input is the command's", async () => {
    expect(await nlkit(["trace", "cat"], "hello\n")).toEqual({ status: 0, stdout: "hello\n", stderr: "" });
  });

  test("--write: a file with it, of all processes", async () => {
    const file = join(folder, "trace.json");
    const script = `ip -n ${here.name} link show lo; ip -n ${here.name} addr show lo`;
    const args = ["trace", "--output", "json", "--write", file, "--", "sh", "-c", script];
    const { stderr } = await nlkit(args);
    expect(stderr).toBe("");
    const lines = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ pid }) => pid)).size).toBe(2);
    expect(lines.map(({ type }) => type)).toContain("RTM_GETADDR");
  });

  test("a full disk is told of when the command has ended", async () => {
    const script = `ip -n ${here.name} link show lo >/dev/null; echo done`;
    const { status, stdout, stderr } = await nlkit(["trace", "--write", "/dev/full", "sh", "-c", script]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "done\n" });
    expect(stderr).toContain("ENOSPC");
  });

  test("SIGTERM goes to the command, which decides", async () => {
    const script = "trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.1; done";
    const running = new Running(["trace", "sh", "-c", script]);
    await running.until("stdout", /ready/);
    expect(await running.end("SIGTERM")).toEqual({ status: 3, stdout: "ready\ncaught\n", stderr: "" });
  });

  test("a reader that goes away does not disturb the command", async () => {
    const script = `sleep 1; ip -n ${here.name} link show lo >/dev/null; exit 5`;
    const running = new Running(["trace", "--write", "-", "sh", "-c", script]);
    running.child.stdout.destroy();
    expect((await running.end()).status).toBe(5);
  });
});

test.skipIf(noStrace)(`-p attaches, ^C lets go${noStrace}`, async () => {
  const monitor = spawn("ip", ["-n", here.name, "monitor", "link"], { stdio: "ignore" });
  await once(monitor, "spawn");
  const running = new Running(["trace", "-p", String(monitor.pid)]);
  try {
    // strace does not say when it has attached.
    for (let tries = 0; !running.stdout.includes("RTM_NEWLINK") && tries < 60; tries++) {
      here.observer.ip(`link set lo mtu ${65000 + (tries % 2)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { status, stdout } = await running.end("SIGINT");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^← RTM_NEWLINK #0 .*ifiIndex=1\(lo\)/m);
    // Letting go in the middle of a call is no problem of the capture's.
    expect(stdout).not.toMatch(/^!/m);
    expect(monitor.exitCode).toBe(null);
    expect(readFileSync(`/proc/${monitor.pid}/status`, "utf8")).toContain("TracerPid:\t0");
  } finally {
    monitor.kill();
  }
});

test.skipIf(noStrace)(`no such process${noStrace}`, async () => {
  const { status, stderr } = await nlkit(["trace", "-p", "4194303"]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: "nlkit: trace: there is no process 4194303\n" });
});

describe("where strace does not work", () => {
  /** A PATH with few programs. */
  function path(tag: string, strace?: string): string {
    const place = mkdtempSync(join(folder, tag));
    for (const program of ["mkfifo", "true", "sh"]) {
      const found = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
      symlinkSync(found.startsWith("/") ? found : `/bin/${program}`, join(place, program));
    }
    if (strace !== undefined) {
      writeFileSync(join(place, "strace"), `#!/bin/sh\n${strace}\n`);
      chmodSync(join(place, "strace"), 0o755);
    }
    return place;
  }

  test("it is not there", async () => {
    const env = { ...process.env, PATH: path("none") };
    const { status, stdout, stderr } = await nlkit(["trace", "true"], "", { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(
      "nlkit: trace: strace is not installed; it is what nlkit trace works with (package strace)\n",
    );
  });

  test("it is not allowed", async () => {
    const said = "strace: test_ptrace_get_syscall_info: PTRACE_TRACEME: Operation not permitted";
    const env = { ...process.env, PATH: path("forbidden", `echo '${said}' >&2; exit 1`) };
    for (const args of [["true"], ["-p", "1"]]) {
      const { status, stderr } = await nlkit(["trace", ...args], "", { env });
      expect(status).toBe(2);
      expect(stderr).toContain(`nlkit: trace: ${said}: tracing is not allowed here. Try as root`);
    }
  });
});
