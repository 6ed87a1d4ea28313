import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BatchError, Netns } from "../../../src/index.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import { traceChannel } from "../../../src/netlink/socket/trace.ts";

let ns: Netns;
let sends = 0;

beforeEach(async () => {
  sends = 0;
  const open = traceChannel(openChannel, ({ direction }) => {
    if (direction === "sent") sends++;
  });
  ns = await Netns.anonymous({ open });
});
afterEach(() => ns.close());

test("many changes go in few sends, in their order", async () => {
  await ns.batch((b) => {
    b.link.add({ ifname: "b0", kind: "bridge" });
    b.link.set("b0", { up: true });
    b.addr.add("b0", "10.9.0.1/24");
  });
  const { ifindex } = await ns.link.get("b0");
  sends = 0;
  await ns.batch((b) => {
    for (let i = 0; i < 2000; i++) b.route.add({ dst: `10.10.${i >> 8}.${i & 255}/32`, dev: ifindex });
  });
  expect(sends).toBeLessThan(20);
  expect(await ns.route.list({ dst: { root: "10.10.0.0/16" } })).toHaveLength(2000);
});

test("a call sees what the calls before it made, without being awaited", async () => {
  const seen = await ns.batch(async (b) => {
    b.link.add({ ifname: "b0", kind: "bridge" });
    b.addr.add("b0", "10.9.0.1/24");
    return b.addr.list({ dev: "b0" });
  });
  expect(seen).toMatchObject([{ local: "10.9.0.1" }]);
});

test("objects whose code is loaded at their first use are in the order too", async () => {
  await ns.batch((b) => {
    b.link.add({ ifname: "b0", kind: "bridge", up: true });
    b.nexthop.add({ id: 7, dev: "b0" });
    b.route.add({ dst: "10.1.0.0/24", nhid: 7 });
    b.qdisc.add("b0", { kind: "pfifo", handle: "1:" });
    b.link.add({ ifname: "b1", kind: "bridge" });
    b.qdisc.replace("b0", { kind: "bfifo", handle: "2:" });
    b.link.set("b1", { ifalias: "the last" });
  });
  expect(await ns.route.list({ dev: "b0", family: "inet" })).toMatchObject([{ dst: "10.1.0.0/24", nhid: 7 }]);
  expect(await ns.qdisc.list({ dev: "b0" })).toMatchObject([{ kind: "bfifo", handle: "2:" }]);
  expect(await ns.link.get("b1")).toMatchObject({ ifalias: "the last" });
});

test("each error has the number of its call; the others are done", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  const error = await ns
    .batch((b) => {
      b.route.add({ dst: "10.1.0.0/24", dev: "b0" });
      b.route.add({ dst: "10.1.0.0/24", dev: "b0" });
      b.route.add({ dst: "10.1.0.0/244", dev: "b0" });
      b.route.add({ dst: "10.2.0.0/24", dev: "nope" });
      b.route.add({ dst: "10.3.0.0/24", dev: "b0" });
    })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BatchError);
  expect((error as BatchError).errors).toMatchObject([
    { index: 1, error: { code: "EEXIST", path: "dst" } },
    { index: 2, error: { code: "ERR_INVALID_ARG_VALUE", path: "dst" } },
    { index: 3, error: { code: "ENODEV", path: "dev" } },
  ]);
  const listed = await ns.route.list({ dev: "b0", family: "inet" });
  expect(listed.map((route) => route.dst)).toEqual(["10.1.0.0/24", "10.3.0.0/24"]);
});

test("stop: nothing is sent after an error", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  const { ifindex } = await ns.link.get("b0");
  const batch = ns.batch(
    (b) => {
      b.route.add({ dst: "10.1.0.0/24", dev: ifindex });
      b.route.add({ dst: "10.1.0.0/24", dev: ifindex });
      b.route.add({ dst: "10.3.0.0/24", dev: ifindex });
    },
    { onError: "stop" },
  );
  await expect(batch).rejects.toMatchObject({
    code: "EEXIST",
    errors: [
      { index: 1, error: { code: "EEXIST" } },
      { index: 2, error: { code: "ERR_NETLINK_NOT_SENT" } },
    ],
  });
  expect((await ns.route.list({ dev: "b0", family: "inet" })).map((route) => route.dst)).toEqual([
    "10.1.0.0/24",
  ]);
});

test("a promise inside is settled by its own answer", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  const codes: unknown[] = [];
  await ns
    .batch(async (b) => {
      await b.route.add({ dst: "10.1.0.0/24", dev: "b0" });
      await b.route.add({ dst: "10.1.0.0/24", dev: "b0" }).catch((error) => codes.push(error.code));
    })
    .catch(() => {});
  expect(codes).toEqual(["EEXIST"]);
});

test("arrays: errors have the index of their element", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  await ns.link.add({ ifname: "x0", kind: "vxlan", data: { id: 1 } });
  const entries = Array.from({ length: 300 }, (_, i) => ({
    dst: `10.9.${i >> 8}.${i & 255}`,
    lladdr: "02:00:00:00:00:01",
  }));
  const { ifindex } = await ns.link.get("b0");
  await ns.neigh.add(ifindex, entries);
  expect(await ns.neigh.list({ dev: "b0" })).toHaveLength(300);
  await ns.fdb.append("x0", [
    { mac: "00:00:00:00:00:00", dst: "10.0.0.2" },
    { mac: "00:00:00:00:00:00", dst: "10.0.0.3" },
  ]);
  expect(await ns.fdb.list({ dev: "x0" })).toHaveLength(2);
  const attempt = ns.addr.add("b0", ["10.1.0.1/24", "10.1.0.2/24", "10.1.0.1/24", "nonsense", "fd00::1/64"]);
  await expect(attempt).rejects.toMatchObject({
    errors: [
      { index: 2, error: { code: "EEXIST" } },
      { index: 3, error: { path: "local" } },
    ],
  });
  const listed = await ns.addr.list({ dev: "b0", scope: "global" });
  expect(listed.map(({ local }) => local)).toEqual(["10.1.0.1", "10.1.0.2", "fd00::1"]);
});

test("an array of routes goes in few sends", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  const { ifindex } = await ns.link.get("b0");
  sends = 0;
  await ns.route.add(
    Array.from({ length: 2000 }, (_, i) => ({ dst: `10.10.${i >> 8}.${i & 255}`, dev: ifindex })),
  );
  expect(sends).toBeLessThan(20);
  expect(await ns.route.list({ dst: { root: "10.10.0.0/16" } })).toHaveLength(2000);
});

describe("links that are named", () => {
  beforeEach(async () => {
    await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
    sends = 0;
  });
  const routes = Array.from({ length: 2000 }, (_, i) => ({ dst: `10.10.${i >> 8}.${i & 255}`, dev: "b0" }));

  test("are looked up once for an array", async () => {
    await ns.route.add(routes);
    expect(sends).toBeLessThan(20);
    expect(await ns.route.list({ dst: { root: "10.10.0.0/16" } })).toHaveLength(2000);
  });

  test("are looked up once for a batch", async () => {
    await ns.batch((b) => {
      for (const route of routes) b.route.add(route);
    });
    expect(sends).toBeLessThan(20);
    expect(await ns.route.list({ dst: { root: "10.10.0.0/16" } })).toHaveLength(2000);
  });

  test("are looked up again when links were changed", async () => {
    await ns
      .batch((b) => {
        b.addr.add("b0", "10.1.0.1/24");
        b.link.set("b0", { ifname: "old", up: false });
        b.link.add({ ifname: "b0", kind: "bridge" });
        b.addr.add("b0", "10.2.0.1/24");
        b.link.delete("b0");
        b.addr.add("b0", "10.3.0.1/24").catch(() => {});
        b.link.set("old", { ifname: "b0" });
        b.addr.add("b0", "10.4.0.1/24");
      })
      .catch((error: BatchError) =>
        expect(error.errors).toMatchObject([{ index: 5, error: { code: "ENODEV" } }]),
      );
    expect((await ns.addr.list({ dev: "b0" })).map(({ local }) => local)).toEqual(["10.1.0.1", "10.4.0.1"]);
  });

  test("and are not there: each error names its own field", async () => {
    const attempt = ns.route.add([
      { dst: "10.1.0.0/24", dev: "nope" },
      { dst: "10.2.0.0/24", nexthops: [{ dev: "nope" }] },
      { dst: "10.3.0.0/24", dev: "b0" },
    ]);
    await expect(attempt).rejects.toMatchObject({
      errors: [
        { index: 0, error: { code: "ENODEV", path: "dev" } },
        { index: 1, error: { code: "ENODEV", path: "nexthops[0].dev" } },
      ],
    });
  });
});

test("elements of an array are done in their order, whatever each has to look up", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  const inOrder = [
    { dst: "10.1.0.0/24", dev: "b0" },
    { dst: "10.2.0.0/24", gateway: "10.1.0.5" },
  ];
  await ns.route.add(inOrder);
  await ns.batch((b) => {
    b.link.add({ ifname: "b1", kind: "bridge", up: true });
    b.route.add([
      { dst: "10.3.0.0/24", dev: "b1" },
      { dst: "10.4.0.0/24", gateway: "10.3.0.5" },
    ]);
    b.route.add({ dst: "10.5.0.0/24", gateway: "10.3.0.6" });
  });
  const listed = await ns.route.list({ dst: { root: "10.0.0.0/8" } });
  expect(listed.map(({ dst }) => dst)).toEqual([1, 2, 3, 4, 5].map((net) => `10.${net}.0.0/24`));
});

test("timers have their turn beside a large array", async () => {
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await ns.route.add(
    Array.from({ length: 50_000 }, (_, i) => ({
      dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
      dev: "b0",
    })),
  );
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
});
