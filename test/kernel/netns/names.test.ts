import { mkdirSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachNetns } from "../../../src/api/netns/attach.ts";
import { createNetns } from "../../../src/api/netns/create.ts";
import { deleteNetns } from "../../../src/api/netns/delete.ts";
import { netnsPath } from "../../../src/api/netns/name.ts";
import { openNetns } from "../../../src/api/netns/open.ts";
import { spawnInNetns } from "../../../src/api/netns/spawn.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { exists, failure, freshName, ipNetnsNames, own } from "./support.ts";

const WRONG: [string, unknown][] = [
  ["nothing", ""],
  ["the directory", "."],
  ["the directory above", ".."],
  ["a path up", "../nlkit-walk"],
  ["a path down", "a/b"],
  ["an absolute path", "/tmp/nlkit-walk"],
  ["a trailing slash", "red/"],
  ["a NUL", "red\0blue"],
  ["256 bytes", "x".repeat(256)],
  ["128 characters of 2 bytes", "é".repeat(128)],
  ["half a character", "\ud800"],
  ["a number", 5],
  ["null", null],
];

describe.each(WRONG)("%s as a name", (_, value) => {
  const name = value as string;
  test.each([
    ["createNetns", () => createNetns(name)],
    ["deleteNetns", () => deleteNetns(name)],
    ["attachNetns", () => attachNetns(name, { pid: process.pid })],
    ["netnsPath", () => netnsPath(name)],
  ])("is refused by %s", async (_, act) => {
    const error = await failure(act);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: "name" });
    expect(exists("/run/nlkit-walk")).toBe(false);
    expect(exists("/tmp/nlkit-walk")).toBe(false);
  });
});

test("openNetns and spawnInNetns refuse a path as a name", async () => {
  expect(await failure(() => openNetns("../../proc/self/ns/net"))).toBeInstanceOf(InputError);
  expect(await failure(() => spawnInNetns("../netns", "true"))).toBeInstanceOf(InputError);
  const named = () => spawnInNetns({ pid: process.pid }, "true", [], { name: "../ssh" });
  expect(await failure(named)).toMatchObject({ path: "name" });
});

test("deleting a path does not unmount or unlink", async () => {
  mkdirSync("/run/netns", { recursive: true });
  writeFileSync("/run/nlkit-keep", "");
  expect(await failure(() => deleteNetns("../nlkit-keep"))).toBeInstanceOf(InputError);
  expect(readdirSync("/run")).toContain("nlkit-keep");
  unlinkSync("/run/nlkit-keep");
});

test.each(["-n", "netns", "with space", "ü", "a\nb", "..."])("%j is a name", async (suffix) => {
  const name = suffix === "..." ? suffix : `${freshName()}${suffix}`;
  try {
    own(await createNetns(name));
    if (!name.includes("\n") && !name.includes(" ")) expect(ipNetnsNames()).toContain(name);
    expect(exists(`/run/netns/${name}`)).toBe(true);
  } finally {
    deleteNetns(name);
  }
});

test("every accepted name is one file of /run/netns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      try {
        const path = netnsPath(name);
        expect(path.split("/")).toEqual(["", "run", "netns", name]);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }),
  );
});
