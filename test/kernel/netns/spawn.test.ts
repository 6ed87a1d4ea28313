import { once } from "node:events";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createNetns } from "../../../src/api/netns/create.ts";
import { spawnInNetns } from "../../../src/api/netns/spawn.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { failure, freshName, own } from "./support.ts";

let name: string;

beforeEach(async () => {
  name = freshName();
  own(await createNetns(name));
});

describe.each([{ mounts: true }, { mounts: false }])("spawnInNetns with %j", (how) => {
  test("streams both ways, line by line", async () => {
    const child = spawnInNetns(name, "cat", [], how);
    const closed = once(child, "close");
    child.stdout.setEncoding("utf8");
    for (const line of ["one\n", "two\n"]) {
      child.stdin.write(line);
      expect(await once(child.stdout, "data")).toEqual([line]);
    }
    child.stdin.end();
    expect(await closed).toEqual([0, null]);
  });

  test("the child's process id is the program's, and its streams are three", async () => {
    const child = spawnInNetns(name, "sh", ["-c", "echo $$; exec cat"], how);
    const [line] = await once(child.stdout, "data");
    expect(Number(line)).toBe(child.pid);
    // In the middle of its exec it has none.
    await vi.waitFor(() => expect(readFileSync(`/proc/${child.pid}/cmdline`, "utf8")).toMatch(/^(cat|sh)\0/));
    expect(child.stdio.length).toBe(3);
    expect([child.spawnfile, child.spawnargs]).toEqual(["sh", ["sh", "-c", "echo $$; exec cat"]]);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([null, "SIGINT"]);
  });

  test("descriptors of its own: an extra pipe, an ignored one", async () => {
    const stdio = ["ignore", "pipe", "inherit", "ignore", "pipe"] as const;
    const child = spawnInNetns(name, "sh", ["-c", "echo extra >&4; ls /proc/self/fd"], {
      ...how,
      stdio: [...stdio],
    });
    const [output, extra] = await Promise.all([
      text(child.stdout!),
      text(child.stdio[4] as NodeJS.ReadableStream),
      once(child, "close"),
    ]);
    expect(extra).toBe("extra\n");
    const descriptors = output.split("\n").filter((line) => line !== "" && Number(line) < 20);
    expect(descriptors).toEqual(["0", "1", "2", "3", "4"]);
    expect(child.stdio.length).toBe(5);
  });

  test("a session of its own", async () => {
    const child = spawnInNetns(name, "sh", ["-c", "ps -o sid= -p $$"], { ...how, detached: true });
    const closed = once(child, "close");
    expect(Number(await text(child.stdout))).toBe(child.pid);
    await closed;
  });

  test("Node's own signal option", async () => {
    const controller = new AbortController();
    const child = spawnInNetns(name, "sleep", ["60"], { ...how, signal: controller.signal });
    const failed = once(child, "error");
    setTimeout(() => controller.abort(), 300);
    expect(await failed).toMatchObject([{ name: "AbortError" }]);
    if (child.signalCode === null) await once(child, "exit");
    expect(child.signalCode).toBe("SIGTERM");
  });

  test("a program that does not exist is an error event", async () => {
    const child = spawnInNetns(name, "nlkit-no-such-program", [], how);
    expect(await once(child, "error")).toMatchObject([{ code: "ENOENT" }]);
  });

  test("a shell is refused", async () => {
    const error = await failure(() => spawnInNetns(name, "echo $HOME", [], { ...how, ...{ shell: true } }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: "shell" });
  });
});

test("error comes before exit 127", async () => {
  const events: unknown[] = [];
  const child = spawnInNetns(name, "nlkit-no-such-program");
  child.on("error", (error: NodeJS.ErrnoException) => events.push(error.code));
  child.on("exit", (code) => events.push(code));
  await new Promise((resolve) => child.on("close", resolve));
  expect(events).toEqual(["ENOENT", 127]);
});

test("killed before the program runs, the child ends by that signal", async () => {
  const child = spawnInNetns(name, "sleep", ["60"]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
});

test("ipc needs mounts: false", async () => {
  const stdio = ["pipe", "pipe", "pipe", "ipc"] as const;
  const error = await failure(() => spawnInNetns(name, "true", [], { stdio: [...stdio] }));
  expect(error).toMatchObject({ path: "stdio" });
});
