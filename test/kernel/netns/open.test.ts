import { openSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { anonymousNetns, createNetns } from "../../../src/api/netns/create.ts";
import { deleteNetns } from "../../../src/api/netns/delete.ts";
import { netnsIdentity } from "../../../src/api/netns/descriptor.ts";
import { listNetns } from "../../../src/api/netns/list.ts";
import { openNetns } from "../../../src/api/netns/open.ts";
import { InputError, SystemError } from "../../../src/netlink/errors.ts";
import {
  exists,
  failure,
  freshName,
  holdings,
  ip,
  ipNetnsNames,
  isOurs,
  mounts,
  own,
  pathOf,
} from "./support.ts";

describe("openNetns", () => {
  test("opens by name what ip made, and the same by path, pid and descriptor", () => {
    const name = freshName();
    ip("netns", "add", name);
    const named = own(openNetns(name));
    const identity = netnsIdentity(named);
    expect(ip("netns", "exec", name, "stat", "-Lc", "%i", "/proc/self/ns/net").trim()).toBe(
      `${identity.ino}`,
    );
    expect(netnsIdentity(own(openNetns({ path: pathOf(name) })))).toEqual(identity);
    expect(netnsIdentity(own(openNetns({ fd: named })))).toEqual(identity);
    expect(netnsIdentity(own(openNetns({ pid: process.pid })))).not.toEqual(identity);
  });

  test("a descriptor is duplicated", () => {
    const fd = own(anonymousNetns());
    expect(own(openNetns({ fd }))).not.toBe(fd);
  });

  test.each([
    ["no such name", "nlkit-none", "ENOENT", /no such namespace.*list/],
    ["no such process", { pid: 4_194_304 }, "ESRCH", /no such process/],
    ["no such path", { path: "/nonexistent" }, "ENOENT", /nonexistent/],
    ["a closed descriptor", { fd: 1_000_000 }, "EBADF", /EBADF/],
  ])("%s", async (_, target, code, message) => {
    const before = holdings();
    const error = await failure(() => openNetns(target));
    expect(error).toBeInstanceOf(SystemError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(holdings()).toEqual(before);
  });

  test.each([
    ["a file", { path: "/etc/passwd" }, "path"],
    ["a directory", { path: "/" }, "path"],
    ["a device", { path: "/dev/null" }, "path"],
    ["a mount namespace", { path: "/proc/self/ns/mnt" }, "path"],
    ["an empty path", { path: "" }, "path"],
    ["a NUL in a path", { path: "/proc/self/ns/net\0" }, "path"],
    ["pid 0", { pid: 0 }, "pid"],
    ["half a pid", { pid: 1.5 }, "pid"],
    ["a negative descriptor", { fd: -1 }, "fd"],
    ["nothing", undefined, "netns"],
    ["an empty object", {}, "netns"],
  ])("refuses %s", async (_, target, path) => {
    const before = holdings();
    const error = await failure(() => openNetns(target as { fd: number }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path });
    expect(holdings()).toEqual(before);
  });

  test("refuses a descriptor of something else", async () => {
    const fd = own(openSync("/etc/passwd", "r"));
    expect(await failure(() => openNetns({ fd }))).toMatchObject({ path: "fd" });
  });
});

describe("listNetns", () => {
  test("lists what ip netns lists, with its identity", async () => {
    const [ours, theirs] = [freshName(), freshName()];
    const fd = own(await createNetns(ours));
    ip("netns", "add", theirs);
    const list = listNetns();
    expect(list.map(({ name }) => name).filter(isOurs)).toEqual(ipNetnsNames().filter(isOurs).sort());
    expect(list.find(({ name }) => name === ours)).toEqual({ name: ours, ...netnsIdentity(fd) });
  });

  test("follows the symbolic links of the tutorials, leaves out dead ones", async () => {
    const fd = own(await createNetns(freshName()));
    const [alive, dead] = [freshName(), freshName()];
    symlinkSync(`/proc/${process.pid}/fd/${fd}`, pathOf(alive));
    symlinkSync("/proc/4194304/ns/net", pathOf(dead));
    const names = listNetns().map(({ name }) => name);
    expect(names).toContain(alive);
    expect(names).not.toContain(dead);
    deleteNetns(alive);
    deleteNetns(dead);
    expect(exists(pathOf(alive)) || exists(pathOf(dead))).toBe(false);
  });
});

describe("deleteNetns", () => {
  test("deletes what ip made: mount and file", () => {
    const name = freshName();
    ip("netns", "add", name);
    deleteNetns(name);
    expect(exists(pathOf(name))).toBe(false);
    expect(mounts()).not.toContain(pathOf(name));
    expect(ipNetnsNames()).not.toContain(name);
  });

  test("no such namespace", async () => {
    const error = await failure(() => deleteNetns("nlkit-none"));
    expect(error).toMatchObject({ name: "SystemError", code: "ENOENT" });
  });

  test("the namespace lives on with a descriptor", async () => {
    const name = freshName();
    const fd = own(await createNetns(name));
    deleteNetns(name);
    expect(own(openNetns({ fd }))).toBeGreaterThan(2);
  });
});
