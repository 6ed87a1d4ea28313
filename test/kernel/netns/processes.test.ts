import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync, symlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { attachNetns } from "../../../src/api/netns/attach.ts";
import { createNetns } from "../../../src/api/netns/create.ts";
import { netnsIdentity } from "../../../src/api/netns/descriptor.ts";
import { openNetns } from "../../../src/api/netns/open.ts";
import { identifyNetns, netnsNames, netnsPids } from "../../../src/api/netns/processes.ts";
import { spawnInNetns } from "../../../src/api/netns/spawn.ts";
import { exists, failure, freshName, holdings, ip, ipNetnsNames, own, pathOf } from "./support.ts";

const children = new Set<ChildProcess>();
const started = (child: ChildProcess) => {
  children.add(child);
  return child;
};
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  children.clear();
});

const lines = (text: string) => text.split("\n").filter((line) => line !== "");

/** A process in a namespace of its own, as a container runtime starts one. */
async function container(): Promise<number> {
  const child = started(spawn("unshare", ["--net", "sleep", "60"]));
  const home = readlinkSync("/proc/self/ns/net");
  while (readlinkSync(`/proc/${child.pid}/ns/net`) === home) await sleep(5);
  return child.pid!;
}

describe("which process is in which namespace", () => {
  test("agrees with ip netns pids and ip netns identify", async () => {
    const name = freshName();
    const fd = own(await createNetns(name));
    expect(netnsPids(netnsIdentity(fd))).toEqual([]);
    const pids = [1, 2].map(() => started(spawnInNetns(name, "sleep", ["60"], { mounts: false })).pid!);
    expect(netnsPids(netnsIdentity(fd))).toEqual([...pids].sort((a, b) => a - b));
    expect(
      lines(ip("netns", "pids", name))
        .map(Number)
        .sort(),
    ).toEqual([...pids].sort());
    expect(identifyNetns(pids[0]!)).toEqual([name]);
    expect(lines(ip("netns", "identify", `${pids[0]}`))).toEqual([name]);
  });

  test("a process that ends in between is no error", async () => {
    const name = freshName();
    const identity = netnsIdentity(own(await createNetns(name)));
    const child = started(spawnInNetns(name, "true", [], { mounts: false }));
    while (child.exitCode === null) {
      expect([[], [child.pid]]).toContainEqual(netnsPids(identity));
      await sleep(1);
    }
    expect(netnsPids(identity)).toEqual([]);
  });

  test("this process is in its own namespace", () => {
    const here = netnsIdentity(own(openNetns({ pid: process.pid })));
    expect(netnsPids(here)).toContain(process.pid);
  });

  test("no such process", async () => {
    expect(await failure(() => identifyNetns(4_194_304))).toMatchObject({
      name: "SystemError",
      code: "ESRCH",
    });
  });
});

describe("attachNetns", () => {
  test("gives a container's namespace a name that outlives it", async () => {
    const pid = await container();
    const name = freshName();
    const inside = readlinkSync(`/proc/${pid}/ns/net`);
    await attachNetns(name, { pid });
    expect(ipNetnsNames()).toContain(name);
    expect(identifyNetns(pid)).toEqual([name]);
    expect(lines(ip("netns", "identify", `${pid}`))).toEqual([name]);
    process.kill(pid, "SIGKILL");
    await once([...children][0]!, "exit");
    expect(ip("netns", "exec", name, "readlink", "/proc/self/ns/net").trim()).toBe(inside);
  });

  test("finds what ip netns attach attached", async () => {
    const pid = await container();
    const name = freshName();
    ip("netns", "attach", name, `${pid}`);
    expect(identifyNetns(pid)).toEqual([name]);
  });

  test("a second name, by path", async () => {
    const [first, second] = [freshName(), freshName()];
    const fd = own(await createNetns(first));
    await attachNetns(second, { path: pathOf(first) });
    expect(netnsNames(netnsIdentity(fd))).toEqual([first, second].sort());
  });

  test("replaces nothing that exists, and leaves nothing when the target is wrong", async () => {
    const taken = freshName();
    own(await createNetns(taken));
    const free = freshName();
    const dead = freshName();
    symlinkSync("/proc/4194304/ns/net", pathOf(dead));
    const before = holdings();
    const here = { pid: process.pid };
    expect(await failure(() => attachNetns(taken, here))).toMatchObject({ code: "EEXIST" });
    expect(await failure(() => attachNetns(dead, here))).toMatchObject({ code: "EEXIST" });
    expect(await failure(() => attachNetns(free, { pid: 4_194_304 }))).toMatchObject({ code: "ESRCH" });
    expect(await failure(() => attachNetns(free, { path: "/etc/passwd" }))).toMatchObject({ path: "path" });
    expect(exists(pathOf(free))).toBe(false);
    expect(holdings()).toEqual(before);
  });
});
