import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { NeighAdd, NeighFilter } from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const here = stage("neigh");
const { observer } = here;
const lladdr = "02:00:5e:10:00:01";

beforeAll(async () => {
  await here.ns.link.add({ ifname: "br0", kind: "bridge", up: true });
  await here.ns.link.add({
    ifname: "n0",
    kind: "veth",
    up: true,
    master: "br0",
    peer: { ifname: "n1", up: true },
  });
  // Without any address the kernel takes every neighbour for a broadcast address.
  observer.ip("addr add 10.9.255.1/16 dev n1");
  observer.ip("addr add fd09::1/64 dev n1 nodad");
});

beforeEach(() => {
  // `ip neigh flush` leaves some states alone.
  for (const { dst } of printed("dev n1 nud all")) observer.ip(`neigh del ${dst} dev n1`);
  for (const { dst } of printed("proxy")) observer.ip(`neigh del proxy ${dst} dev n1`);
});

/** What `ip neigh show` prints; what is `null` there is `true` in the library. */
function printed(filter = ""): Json[] {
  return observer
    .ipJson(`-s neigh show ${filter}`)
    .map((entry) =>
      Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, value === null ? true : value])),
    );
}

const counters = new Set(["used", "confirmed", "updated", "probes", "refcnt"]);
const withoutCounters = (entry: Json | undefined) =>
  entry && Object.fromEntries(Object.entries(entry).filter(([key]) => !counters.has(key)));

/** `ip` leaves the device out when it was asked for one. */
const seen = (dst: string, filter = "nud all") =>
  withoutCounters(printed(filter).find((entry) => entry.dst === dst && entry.dev === "n1"));

describe("what the library makes is seen by ip", () => {
  const made: [string, NeighAdd, Json, string?][] = [
    ["permanent by default", { dst: "10.9.0.2", lladdr }, { lladdr, state: ["PERMANENT"] }],
    ["IPv6", { dst: "fd09::2", lladdr }, { lladdr, state: ["PERMANENT"] }],
    ["reachable", { dst: "10.9.0.3", lladdr, state: "reachable" }, { lladdr, state: ["REACHABLE"] }],
    ["stale", { dst: "10.9.0.3", lladdr, state: "stale" }, { lladdr, state: ["STALE"] }],
    ["noarp", { dst: "10.9.0.3", lladdr, state: "noarp" }, { lladdr, state: ["NOARP"] }],
    ["none", { dst: "10.9.0.3", state: "none" }, {}],
    [
      "an IPv6 router",
      { dst: "fd09::3", lladdr, state: "stale", router: true },
      { lladdr, state: ["STALE"], router: true },
    ],
    [
      "of a control plane",
      { dst: "10.9.0.4", lladdr, state: "noarp", externLearn: true, protocol: "zebra" },
      { lladdr, state: ["NOARP"], externLearn: true, protocol: "zebra" },
    ],
    [
      "of a protocol without a name",
      { dst: "10.9.0.4", lladdr, protocol: 200 },
      { lladdr, state: ["PERMANENT"], protocol: "200" },
    ],
    ["used at once", { dst: "10.9.0.5", use: true }, { state: ["INCOMPLETE"] }],
    ["managed", { dst: "10.9.0.6", managed: true }, { state: ["INCOMPLETE"], managed: true }],
    ["a proxy", { dst: "10.9.0.7", proxy: true }, { proxy: true }, "proxy"],
    ["an IPv6 proxy", { dst: "fd09::7", proxy: true, router: true }, { proxy: true, router: true }, "proxy"],
  ];
  test.each(made)("%s", async (_, neigh, expected, filter) => {
    await here.ns.neigh.add("n1", neigh);
    expect(seen(neigh.dst, filter)).toEqual({ dst: neigh.dst, dev: "n1", ...expected });
    const got = await here.ns.neigh.get("n1", { dst: neigh.dst, proxy: neigh.proxy });
    expect(withoutCounters(got)).toEqual({ dst: neigh.dst, dev: "n1", ...expected });
  });

  test("one that a control plane vouches for", async () => {
    const neigh: NeighAdd = { dst: "10.9.0.8", lladdr, state: "stale", externLearn: true, externValid: true };
    await here.ns.neigh.add("n1", neigh);
    expect(await here.ns.neigh.get("n1", { dst: neigh.dst })).toMatchObject({
      externLearn: true,
      externValid: true,
    });
    expect(observer.ip("neigh show 10.9.0.8")).toContain("extern_learn");
  });
});

describe("verbs", () => {
  const dst = "10.9.1.1";
  const other = "02:00:5e:10:00:02";

  test("replace makes an entry, and changes it", async () => {
    await here.ns.neigh.replace("n1", { dst, lladdr });
    expect(seen(dst)).toMatchObject({ lladdr, state: ["PERMANENT"] });
    await here.ns.neigh.replace("n1", { dst, lladdr: other, state: "stale" });
    expect(seen(dst)).toMatchObject({ lladdr: other, state: ["STALE"] });
  });

  test("change changes one that is there, its address only where one is given", async () => {
    await here.ns.neigh.add("n1", { dst, lladdr, state: "stale" });
    await here.ns.neigh.change("n1", { dst, state: "permanent" });
    expect(seen(dst)).toMatchObject({ lladdr, state: ["PERMANENT"] });
    await here.ns.neigh.change("n1", { dst, lladdr: other });
    expect(seen(dst)).toMatchObject({ lladdr: other });
  });

  test("delete takes away the neighbour, or the proxy", async () => {
    const index = (await here.ns.link.get("n1")).ifindex;
    await here.ns.neigh.add(index, { dst, lladdr });
    await here.ns.neigh.add(index, { dst, proxy: true });
    await here.ns.neigh.delete(index, { dst });
    expect([seen(dst), seen(dst, "proxy")]).toEqual([undefined, expect.anything()]);
    await here.ns.neigh.delete("n1", { dst, proxy: true });
    expect(seen(dst, "proxy")).toBeUndefined();
  });
});

describe("what ip makes is listed", () => {
  beforeEach(async () => {
    for (const entry of [
      `10.9.2.1 lladdr ${lladdr}`,
      `10.9.2.2 lladdr ${lladdr} nud reachable protocol static`,
      `10.9.2.3 lladdr ${lladdr} nud stale`,
      `10.9.2.4 lladdr ${lladdr} nud noarp`,
      `10.9.2.5 lladdr ${lladdr} nud noarp extern_learn protocol bgp`,
      "10.9.3.1 nud none",
      "10.9.3.2 managed",
      `fd09::21 lladdr ${lladdr} nud stale router`,
      `fd09::22 lladdr ${lladdr} protocol 77`,
    ]) {
      observer.ip(`neigh add ${entry} dev n1`);
    }
    observer.ip("neigh add proxy 10.9.3.9 dev n1");
    observer.ip("neigh add proxy fd09::39 dev n1");
    observer.ip(`neigh replace 10.9.2.9 lladdr ${lladdr} dev n0`);
  });

  const listings: [string, NeighFilter, string][] = [
    ["without a filter", {}, ""],
    ["in any state", { state: "all" }, "nud all"],
    ["in one state", { state: "stale" }, "nud stale"],
    ["in some states", { state: ["stale", "permanent"], dev: "n1" }, "dev n1 nud stale nud permanent"],
    ["of a device", { dev: "n0" }, "dev n0"],
    ["on members of a bridge", { master: "br0" }, "master br0"],
    ["in a prefix", { to: "10.9.2.0/24" }, "to 10.9.2.0/24"],
    ["in a prefix that ends within a byte", { to: "10.9.2.2/31" }, "to 10.9.2.2/31"],
    ["of one address", { to: "fd09::21" }, "to fd09::21"],
    ["unused", { unused: true, state: "all" }, "unused nud all"],
    ["of proxies", { proxy: true }, "proxy"],
    ["of a device's proxies", { proxy: true, dev: "n1" }, "proxy dev n1"],
  ];
  test.each(listings)("as ip prints it, statistics too: %s", async (_, filter, command) => {
    const quirk = filter.state === undefined || filter.state === "all";
    // The clock may move on between the two.
    await vi.waitFor(async () => {
      const shown = printed(command)
        // With `nud` ip prints a control plane's entries whatever their state is.
        .filter((entry) => quirk || !entry.externLearn)
        .map((entry) => ({ ...(filter.dev !== undefined && { dev: filter.dev }), ...entry }));
      expect(shown).not.toEqual([]);
      expect(await here.ns.neigh.list(filter, { stats: true })).toEqual(shown);
    });
  });

  test("of a family", async () => {
    for (const [family, flag] of [
      ["inet", "-4"],
      ["inet6", "-6"],
    ] as const) {
      const shown = observer.ipJson(`${flag} neigh show`).map(({ dst }) => dst);
      expect(shown).not.toEqual([]);
      expect((await here.ns.neigh.list({ family })).map(({ dst }) => dst)).toEqual(shown);
    }
  });

  test("with statistics only where they are asked for", async () => {
    const [plain] = await here.ns.neigh.list({ to: "10.9.2.3" });
    const [full] = await here.ns.neigh.list({ to: "10.9.2.3" }, { stats: true });
    expect(plain).toEqual({ dst: "10.9.2.3", dev: "n1", lladdr, state: ["STALE"] });
    expect(full).toMatchObject({
      used: expect.any(Number),
      confirmed: expect.any(Number),
      updated: expect.any(Number),
    });
  });
});

describe("flush", () => {
  beforeEach(async () => {
    await here.ns.neigh.add("n1", { dst: "10.9.4.1", lladdr });
    await here.ns.neigh.add("n1", { dst: "10.9.4.2", lladdr, state: "stale" });
    await here.ns.neigh.add("n1", { dst: "10.9.4.3", lladdr, state: "noarp" });
    await here.ns.neigh.add("n1", { dst: "fd09::42", lladdr, state: "reachable" });
    await here.ns.neigh.add("n1", { dst: "10.9.4.9", proxy: true });
  });
  const ours = (filter = "nud all") =>
    printed(filter)
      .map(({ dst }) => dst as string)
      .filter((dst) => /^10\.9\.4\.|^fd09::4/.test(dst))
      .sort();

  const cases: [string, NeighFilter, string[]][] = [
    ["leaves permanent and noarp", { dev: "n1" }, ["10.9.4.1", "10.9.4.3"]],
    ["deletes in any state", { dev: "n1", state: "all" }, []],
    ["deletes in one state", { state: "permanent" }, ["10.9.4.2", "10.9.4.3", "fd09::42"]],
    ["deletes a family's", { family: "inet6" }, ["10.9.4.1", "10.9.4.2", "10.9.4.3"]],
    ["deletes in a prefix", { to: "10.9.4.2/31", state: "all" }, ["10.9.4.1", "fd09::42"]],
  ];
  test.each(cases)("%s", async (_, filter, left) => {
    await here.ns.neigh.flush(filter);
    expect(ours()).toEqual(left);
    expect(ours("proxy")).toEqual(["10.9.4.9"]);
  });

  test("deletes proxies", async () => {
    await here.ns.neigh.flush({ proxy: true });
    expect(ours("proxy")).toEqual([]);
    expect(ours()).toHaveLength(4);
  });

  test("needs a filter", async () => {
    const error = await failureOf(() => here.ns.neigh.flush({}));
    expect(error).toMatchObject({
      name: "InputError",
      path: "filter",
      expected: expect.stringContaining("dev, family"),
    });
    expect(ours()).toHaveLength(4);
  });
});

describe("wrong input", () => {
  const dst = "10.9.5.1";
  const refused: [string, object, string, RegExp][] = [
    ["no address", { lladdr }, "dst", /an IP address/],
    ["an address that is none", { dst: "10.9.5", lladdr }, "dst", /an IP address/],
    ["a prefix", { dst: "10.9.5.0/24", lladdr }, "dst", /without a prefix length/],
    ["no hardware address", { dst }, "lladdr", /hardware address .*permanent/],
    ["a hardware address that is none", { dst, lladdr: "02:00" }, "lladdr", /6 bytes/],
    ["one that is too long", { dst, lladdr: `${lladdr}:02` }, "lladdr", /6 bytes/],
    ["a state that is none", { dst, lladdr, state: "PERMANENT" }, "state", /one of none, /],
    ["a flag that is no boolean", { dst, lladdr, router: 1 }, "router", /a boolean/],
    ["a protocol without that name", { dst, lladdr, protocol: "mine" }, "protocol", /static/],
    ["a protocol out of range", { dst, lladdr, protocol: 256 }, "protocol", /255/],
    ["a field there is not", { dst, lladdr, mac: lladdr }, "mac", /a field of/],
  ];
  test.each(refused)("%s is refused with its field", async (_, neigh, path, expected) => {
    const error = await failureOf(() => here.ns.neigh.add("n1", neigh as NeighAdd));
    expect(error).toMatchObject({ name: "InputError", path, expected: expect.stringMatching(expected) });
    expect(seen(dst)).toBeUndefined();
  });

  const filters: [string, object, string][] = [
    ["a state", { state: "up" }, "state"],
    ["a prefix", { to: "10.9.0.0/33" }, "to"],
    ["a family", { family: "bridge" }, "family"],
    ["a word", { lladdr }, "lladdr"],
  ];
  test.each(filters)("a filter with %s that is none", async (_, filter, path) => {
    const error = await failureOf(() => here.ns.neigh.list(filter as NeighFilter));
    expect(error).toMatchObject({ name: "InputError", path });
  });

  test("a deletion of more than it says", async () => {
    await here.ns.neigh.add("n1", { dst, lladdr });
    const key = { dst, prox: true } as { dst: string };
    const error = await failureOf(() => here.ns.neigh.delete("n1", key));
    expect(error).toMatchObject({ name: "InputError", path: "prox", expected: "one of dst, proxy" });
    expect(seen(dst)).toBeDefined();
  });

  test("a link that is not there", async () => {
    const attempts = [
      () => here.ns.neigh.add("nope", { dst, lladdr }),
      () => here.ns.neigh.add(4711, { dst, lladdr }),
      () => here.ns.neigh.delete("nope", { dst }),
      () => here.ns.neigh.delete(4711, { dst }),
      () => here.ns.neigh.get("nope", { dst }),
      () => here.ns.neigh.list({ dev: 4711 }),
      () => here.ns.neigh.flush({ dev: "nope" }),
    ];
    for (const attempt of attempts) {
      expect(await failureOf(attempt)).toMatchObject({ name: "KernelError", code: "ENODEV", path: "dev" });
    }
    const master = await failureOf(() => here.ns.neigh.list({ master: "nope" }));
    expect(master).toMatchObject({ code: "ENODEV", path: "master" });
  });

  test("an entry that is there already, or is not", async () => {
    await here.ns.neigh.add("n1", { dst, lladdr });
    const twice = await failureOf(() => here.ns.neigh.add("n1", { dst, lladdr }));
    expect(twice).toMatchObject({
      name: "KernelError",
      code: "EEXIST",
      path: "dst",
      asked: { dev: "n1", dst },
    });
    expect(twice.message).toMatch(/replace\(\)/);
    for (const attempt of [
      () => here.ns.neigh.change("n1", { dst: "10.9.5.2", lladdr }),
      () => here.ns.neigh.delete("n1", { dst: "10.9.5.2" }),
      () => here.ns.neigh.get("n1", { dst: "10.9.5.2" }),
    ]) {
      const error = await failureOf(attempt);
      expect(error).toMatchObject({ code: "ENOENT", path: "dst" });
      expect(error.message).toMatch(/"n1" has no neighbour "10.9.5.2"/);
    }
  });
});
