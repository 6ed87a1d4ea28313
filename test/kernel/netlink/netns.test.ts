import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { inNetns, inNewNetns, openCurrentNetns } from "../../../src/netlink/socket/netns.ts";
import { compile } from "./compile.ts";

const current = () => readlinkSync("/proc/thread-self/ns/net");
const ofThreads = () =>
  new Set(readdirSync("/proc/self/task").map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`)));

const home = current();
let netns: number;
let there: string;

beforeAll(() => {
  netns = inNewNetns(openCurrentNetns);
  there = readlinkSync(`/proc/self/fd/${netns}`);
});
afterEach(() => {
  expect(current()).toBe(home);
  expect(ofThreads()).toEqual(new Set([home]));
});
afterAll(() => closeSync(netns));

describe("inNetns", () => {
  test("runs a function there and returns its value", () => {
    expect(there).not.toBe(home);
    expect(inNetns(netns, current)).toBe(there);
  });

  test("stays where it is without a namespace, or with its own", () => {
    expect(inNetns(undefined, current)).toBe(home);
    const own = openCurrentNetns();
    expect(inNetns(own, current)).toBe(home);
    closeSync(own);
  });

  test("comes back when the function throws, and throws the same", () => {
    const thrown = new Error("from inside");
    expect(() =>
      inNetns(netns, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });

  test("may be nested", () => {
    const visited = inNetns(netns, () => {
      const inner = inNewNetns(() => [current(), inNetns(netns, current), current()]);
      return [...inner, current()];
    });
    expect(visited[1]).toBe(there);
    expect(visited[2]).toBe(visited[0]);
    expect(visited[3]).toBe(there);
    expect(new Set([home, there, visited[0]]).size).toBe(3);
  });

  test.each([[undefined], ["a namespace"]])("refuses asynchronous functions (%s)", (target) => {
    const fd = target && netns;
    expect(() => inNetns(fd as number | undefined, async () => 1)).toThrow(
      expect.objectContaining({ code: "ERR_NETLINK_NETNS_ASYNC" }),
    );
  });

  test("refuses descriptors of anything else, without running the function", () => {
    const ran: string[] = [];
    const others = { EINVAL: openSync("/proc/self/ns/uts", "r"), EBADF: 100_000 };
    for (const [code, fd] of Object.entries(others)) {
      expect(() => inNetns(fd, () => ran.push(code))).toThrow(expect.objectContaining({ code }));
    }
    closeSync(others.EINVAL);
    expect(ran).toEqual([]);
  });

  test("starts children there, also those that are not waited for", async () => {
    const argument = ["/proc/self/ns/net"];
    const waitedFor = inNetns(netns, () => execFileSync("readlink", argument, { encoding: "utf8" }));
    expect(waitedFor.trim()).toBe(there);
    const started = inNetns(netns, () => spawn("readlink", argument));
    const output = await started.stdout.setEncoding("utf8").toArray();
    expect(output.join("").trim()).toBe(there);
  });

  test("keeps asynchronous file operations started inside at home", async () => {
    const jobs = inNetns(netns, () => ({
      list: Array.from({ length: 8 }, () => stat("/proc/thread-self/ns/net")),
    }));
    const seen = await Promise.all(jobs.list);
    expect(new Set(seen.map(({ ino }) => `net:[${ino}]`))).toEqual(new Set([home]));
  });

  test("leaves no descriptor behind", () => {
    const before = readdirSync("/proc/self/fd").length;
    for (let i = 0; i < 1000; i++) inNetns(netns, current);
    for (let i = 0; i < 20; i++) inNewNetns(current);
    expect(readdirSync("/proc/self/fd").length).toBe(before);
  });
});

describe("a process of its own", () => {
  let folder: string;
  beforeAll(() => {
    folder = compile();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const program = (body: string) => [
    "--no-warnings",
    "-e",
    `const { access, readdirSync, readlinkSync, openSync, closeSync, statSync } = require("node:fs");
     const { Worker } = require("node:worker_threads");
     const tasks = () => readdirSync("/proc/self/task");
     const { inNewNetns, inNetns, openCurrentNetns } = require(${JSON.stringify(join(folder, "socket/netns.js"))});
     ${body}`,
  ];
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { encoding: "utf8", timeout: 20_000 });

  test("has its thread pool at home although nothing used it before the first switch", () => {
    const { stdout, stderr } = run(
      process.execPath,
      ...program(`
        const before = tasks().length;
        inNewNetns(() => { for (let i = 0; i < 8; i++) access("/", () => {}); });
        const namespaces = new Set(tasks().map((task) => readlinkSync("/proc/self/task/" + task + "/ns/net")));
        console.log(JSON.stringify({ started: tasks().length - before, namespaces: [...namespaces] }));
      `),
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ started: 4, namespaces: [home] });
  });

  test("moves only the worker that asked", () => {
    const { stdout, stderr } = run(
      process.execPath,
      ...program(`
        const body = ${JSON.stringify(`
          const { readlinkSync } = require("node:fs");
          const { execFileSync } = require("node:child_process");
          import(FILE).then(({ inNewNetns }) => {
            const seen = inNewNetns(() => ({
              worker: readlinkSync("/proc/thread-self/ns/net"),
              main: readlinkSync("/proc/self/ns/net"),
              child: execFileSync("readlink", ["/proc/self/ns/net"], { encoding: "utf8" }).trim(),
            }));
            console.log(JSON.stringify({ ...seen, after: readlinkSync("/proc/thread-self/ns/net") }));
          });
        `)}.replace("FILE", ${JSON.stringify(JSON.stringify(join(folder, "socket/netns.js")))});
        new Worker(body, { eval: true });
      `),
    );
    expect(stderr).toBe("");
    const seen = JSON.parse(stdout);
    expect(seen).toMatchObject({ main: home, after: home });
    expect(seen.worker).not.toBe(home);
    expect(seen.child).toBe(seen.worker);
  });

  test("dies rather than go on where it cannot come back", () => {
    const { stdout, stderr, signal } = run(
      process.execPath,
      ...program(`
        inNewNetns(() => {
          // Makes the way back something that is no network namespace.
          const back = Number(readdirSync("/proc/self/fd").find((fd) => {
            try { return readlinkSync("/proc/self/fd/" + fd).startsWith("net:"); } catch { return false; }
          }));
          closeSync(back);
          openSync("/dev/null");
        });
        console.log("went on");
      `),
    );
    expect(stdout).toBe("");
    expect(stderr).toContain("cannot return to the network namespace of this process");
    expect(signal).toBe("SIGABRT");
  });

  const userNamespaces = spawnSync("unshare", ["-Ur", "true"]).status === 0;
  test.skipIf(!userNamespaces)("does not leave where it could not come back (needs user namespaces)", () => {
    const { stdout, stderr } = run(
      "unshare",
      "-Ur",
      process.execPath,
      ...program(`
        const own = openCurrentNetns();
        const where = () => readlinkSync("/proc/thread-self/ns/net");
        console.log(inNetns(own, where));
        try { inNewNetns(() => console.log("ran")); } catch ({ code, syscall }) { console.log(code, syscall, where()); }
      `),
    );
    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual([home, `EPERM setns ${home}`]);
  });
});
