/** Nexthop objects: what the library makes is what `ip nexthop` and the library itself read, and the other way round. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { NexthopAdd, NexthopFilter } from "../../../src/index.ts";
import { full, nullsTrue, onlyFull, printedJson } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("nexthop");

beforeAll(async () => {
  await on.ns.link.set("lo", { up: true });
  for (const dev of ["v0", "w0"]) {
    await on.ns.link.add({ ifname: dev, kind: "veth", up: true, peer: { ifname: `${dev}p`, up: true } });
  }
  await on.ns.addr.add("v0", "10.0.0.1/24");
  await on.ns.addr.add("w0", "10.1.0.1/24");
  await on.ns.addr.add("v0", { local: "fd00::1/64", nodad: true });
});

afterEach(() => on.observer.ip("nexthop flush"));

const seen = (question = ""): Json[] =>
  printedJson(on.observer, `nexthop show ${question}`).map((nexthop) => nullsTrue(nexthop));

/** Seconds that have gone since it was made. */
const still = (nexthop: Json | undefined): Json | undefined => {
  if (nexthop?.resilientArgs === undefined) return nexthop;
  const { unbalancedTime: _, ...args } = nexthop.resilientArgs;
  return { ...nexthop, resilientArgs: args };
};

const plain = { protocol: "unspec", scope: "link", flags: [] };
const members = [
  { id: 1, gateway: "10.0.0.2", dev: "v0" },
  { id: 2, gateway: "10.1.0.2", dev: "w0" },
] satisfies NexthopAdd[];

const made: [name: string, asked: NexthopAdd, words: string, printed: Json, full?: boolean][] = [
  [
    "a gateway",
    { id: 7, gateway: "10.0.0.9", dev: "v0", protocol: "static" },
    "id 7 via 10.0.0.9 dev v0 protocol static",
    { ...plain, id: 7, gateway: "10.0.0.9", dev: "v0", protocol: "static" },
  ],
  [
    "a gateway on the link whatever the routes say",
    { id: 7, gateway: "192.0.2.1", dev: "v0", flags: ["onlink"] },
    "id 7 via 192.0.2.1 dev v0 onlink",
    { ...plain, id: 7, gateway: "192.0.2.1", dev: "v0", flags: ["onlink"] },
  ],
  [
    "a gateway of IPv6",
    { id: 7, gateway: "fe80::9", dev: "w0" },
    "id 7 via fe80::9 dev w0",
    { ...plain, id: 7, gateway: "fe80::9", dev: "w0" },
  ],
  ["a link", { id: 7, dev: "v0" }, "id 7 dev v0", { ...plain, id: 7, dev: "v0", scope: "host" }],
  [
    "a blackhole",
    { id: 7, blackhole: true, protocol: 77 as never },
    "id 7 blackhole protocol 77",
    { ...plain, id: 7, blackhole: true, protocol: "77", scope: "global" },
  ],
  [
    "a group with weights",
    { id: 7, group: [{ id: 1, weight: 3 }, { id: 2 }] },
    "id 7 group 1,3/2",
    { ...plain, id: 7, group: [{ id: 1, weight: 3 }, { id: 2 }], scope: "global" },
  ],
  [
    "a resilient group",
    {
      id: 7,
      group: [{ id: 1, weight: 256 }, { id: 2 }],
      type: "resilient",
      buckets: 8,
      idleTimer: 60,
      unbalancedTimer: 300,
    },
    "id 7 group 1,256/2 type resilient buckets 8 idle_timer 60 unbalanced_timer 300",
    {
      ...plain,
      id: 7,
      group: [{ id: 1, weight: 256 }, { id: 2 }],
      type: "resilient",
      resilientArgs: { buckets: 8, idleTimer: 60, unbalancedTimer: 300 },
      scope: "global",
    },
  ],
  [
    "for a forwarding database",
    { id: 7, gateway: "192.0.2.7", fdb: true },
    "id 7 via 192.0.2.7 fdb",
    { ...plain, id: 7, gateway: "192.0.2.7", fdb: true },
  ],
  [
    "MPLS labels",
    { id: 7, gateway: "10.0.0.9", dev: "v0", encap: { type: "mpls", dst: "100/200" } },
    "id 7 encap mpls 100/200 via 10.0.0.9 dev v0",
    { ...plain, id: 7, gateway: "10.0.0.9", dev: "v0", encap: { type: "mpls", dst: "100/200" } },
    true,
  ],
];

describe.each(made)("%s", (_name, asked, words, printed, needsFull = false) => {
  const skip = needsFull && !full;
  const expectBoth = async () => {
    expect(still(seen().find(({ id }) => id === 7))).toEqual(printed);
    expect(still(await on.ns.nexthop.get(7))).toEqual(printed);
    expect((await on.ns.nexthop.list({ id: 7 })).map(still)).toEqual([printed]);
  };
  test.skipIf(skip)(`made by the library${skip ? onlyFull : ""}`, async () => {
    for (const member of members) await on.ns.nexthop.add(member);
    await on.ns.nexthop.add(asked);
    await expectBoth();
    await on.ns.nexthop.delete(7);
    expect(seen().map(({ id }) => id)).toEqual([1, 2]);
  });
  test.skipIf(skip)(`made by ip${skip ? onlyFull : ""}`, async () => {
    for (const { id, gateway, dev } of members) {
      on.observer.ip(`nexthop add id ${id} via ${gateway} dev ${dev}`);
    }
    on.observer.ip(`nexthop add ${words}`);
    await expectBoth();
  });
});

test("replace makes one, then changes it", async () => {
  await on.ns.nexthop.replace({ id: 7, gateway: "10.0.0.9", dev: "v0" });
  await on.ns.nexthop.replace({ id: 7, gateway: "10.1.0.9", dev: "w0" });
  expect(seen()).toEqual([{ ...plain, id: 7, gateway: "10.1.0.9", dev: "w0" }]);
});

test("without an id the kernel chooses one", async () => {
  await on.ns.nexthop.add({ gateway: "10.0.0.9", dev: "v0" });
  const [only] = await on.ns.nexthop.list();
  expect(only!.id).toBeGreaterThan(0);
});

test("a weight above 256", async () => {
  await on.ns.nexthop.add(members[0]!);
  await on.ns.nexthop.add({ id: 10, group: [{ id: 1, weight: 1000 }] });
  expect((await on.ns.nexthop.get(10)).group).toEqual([{ id: 1, weight: 1000 }]);
});

test("members are counted when that is asked", async () => {
  for (const member of members) await on.ns.nexthop.add(member);
  await on.ns.nexthop.add({ id: 10, group: [{ id: 1 }, { id: 2 }] });
  expect((await on.ns.nexthop.get(10)).groupStats).toBeUndefined();
  const { groupStats, hwStats } = await on.ns.nexthop.get(10, { stats: true });
  expect(groupStats?.map(({ id, packets }) => [id, packets])).toEqual([
    [1, 0],
    [2, 0],
  ]);
  expect(hwStats).toEqual({ enabled: false, used: false });
});

test("filters", async () => {
  for (const member of members) await on.ns.nexthop.add(member);
  await on.ns.nexthop.add({ id: 3, gateway: "fe80::9", dev: "v0", protocol: "static" });
  await on.ns.nexthop.add({ id: 4, gateway: "192.0.2.7", fdb: true });
  await on.ns.nexthop.add({ id: 10, group: [{ id: 1 }, { id: 2 }] });
  const ids = async (filter: NexthopFilter) => (await on.ns.nexthop.list(filter)).map(({ id }) => id);
  const cases: [NexthopFilter, string][] = [
    [{}, ""],
    [{ dev: "v0" }, "dev v0"],
    [{ groups: true }, "groups"],
    [{ fdb: true }, "fdb"],
    [{ protocol: "static" }, "proto 4"],
  ];
  for (const [filter, words] of cases) expect(await ids(filter)).toEqual(seen(words).map(({ id }) => id));
  expect(await ids({ family: "inet6" })).toEqual([3]);
  expect(await ids({ id: 2 })).toEqual([2]);
});

test("buckets of a resilient group", async () => {
  for (const member of members) await on.ns.nexthop.add(member);
  await on.ns.nexthop.add({
    id: 10,
    group: [{ id: 1, weight: 3 }, { id: 2 }],
    type: "resilient",
    buckets: 8,
    idleTimer: 100,
  });
  const known = ({ bucket: { idleTime: _, ...bucket }, ...rest }: Json) => ({ ...rest, bucket });
  const printed = on.observer.ipJson("nexthop bucket list id 10").map(known);
  expect(printed).toHaveLength(8);
  expect((await on.ns.nexthop.listBuckets({ id: 10 })).map(known)).toEqual(printed);
  expect((await on.ns.nexthop.listBuckets({ id: 10, nhid: 2 })).map(known)).toEqual(
    printed.filter(({ bucket }) => bucket.nhid === 2),
  );
  expect(known(await on.ns.nexthop.getBucket(10, 3))).toEqual(printed[3]);
});

test("flush takes those that the filter lets through", async () => {
  for (const member of members) await on.ns.nexthop.add(member);
  await on.ns.nexthop.flush({ dev: "v0" });
  expect(seen().map(({ id }) => id)).toEqual([2]);
  await expect(on.ns.nexthop.flush({})).rejects.toThrow(/a filter with one of/);
});

test("refusals name the field", async () => {
  await on.ns.nexthop.add(members[0]!);
  expect(await failureOf(() => on.ns.nexthop.add(members[0]!))).toMatchObject({ code: "EEXIST", path: "id" });
  expect(await failureOf(() => on.ns.nexthop.delete(99))).toMatchObject({ code: "ENOENT", path: "id" });
  expect(await failureOf(() => on.ns.nexthop.get(99))).toMatchObject({ code: "ENOENT", path: "id" });
  const wrong: [object, string][] = [
    [{ gateway: "10.0.0" }, "gateway"],
    [{ group: [] }, "group"],
    [{ group: [{ id: 1, weight: 0 }] }, "group[0].weight"],
    [{ gateway: "10.0.0.9", buckets: 3 }, "buckets"],
    [{ group: [{ id: 1 }], type: "resilient", idleTimer: -1 }, "idleTimer"],
    [{ dev: "v0", encap: { type: "gre" } }, "encap.type"],
    [{ dev: "v0", encap: { type: "mpls", dst: "x" } }, "encap.dst"],
    [{ id: 3, nonsense: 1 }, "nonsense"],
  ];
  for (const [asked, path] of wrong) {
    expect(await failureOf(() => on.ns.nexthop.add(asked))).toMatchObject({
      code: "ERR_INVALID_ARG_VALUE",
      path,
    });
  }
});
