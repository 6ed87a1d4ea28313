/** Listings narrowed down to some links and VRFs, as `ip` narrows them down. */
import { beforeAll, describe, expect, test } from "vitest";
import { whyNoLink } from "../support/bridge.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("selectors");
const noVrf = await whyNoLink({ ifname: "vrf", kind: "vrf", data: { table: 10 } }, "the kernel has no VRFs");
const skipped = noVrf ? ` (skipped: ${noVrf})` : "";

beforeAll(async () => {
  const { link, addr, neigh } = on.ns;
  await link.add({ ifname: "br0", kind: "bridge", up: true });
  await link.add({ ifname: "br1", kind: "bridge", group: 7 });
  await link.add({ ifname: "a0", kind: "veth", up: true, master: "br0", peer: { ifname: "a1", up: true } });
  await link.add({
    ifname: "b0",
    kind: "veth",
    master: "br1",
    group: 7,
    peer: { ifname: "b1", group: 7, up: true },
  });
  if (!noVrf) {
    await link.add({ ifname: "red", kind: "vrf", up: true, data: { table: 1000 } });
    await link.set("a1", { master: "red" });
  }
  let host = 0;
  for (const ifname of ["br0", "br1", "a0", "a1", "b0", "b1"]) {
    await addr.add(ifname, `10.0.${++host}.1/24`);
    await neigh.add(ifname, { dst: `10.0.${host}.2`, lladdr: "02:00:00:00:00:02" });
  }
});

const links = async (filter: object) => (await on.ns.link.list(filter)).map(({ ifname }) => ifname);
const addrs = async (filter: object) => (await on.ns.addr.list(filter)).map(({ local }) => local);
const neighs = async (filter: object) => (await on.ns.neigh.list(filter)).map(({ dst }) => dst).sort();

const ipLinks = (words: string) =>
  on.observer
    .ipJson(`link show ${words}`)
    .map(({ ifname }) => ifname)
    .filter(Boolean);
const ipAddrs = (words: string) =>
  on.observer
    .ipJson(`addr show ${words}`)
    .flatMap(({ addrInfo }: Json) => (addrInfo ?? []).map(({ local }: Json) => local));
const ipNeighs = (words: string) =>
  on.observer
    .ipJson(`neigh show ${words}`)
    .map(({ dst }) => dst)
    .sort();

describe.each([
  ["all", {}, ""],
  ["a kind", { kind: "bridge" }, "type bridge"],
  ["a kind of members", { slaveKind: "bridge" }, "type bridge_slave"],
  ["members of a link", { master: "br0" }, "master br0"],
  ["members of none", { master: null }, "nomaster"],
  ["what is up", { up: true }, "up"],
  ["a group", { group: 7 }, "group 7"],
  ["several conditions", { kind: "veth", up: true, group: 7 }, "type veth up group 7"],
])("%s", (_name, filter, words) => {
  test("links", async () => {
    expect(await links(filter)).toEqual(ipLinks(words));
    expect((await links(filter)).length).toBeGreaterThan(0);
  });

  test("addresses", async () => {
    expect((await addrs(filter)).sort()).toEqual(ipAddrs(words).sort());
    expect((await addrs(filter)).length).toBeGreaterThan(0);
  });
});

test("neighbours on members of a link, and of none", async () => {
  expect(await neighs({ master: "br0" })).toEqual(["10.0.3.2"]);
  expect(await neighs({ master: "br1" })).toEqual(["10.0.5.2"]);
  expect(await neighs({ master: null })).toEqual(ipNeighs("nomaster"));
  expect(await neighs({ master: null })).toContain("10.0.1.2");
  expect(await neighs({ master: null })).not.toContain("10.0.3.2");
});

test("addresses of one link, where that is also something else", async () => {
  expect(await addrs({ dev: "a0", master: "br0" })).toContain("10.0.3.1");
  expect(await addrs({ dev: "a0", master: "br1" })).toEqual([]);
  expect(await addrs({ dev: "b0", up: true })).toEqual([]);
  expect(await addrs({ dev: "b0", up: false })).toEqual(["10.0.5.1"]);
});

test("addresses by who made them", async () => {
  await on.ns.addr.add("br1", { local: "10.1.0.1/24", protocol: 77 });
  expect(await addrs({ protocol: 77 })).toEqual(["10.1.0.1"]);
  const made = (await on.ns.addr.list({ protocol: "kernel_ll" })).map(({ local }) => local);
  expect(made.every((local) => local.startsWith("fe80::"))).toBe(true);
  await on.ns.addr.flush({ protocol: 77 });
  expect(await addrs({ protocol: 77 })).toEqual([]);
});

describe.skipIf(noVrf !== undefined)(`VRFs${skipped}`, () => {
  test("links, addresses and neighbours in one", async () => {
    expect(await links({ vrf: "red" })).toEqual(["a1"]);
    expect(ipLinks("vrf red")).toEqual(["a1"]);
    expect((await addrs({ vrf: "red" })).sort()).toEqual(ipAddrs("vrf red").sort());
    expect(await addrs({ vrf: "red" })).toContain("10.0.4.1");
    expect(await neighs({ vrf: "red" })).toEqual(["10.0.4.2"]);
    expect(ipNeighs("vrf red")).toEqual(["10.0.4.2"]);
  });

  test("routes in one, by the library and by ip", async () => {
    await on.ns.route.add({ vrf: "red", dst: "10.9.0.0/16", gateway: "10.0.4.2" });
    const shown = on.observer.ipJson("route show vrf red");
    expect(shown.map(({ dst }) => dst)).toContain("10.9.0.0/16");
    const listed = await on.ns.route.list({ vrf: "red", family: "inet" });
    expect(listed).toMatchObject(shown.map(({ dst, dev }) => ({ dst, dev, table: "1000" })));
    const local = await on.ns.route.list({ vrf: "red", family: "inet", type: "local" });
    expect(local.map(({ dst }) => dst)).toContain("10.0.4.1");
    expect(await on.ns.route.list({ table: 1000, family: "inet" })).toEqual(
      expect.arrayContaining([...listed, ...local]),
    );
    on.observer.ip("route add vrf red 10.8.0.0/16 via 10.0.4.2");
    expect(await on.ns.route.list({ vrf: "red", dst: "10.8.0.0/16" })).toHaveLength(1);
    expect(await on.ns.route.get("10.9.1.1", { vrf: "red" })).toMatchObject({
      gateway: "10.0.4.2",
      dev: "a1",
      table: "1000",
    });
    await on.ns.route.delete({ vrf: "red", dst: "10.8.0.0/16" });
    await on.ns.route.flush({ vrf: "red", dst: "10.9.0.0/16" });
    expect(on.observer.ipJson("route show vrf red 10.0.0.0/8")).toEqual([]);
    expect(await on.ns.route.list({ vrf: "red", dst: { match: "10.9.0.0/16" }, family: "inet" })).toEqual([]);
  });

  test("what is none is refused", async () => {
    expect(await failureOf(() => on.ns.link.list({ vrf: "br0" }))).toMatchObject({
      name: "InputError",
      path: "vrf",
    });
    expect(await failureOf(() => on.ns.addr.list({ vrf: "nope" }))).toMatchObject({
      code: "ENODEV",
      path: "vrf",
    });
    const both = { vrf: "red", table: 5 };
    expect(await failureOf(() => on.ns.route.list(both))).toMatchObject({ name: "InputError", path: "vrf" });
    const linked = { vrf: "red", dev: "a1" };
    expect(await failureOf(() => on.ns.route.get("10.9.1.1", linked))).toMatchObject({
      name: "InputError",
      path: "vrf",
    });
  });
});

test("what is no condition is refused", async () => {
  expect(await failureOf(() => on.ns.link.list({ type: "veth" } as object))).toMatchObject({ path: "type" });
  expect(await failureOf(() => on.ns.addr.list({ type: "veth" } as object))).toMatchObject({ path: "type" });
  expect(await failureOf(() => on.ns.link.list({ master: "br0", vrf: "br0" }))).toMatchObject({
    path: "vrf",
  });
  expect(await failureOf(() => on.ns.link.list({ master: "nope" }))).toMatchObject({
    code: "ENODEV",
    path: "master",
  });
});
