import { writeFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Addr, AddrFilter, AddrSettings } from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("addr");
const FOREVER = 4294967295;

beforeAll(async () => {
  // Without duplicate address detection no address changes by itself while it is compared.
  on.ns.run(() => writeFileSync("/proc/sys/net/ipv6/conf/default/accept_dad", "0"));
  await on.ns.link.set("lo", { up: true });
  await on.ns.link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1" } });
});

beforeEach(() => {
  for (const dev of ["v0", "v1"]) on.observer.ip(`addr flush dev ${dev}`);
});

/** `addr_info` of all links, or of one, each with its link. */
function seen(dev?: string): Json[] {
  return on.observer
    .ipJson(`addr show ${dev === undefined ? "" : `dev ${dev}`}`)
    .flatMap(({ ifindex, ifname, addrInfo }) =>
      addrInfo.map((info: Json) => ({ ifindex, dev: ifname, ...info })),
    );
}

/** The address as it was printed: iproute2 6.1 does not print who set it. */
function comparable({ protocol: _protocol, ...addr }: Addr): Json {
  return addr;
}

const keyOf = (addr: Json) => `${addr.ifindex} ${addr.family} ${addr.local} ${addr.prefixlen}`;
const sorted = <T extends Json>(addrs: T[]): T[] => addrs.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

const forever = { validLifeTime: FOREVER, preferredLifeTime: FOREVER };

const made: [name: string, asked: string | AddrSettings, printed: Json][] = [
  [
    "CIDR text",
    "10.0.0.1/24",
    { family: "inet", local: "10.0.0.1", prefixlen: 24, scope: "global", label: "v0", ...forever },
  ],
  [
    "an address alone",
    "10.0.0.1",
    { family: "inet", local: "10.0.0.1", prefixlen: 32, scope: "global", label: "v0", ...forever },
  ],
  [
    "prefix length apart",
    { local: "10.0.0.1", prefixlen: 9 },
    { family: "inet", local: "10.0.0.1", prefixlen: 9, scope: "global", label: "v0", ...forever },
  ],
  [
    "0.0.0.0 bits of prefix",
    { local: "10.0.0.1/0" },
    { family: "inet", local: "10.0.0.1", prefixlen: 0, scope: "global", label: "v0", ...forever },
  ],
  [
    "broadcast",
    { local: "10.0.0.1/24", broadcast: "10.0.0.77" },
    {
      family: "inet",
      local: "10.0.0.1",
      prefixlen: 24,
      broadcast: "10.0.0.77",
      scope: "global",
      label: "v0",
      ...forever,
    },
  ],
  [
    "broadcast +",
    { local: "10.0.0.1/21", broadcast: "+" },
    {
      family: "inet",
      local: "10.0.0.1",
      prefixlen: 21,
      broadcast: "10.0.7.255",
      scope: "global",
      label: "v0",
      ...forever,
    },
  ],
  [
    "broadcast -",
    { local: "10.0.5.1/21", broadcast: "-" },
    {
      family: "inet",
      local: "10.0.5.1",
      prefixlen: 21,
      broadcast: "10.0.0.0",
      scope: "global",
      label: "v0",
      ...forever,
    },
  ],
  [
    "broadcast + of two addresses",
    { local: "10.0.5.1/31", broadcast: "+" },
    { family: "inet", local: "10.0.5.1", prefixlen: 31, scope: "global", label: "v0", ...forever },
  ],
  [
    "peer",
    { local: "10.0.0.1", peer: "10.0.0.2/30", scope: "link" },
    {
      family: "inet",
      local: "10.0.0.1",
      address: "10.0.0.2",
      prefixlen: 30,
      scope: "link",
      label: "v0",
      ...forever,
    },
  ],
  [
    "peer with its prefix length apart",
    { local: "10.0.0.1", peer: "10.0.0.2", prefixlen: 29 },
    {
      family: "inet",
      local: "10.0.0.1",
      address: "10.0.0.2",
      prefixlen: 29,
      scope: "global",
      label: "v0",
      ...forever,
    },
  ],
  [
    "label and scope",
    { local: "10.0.0.1/24", label: "v0:web", scope: "host" },
    { family: "inet", local: "10.0.0.1", prefixlen: 24, scope: "host", label: "v0:web", ...forever },
  ],
  [
    "scope by number",
    { local: "10.0.0.1/24", scope: 33 },
    { family: "inet", local: "10.0.0.1", prefixlen: 24, scope: "33", label: "v0", ...forever },
  ],
  [
    "127.0.0.0/8 has host scope",
    "127.5.0.1/32",
    { family: "inet", local: "127.5.0.1", prefixlen: 32, scope: "host", label: "v0", ...forever },
  ],
  [
    "lifetimes, metric and flags",
    { local: "10.0.0.1/24", validLifeTime: 1000, preferredLifeTime: 500, metric: 77, noprefixroute: true },
    {
      family: "inet",
      local: "10.0.0.1",
      prefixlen: 24,
      metric: 77,
      scope: "global",
      dynamic: true,
      noprefixroute: true,
      label: "v0",
      validLifeTime: 1000,
      preferredLifeTime: 500,
    },
  ],
  [
    "a lifetime without a preferred one, IPv4",
    { local: "10.0.0.1/24", validLifeTime: 1000 },
    {
      family: "inet",
      local: "10.0.0.1",
      prefixlen: 24,
      scope: "global",
      dynamic: true,
      label: "v0",
      validLifeTime: 1000,
      preferredLifeTime: 1000,
    },
  ],
  [
    "forever",
    { local: "10.0.0.1/24", validLifeTime: "forever", preferredLifeTime: "forever" },
    { family: "inet", local: "10.0.0.1", prefixlen: 24, scope: "global", label: "v0", ...forever },
  ],
  [
    "multicast",
    { local: "239.1.1.1/32", autojoin: true },
    {
      family: "inet",
      local: "239.1.1.1",
      prefixlen: 32,
      scope: "global",
      autojoin: true,
      label: "v0",
      ...forever,
    },
  ],
  ["IPv6", "fd00::1/64", { family: "inet6", local: "fd00::1", prefixlen: 64, scope: "global", ...forever }],
  [
    "IPv6 alone",
    "fd00::1",
    { family: "inet6", local: "fd00::1", prefixlen: 128, scope: "global", ...forever },
  ],
  [
    "IPv6 with every flag",
    { local: "fd00::1/64", nodad: true, home: true, mngtmpaddr: true, noprefixroute: true, metric: 9 },
    {
      family: "inet6",
      local: "fd00::1",
      prefixlen: 64,
      metric: 9,
      scope: "global",
      nodad: true,
      home: true,
      mngtmpaddr: true,
      noprefixroute: true,
      ...forever,
    },
  ],
  [
    "IPv6 with a peer",
    { local: "fd00::1", peer: "fd00::2/64" },
    { family: "inet6", local: "fd00::1", address: "fd00::2", prefixlen: 64, scope: "global", ...forever },
  ],
  [
    "IPv6, deprecated",
    { local: "fd00::1/64", validLifeTime: 1000, preferredLifeTime: 0 },
    {
      family: "inet6",
      local: "fd00::1",
      prefixlen: 64,
      scope: "global",
      deprecated: true,
      dynamic: true,
      validLifeTime: 1000,
      preferredLifeTime: 0,
    },
  ],
];

/** Lifetimes run: a second may have passed. */
function expectLike(actual: Json, expected: Json): void {
  const { validLifeTime, preferredLifeTime, ...rest } = actual;
  const { validLifeTime: valid, preferredLifeTime: preferred, ...wanted } = expected;
  expect(rest).toEqual(wanted);
  expect(valid - validLifeTime).toBeOneOf([0, 1, 2]);
  expect(preferred - preferredLifeTime).toBeOneOf([0, 1, 2]);
}

describe("what the library sets is seen by ip", () => {
  test.each(made)("%s", async (_name, asked, printed) => {
    await on.ns.addr.add("v0", asked);
    const [addr, ...others] = seen("v0").filter((entry) => entry.scope !== "link" || entry.address);
    expect(others).toEqual([]);
    const { ifindex } = await on.ns.link.get("v0");
    expectLike(addr!, { ifindex, dev: "v0", ...printed });
    const [listed] = (await on.ns.addr.list({ dev: "v0" })).filter((entry) => entry.local === printed.local);
    expectLike(comparable(listed!), addr!);
  });

  test("by index, and an alternative name of the link", async () => {
    on.observer.ip("link property add dev v1 altname a-rather-long-name-of-v1");
    const { ifindex } = await on.ns.link.get("v1");
    await on.ns.addr.add(ifindex, "10.1.0.1/24");
    await on.ns.addr.add("a-rather-long-name-of-v1", { local: "10.1.0.2/24", label: "v1:two" });
    expect(seen("v1").map((addr) => [addr.local, addr.label])).toEqual([
      ["10.1.0.1", "v1"],
      ["10.1.0.2", "v1:two"],
    ]);
  });

  test("who set it", async () => {
    await on.ns.addr.add("v0", { local: "10.0.0.1/24", protocol: 77 });
    await on.ns.addr.add("v0", { local: "fd00::1/64", protocol: "kernel_ra" });
    const listed = await on.ns.addr.list({ dev: "v0", scope: "global" });
    expect(listed.map((addr) => addr.protocol)).toEqual(["77", "kernel_ra"]);
  });

  test.each(["10.0.0.1/24", "fd00::1/64"])(
    "replace and change: lifetimes and metric of %s",
    async (local) => {
      await on.ns.addr.replace("v0", { local, validLifeTime: 1000 });
      await on.ns.addr.replace("v0", { local, validLifeTime: 2000, preferredLifeTime: 1500, metric: 5 });
      const first = seen("v0").filter((addr) => addr.scope === "global");
      expect(first).toHaveLength(1);
      expectLike(first[0]!, { ...first[0], validLifeTime: 2000, preferredLifeTime: 1500, metric: 5 });
      await on.ns.addr.change("v0", { local, validLifeTime: "forever", metric: 6 });
      expect(seen("v0").filter((addr) => addr.scope === "global")).toEqual([
        expect.objectContaining({ ...forever, metric: 6 }),
      ]);
    },
  );

  test("delete: with the prefix length, without it, with a peer, IPv6", async () => {
    const set = (...commands: string[]) => {
      for (const command of commands) on.observer.ip(`addr add ${command} dev v0`);
    };
    const left = () =>
      seen("v0")
        .filter((addr) => !addr.local.startsWith("fe80"))
        .map((addr) => addr.local)
        .sort();
    set("10.0.0.1/24", "10.0.1.1/24", "10.0.2.1 peer 10.0.2.2/32", "fd00::1/64");
    await on.ns.addr.delete("v0", "10.0.0.1/24");
    expect(left()).toEqual(["10.0.1.1", "10.0.2.1", "fd00::1"]);
    await on.ns.addr.delete("v0", "10.0.1.1");
    expect(left()).toEqual(["10.0.2.1", "fd00::1"]);
    await on.ns.addr.delete("v0", { local: "10.0.2.1", peer: "10.0.2.2/32" });
    expect(left()).toEqual(["fd00::1"]);
    await on.ns.addr.delete("v0", { local: "fd00::1", prefixlen: 64 });
    expect(left()).toEqual([]);
  });
});

describe("what ip sets is listed by the library", () => {
  beforeEach(() => {
    for (const command of [
      "10.0.0.1/24 brd + dev v0",
      "10.0.0.2/24 dev v0 label v0:x",
      "10.1.0.1 peer 10.1.0.2/32 dev v0 scope link",
      "10.2.0.1/24 dev v0 valid_lft 100000 preferred_lft 50000 metric 77 noprefixroute",
      "239.1.1.1/32 dev v0 autojoin",
      "10.5.0.1/24 dev v1",
      "fd00::1/64 dev v0 nodad valid_lft 100000 preferred_lft 0",
      "fd00:1::1 peer fd00:1::2/64 dev v0 home nodad",
      "fd00:2::1/64 dev v0 mngtmpaddr",
      "fe80::7/64 dev v0",
      "fd00:3::1/64 dev v1 nodad",
    ]) {
      on.observer.ip(`addr add ${command}`);
    }
  });

  test("all of them, field by field", async () => {
    const printed = sorted(seen());
    const listed = sorted((await on.ns.addr.list()).map(comparable));
    expect(listed.map(keyOf)).toEqual(printed.map(keyOf));
    expect(printed.length).toBeGreaterThan(10);
    for (const [index, addr] of listed.entries()) expectLike(addr, printed[index]!);
  });

  /** The same question to both. */
  const filters: [question: string, filter: AddrFilter][] = [
    ["dev v0", { dev: "v0" }],
    ["dev v1", { dev: "v1" }],
    ["dev lo", { dev: 1 }],
    ["up", { up: true }],
    ["scope global", { scope: "global" }],
    ["scope link", { scope: "link" }],
    ["scope 254", { scope: 254 }],
    ["permanent", { permanent: true }],
    ["dynamic", { dynamic: true }],
    ["dynamic", { permanent: false }],
    ["secondary", { secondary: true }],
    ["primary", { primary: true }],
    ["deprecated", { deprecated: true }],
    ["-deprecated", { deprecated: false }],
    ["tentative", { tentative: true }],
    ["-tentative", { tentative: false }],
    ["nodad", { nodad: true }],
    ["home", { home: true }],
    ["mngtmpaddr", { mngtmpaddr: true }],
    ["noprefixroute", { noprefixroute: true }],
    ["autojoin", { autojoin: true }],
    ["label v0:*", { label: "v0:*" }],
    ["label v?", { label: "v?" }],
    ["label v0", { label: "v0" }],
    ["to 10.0.0.0/8", { to: "10.0.0.0/8" }],
    ["to 10.0.0.0/9", { to: "10.0.0.0/9" }],
    ["to 10.0.0.2", { to: "10.0.0.2" }],
    ["to fd00:2::/32", { to: "fd00:2::/32" }],
    ["dev v0 scope global dynamic", { dev: "v0", scope: "global", dynamic: true }],
  ];
  test.each(filters)("ip addr show %s", async (question, filter) => {
    const printed = seenBy(question);
    expect((await on.ns.addr.list(filter)).map(cidr).sort()).toEqual(printed.map(cidr).sort());
    if (!question.includes("tentative")) expect(printed.length).toBeGreaterThan(0);
  });

  test.each(["inet", "inet6"] as const)("family %s", async (family) => {
    const printed = seen().filter((addr) => addr.family === family);
    expect(sorted(await on.ns.addr.list({ family })).map(keyOf)).toEqual(sorted(printed).map(keyOf));
    const ofV0 = printed.filter((addr) => addr.dev === "v0");
    expect(sorted(await on.ns.addr.list({ family, dev: "v0" })).map(keyOf)).toEqual(sorted(ofV0).map(keyOf));
  });

  test("a link that is down", async () => {
    expect((await on.ns.addr.list({ up: false, family: "inet" })).map((addr) => addr.local)).toEqual([
      "10.5.0.1",
    ]);
  });

  test("an expired DAD: tentative", async () => {
    on.ns.run(() => writeFileSync("/proc/sys/net/ipv6/conf/v0/accept_dad", "1"));
    on.observer.ip("addr add fd00:9::1/64 dev v0");
    const tentative = await on.ns.addr.list({ tentative: true });
    on.ns.run(() => writeFileSync("/proc/sys/net/ipv6/conf/v0/accept_dad", "0"));
    expect(tentative.map((addr) => addr.local)).toEqual(["fd00:9::1"]);
  });

  test("flush: what ip would flush", async () => {
    await on.ns.addr.flush({ dev: "v0", to: "10.1.0.0/16" });
    expect(seen("v0").map((addr) => addr.local)).not.toContain("10.1.0.1");
    expect(seen("v0").map((addr) => addr.local)).toContain("10.0.0.1");
    await on.ns.addr.flush({ dev: "v0", family: "inet" });
    expect(seen("v0").filter((addr) => addr.family === "inet")).toEqual([]);
    expect(seen("v0").filter((addr) => addr.family === "inet6").length).toBeGreaterThan(3);
    await on.ns.addr.flush({ dev: "v0" });
    expect(seen("v0")).toEqual([]);
    expect(seen("v1")).toHaveLength(2);
  });

  test("flush of primary addresses leaves the ones that take their place", async () => {
    on.ns.run(() => writeFileSync("/proc/sys/net/ipv4/conf/v0/promote_secondaries", "1"));
    await on.ns.addr.flush({ dev: "v0", family: "inet", primary: true });
    on.ns.run(() => writeFileSync("/proc/sys/net/ipv4/conf/v0/promote_secondaries", "0"));
    expect(
      seen("v0")
        .filter((addr) => addr.family === "inet")
        .map((addr) => addr.local),
    ).toEqual(["10.0.0.2"]);
  });
});

const cidr = (addr: Json) => `${addr.local}/${addr.prefixlen}`;

/** `ip addr show` with a question; links without a matching address, and some others, are printed without a name. */
function seenBy(question: string): Json[] {
  return on.observer
    .ipJson(`addr show ${question}`)
    .flatMap(({ addrInfo = [] }) => addrInfo.filter((info: Json) => info.local));
}

describe("wrong input", () => {
  const bad = (path: string) => ({ code: "ERR_INVALID_ARG_VALUE", path });
  const cases: [name: string, attempt: () => Promise<unknown>, expected: Json][] = [
    ["no address", () => on.ns.addr.add("v0", "10.0.0"), bad("local")],
    ["an octet too large", () => on.ns.addr.add("v0", "10.0.0.256/24"), bad("local")],
    ["prefix length 33", () => on.ns.addr.add("v0", "10.0.0.1/33"), bad("local")],
    ["prefix length 129", () => on.ns.addr.add("v0", "fd00::1/129"), bad("local")],
    ["empty prefix length", () => on.ns.addr.add("v0", "10.0.0.1/"), bad("local")],
    ["netmask", () => on.ns.addr.add("v0", "10.0.0.1/255.0.0.0"), bad("local")],
    ["no text", () => on.ns.addr.add("v0", { local: 5 as never }), bad("local")],
    ["prefixlen 33", () => on.ns.addr.add("v0", { local: "10.0.0.1", prefixlen: 33 }), bad("prefixlen")],
    ["prefixlen twice", () => on.ns.addr.add("v0", { local: "10.0.0.1/8", prefixlen: 8 }), bad("prefixlen")],
    [
      "peer of another family",
      () => on.ns.addr.add("v0", { local: "10.0.0.1", peer: "fd00::1" }),
      bad("peer"),
    ],
    [
      "prefix length at the wrong end",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", peer: "10.0.0.2" }),
      bad("local"),
    ],
    ["broadcast", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", broadcast: "*" }), bad("broadcast")],
    [
      "broadcast of IPv6",
      () => on.ns.addr.add("v0", { local: "fd00::1/64", broadcast: "+" }),
      bad("broadcast"),
    ],
    [
      "broadcast in IPv6",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", broadcast: "fd00::1" }),
      bad("broadcast"),
    ],
    ["scope", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", scope: "universe" }), bad("scope")],
    ["scope number", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", scope: 256 }), bad("scope")],
    [
      "label of another link",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", label: "v1:x" }),
      bad("label"),
    ],
    [
      "label too long",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", label: "v0:3456789012345" }),
      bad("label"),
    ],
    ["label of IPv6", () => on.ns.addr.add("v0", { local: "fd00::1/64", label: "v0:x" }), bad("label")],
    [
      "valid for 0 s",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", validLifeTime: 0 }),
      bad("validLifeTime"),
    ],
    [
      "preferred longer than valid",
      () => on.ns.addr.add("v0", { local: "10.0.0.1/24", validLifeTime: 5, preferredLifeTime: 6 }),
      bad("preferredLifeTime"),
    ],
    ["nodad of IPv4", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", nodad: true }), bad("nodad")],
    [
      "flag that is no boolean",
      () => on.ns.addr.add("v0", { local: "fd00::1", nodad: 1 as never }),
      bad("nodad"),
    ],
    ["metric", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", metric: -1 }), bad("metric")],
    ["unknown field", () => on.ns.addr.add("v0", { local: "10.0.0.1/24", brd: "+" } as never), bad("brd")],
    [
      "unknown field of delete",
      () => on.ns.addr.delete("v0", { local: "10.0.0.1", x: 1 } as never),
      bad("x"),
    ],
    ["unknown interface", () => on.ns.addr.add("nope", "10.0.0.1/24"), { code: "ENODEV", path: "dev" }],
    ["unknown index", () => on.ns.addr.add(9999, "10.0.0.1/24"), { code: "ENODEV", path: "dev" }],
    ["unknown index, IPv6", () => on.ns.addr.add(9999, "fd00::1/64"), { code: "ENODEV", path: "dev" }],
    [
      "unknown index of delete",
      () => on.ns.addr.delete(9999, "10.0.0.1/24"),
      { code: "ENODEV", path: "dev" },
    ],
    ["index 0", () => on.ns.addr.add(0, "10.0.0.1/24"), bad("dev")],
    ["unspecified address", () => on.ns.addr.add("v0", "::/64"), { code: "EADDRNOTAVAIL", path: "local" }],
    [
      "address that is not there",
      () => on.ns.addr.delete("v0", "10.77.0.1/24"),
      { code: "EADDRNOTAVAIL", path: "local", kernelMessage: expect.stringMatching(/not found/) },
    ],
    ["list of an unknown interface", () => on.ns.addr.list({ dev: "nope" }), { code: "ENODEV", path: "dev" }],
    ["list of a bad prefix", () => on.ns.addr.list({ to: "10.0.0.0/40" }), bad("to")],
    ["list of an unknown family", () => on.ns.addr.list({ family: "ipx" as never }), bad("family")],
    ["list by an unknown field", () => on.ns.addr.list({ device: "v0" } as never), bad("device")],
    ["flush of everything", () => on.ns.addr.flush({}), bad("filter")],
  ];
  test.each(cases)("%s", async (_name, attempt, expected) => {
    const before = seen();
    expect(await failureOf(attempt)).toMatchObject(expected);
    expect(seen()).toEqual(before);
  });

  test.each(["10.0.0.1/24", "fd00::1/64"])("duplicate of %s", async (local) => {
    await on.ns.addr.add("v0", local);
    const error = await failureOf(() => on.ns.addr.add("v0", local));
    expect(error).toMatchObject({ code: "EEXIST", path: "local", asked: { dev: "v0", local } });
    expect(error.message).toMatch(/already assigned at local; replace changes/i);
  });

  test("a request that was aborted", async () => {
    const signal = AbortSignal.abort();
    expect(await failureOf(() => on.ns.addr.add("v0", "10.0.0.1/24", { signal }))).toBe(signal.reason);
    expect(await failureOf(() => on.ns.addr.list({}, { signal }))).toBe(signal.reason);
  });
});
