/** The command line itself: help, mistakes, exit statuses. */
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

describe("help", () => {
  test.each([["--help"], ["help"], ["-h"]])("nlkit %s lists the commands", async (arg) => {
    const { status, stdout, stderr } = await run([arg]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const name of ["decode", "trace", "monitor", "capture", "record", "diff"])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(stdout).toContain("Exit status: 0");
  });

  test.each(["decode", "trace", "monitor", "capture", "record", "diff"])("nlkit help %s", async (name) => {
    const { status, stdout } = await run(["help", name]);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: nlkit ${name} `);
    expect(stdout).toBe((await run([name, "--help"])).stdout);
  });

  test("nothing asked for: help, as a mistake", async () => {
    const { status, stdout, stderr } = await run([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Usage: nlkit");
  });

  test.each(["--version", "-V"])("%s", async (arg) => {
    expect(await run([arg])).toEqual({ status: 0, stdout: "nlkit 1.2.3\n", stderr: "" });
  });
});

describe("mistakes are told in words, with status 2", () => {
  test.each([
    [["decoed"], "unknown command 'decoed'"],
    [["decode", "--fromat", "hex"], "unknown option '--fromat'\n(Did you mean --format?)"],
    [["decode", "--format", "xml"], "Allowed choices are hex, bin, base64"],
    [["decode", "--output", "yaml"], "Allowed choices are tree, line, json, hex, typescript."],
    [["decode", "--protocol", "rout"], "It is one of route, generic"],
    [["decode", "--protocol", "256"], "It is one of route, generic"],
    [["decode", "--pid", "x"], "It is a whole number."],
    [["decode", "--family", "ethtool=31"], "--family ethtool=31: expected ID=NAME, as 31=ethtool"],
    [["decode", "--family", "70000=x"], "expected ID=NAME"],
    [["decode", "--color", "sometimes"], "Allowed choices are auto, always, never."],
    [["decode", "a", "b"], "too many arguments"],
    [["decode", "/nonexistent/file"], "/nonexistent/file: no such file"],
    [["decode", "/"], "/: is a directory"],
    [["monitor", "lnik"], 'monitor: there is no "lnik": link, addr, route'],
    [["monitor", "--duration", "soon"], "It is a time: 10, 1.5s, 500ms, 2m."],
    [["monitor", "--duration", "597h"], "It is at most 596h."],
    [["monitor", "--count", "0"], "It is at least 1."],
    [["trace"], "trace: give either a command or -p PID"],
    [["trace", "-p", "1", "true"], "trace: give either a command or -p PID"],
    [["capture"], "required option '-o, --output <file>' not specified"],
    [["diff", "a"], "missing required argument 'b'"],
    [["diff", "-", "-"], "diff: only one of the two can be standard input"],
  ])("%j", async (args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^nlkit: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("a program that is not there is 127, as in a shell", async () => {
    const { status, stderr } = await run(["trace", "--", "no-such-program"], { env: { PATH: "/bin" } });
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr: "nlkit: trace: no-such-program: command not found\n",
    });
  });
});
