/** Settings of links that few others have, as `ip link set` and `ip link show` have them. */
import { beforeEach, expect, test } from "vitest";
import { failureOf, stage } from "../support/observer.ts";

const on = stage("settings");

beforeEach(async () => {
  for (const { ifname } of await on.ns.link.list({ kind: "vxlan" })) await on.ns.link.delete(ifname);
  await on.ns.link.add({ ifname: "x0", kind: "vxlan", data: { id: 5, port: 4789, local: "10.0.0.1" } });
});

const words = ["linkmode", "operstate", "protoDown", "protoDownReason", "flags"] as const;
const pick = (link: object) =>
  Object.fromEntries(Object.entries(link).filter(([key]) => words.includes(key as "flags")));
const printed = () => pick(on.observer.ipJson("link show x0")[0]!);
const seen = async () => pick(await on.ns.link.get("x0"));

test.each([
  ["protodown on", { protoDown: true }, { protoDown: true }],
  ["mode dormant", { linkmode: "dormant" }, { linkmode: "DORMANT" }],
  ["trailers off", { trailers: false }, { flags: ["BROADCAST", "MULTICAST", "NOTRAILERS"] }],
] as const)("%s", async (ip, settings, expected) => {
  const before = printed();
  await on.ns.link.set("x0", settings);
  expect(printed()).toEqual({ ...before, ...expected });
  expect(await seen()).toEqual(printed());
  await on.ns.link.delete("x0");
  await on.ns.link.add({ ifname: "x0", kind: "vxlan", data: { id: 5, port: 4789 }, ...settings });
  expect(printed()).toEqual({ ...before, ...expected });
  await on.ns.link.delete("x0");
  await on.ns.link.add({ ifname: "x0", kind: "vxlan", data: { id: 5, port: 4789 } });
  on.observer.ip(`link set x0 ${ip}`);
  expect(await seen()).toEqual({ ...before, ...expected });
});

test("reasons for being kept down", async () => {
  await on.ns.link.set("x0", { protoDown: true, protoDownReason: { 3: true, 7: true } });
  expect(printed()).toMatchObject({ protoDown: true, protoDownReason: ["3", "7"] });
  expect(await seen()).toEqual(printed());
  on.observer.ip("link set x0 protodown_reason 5 on");
  await on.ns.link.set("x0", { protoDownReason: { 3: false } });
  expect(await seen()).toMatchObject({ protoDownReason: ["5", "7"] });
  // This version of `ip` prints the first eight.
  await on.ns.link.set("x0", { protoDownReason: { 31: true } });
  expect(await seen()).toMatchObject({ protoDownReason: ["5", "7", "31"] });
  // The kernel lets nobody take it away while there are reasons.
  expect(await failureOf(() => on.ns.link.set("x0", { protoDown: false }))).toMatchObject({ code: "EBUSY" });
  await on.ns.link.set("x0", { protoDown: false, protoDownReason: { 5: false, 7: false, 31: false } });
  expect(await seen()).not.toHaveProperty("protoDown");
  const failure = (protoDownReason: object) =>
    failureOf(() => on.ns.link.set("x0", { protoDownReason: protoDownReason as Record<string, boolean> }));
  expect(await failure({ 32: true })).toMatchObject({ name: "InputError", path: "protoDownReason.32" });
  expect(await failure({ 3: "on" })).toMatchObject({ name: "InputError", path: "protoDownReason.3" });
});

test("what a program says of a dormant link", async () => {
  await on.ns.link.set("x0", { linkmode: "DORMANT" });
  await on.ns.link.set("x0", { up: true });
  await on.ns.link.set("x0", { operstate: "DORMANT" });
  expect(await seen()).toMatchObject({ operstate: "DORMANT", linkmode: "DORMANT" });
  expect(printed()).toEqual(await seen());
  await on.ns.link.set("x0", { operstate: "UP" });
  expect(printed()).toMatchObject({ operstate: "UP" });
});

test("all links of a group", async () => {
  const { link } = on.ns;
  for (const ifname of ["g0", "g1"]) await link.add({ ifname, kind: "bridge", group: 7 });
  const up = () =>
    on.observer
      .ipJson("link show group 7")
      .filter(({ ifname }) => ifname)
      .map(({ ifname, flags }) => [ifname, flags.includes("UP")]);
  await link.set({ group: 7 }, { up: true, mtu: 1400 });
  expect(up()).toEqual([
    ["g0", true],
    ["g1", true],
  ]);
  expect((await link.list({ group: 7 })).map(({ mtu }) => mtu)).toEqual([1400, 1400]);
  on.observer.ip("link set group 7 down");
  expect(await link.list({ group: 7, up: true })).toEqual([]);
  await link.delete({ group: 7 });
  expect(up()).toEqual([]);
  expect(await failureOf(() => link.delete({ group: 7 }))).toMatchObject({ code: "ENODEV", path: "dev" });
  expect(await failureOf(() => link.delete({ group: 0 }))).toMatchObject({ code: "EPERM" });
  expect(await failureOf(() => link.set({ group: 7 }, { group: 8 }))).toMatchObject({
    name: "InputError",
    path: "group",
  });
  expect(await failureOf(() => link.set({ group: 7 }, { ifname: "x" }))).toMatchObject({ path: "ifname" });
  expect(await failureOf(() => link.set({ group: "of nobody" }, { up: true }))).toMatchObject({
    path: "dev.group",
  });
});
