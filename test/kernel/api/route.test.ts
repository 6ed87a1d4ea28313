import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import {
  Netns,
  type Route,
  type RouteFilter,
  type RouteQuery,
  type RouteSettings,
} from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("route");

beforeAll(async () => {
  await on.ns.link.set("lo", { up: true });
  for (const dev of ["v0", "w0"]) {
    await on.ns.link.add({ ifname: dev, kind: "veth", up: true, peer: { ifname: `${dev}p`, up: true } });
  }
  await on.ns.link.add({ ifname: "down0", kind: "veth", peer: { ifname: "down1" } });
  await on.ns.addr.add("v0", "10.0.0.1/24");
  await on.ns.addr.add("w0", "10.1.0.1/24");
  await on.ns.addr.add("v0", { local: "fd00::1/64", nodad: true });
});

beforeEach(() => {
  for (const family of ["-4", "-6"]) {
    for (const protocol of ["boot", "static", "77"]) {
      on.observer.ip(`${family} route flush table all proto ${protocol}`);
    }
  }
});

/**
 * What `ip -j -d route show` prints, as the library has it: metrics in one object, no nexthop object inside. Where it
 * lists one table it leaves that out.
 */
function seen(question = "", family: "inet" | "inet6" = "inet"): Json[] {
  const option = family === "inet" ? "-4" : "-6";
  return on.observer
    .ipJson(`${option} route show ${question}`)
    .map((route) => asListed({ table: tableIn(question), ...route }, family));
}

const tableIn = (question: string) => /\btable (\w+)/.exec(question)?.[1] ?? "main";

function asListed(route: Json, family: "inet" | "inet6"): Json {
  const { metrics, nhInfo: _nhInfo, ...rest } = route;
  if (metrics === undefined) return { family, ...rest };
  const { ecn, ...numbers } = metrics[0];
  return { family, ...rest, metrics: ecn === undefined ? numbers : { ...numbers, features: ["ecn"] } };
}

/** The route as `ip -j` can print it: it leaves locks out. Seconds run. */
function comparable(route: Route | Json): Json {
  const { metrics, expires, ...rest } = route as Json;
  const { lock: _lock, ...numbers } = metrics ?? {};
  return {
    ...rest,
    ...(metrics && { metrics: numbers }),
    ...(expires !== undefined && { expires: Math.round(expires / 10) }),
  };
}

/** Fields that every unicast route has, unless it says otherwise. */
const inet = { family: "inet", type: "unicast", table: "main", protocol: "boot", scope: "global", flags: [] };
const inet6 = { ...inet, family: "inet6", metric: 1024, pref: "medium" };

const metrics = {
  mtu: 1400,
  window: 1000,
  rtt: 100,
  rttvar: 50,
  ssthresh: 13,
  cwnd: 7,
  advmss: 1000,
  reordering: 9,
  hoplimit: 33,
  initcwnd: 10,
  features: ["ecn"],
  rtoMin: 5000,
  initrwnd: 11,
  quickack: 1,
  congestion: "reno",
  fastopenNoCookie: 1,
};

const made: [name: string, asked: RouteSettings, printed: Json][] = [
  [
    "by a gateway",
    { dst: "10.9.0.0/16", gateway: "10.0.0.9" },
    { ...inet, dst: "10.9.0.0/16", gateway: "10.0.0.9", dev: "v0" },
  ],
  ["by a link", { dst: "10.9.0.0/16", dev: "v0" }, { ...inet, dst: "10.9.0.0/16", dev: "v0", scope: "link" }],
  ["to an address", { dst: "10.9.0.1", dev: "v0" }, { ...inet, dst: "10.9.0.1", dev: "v0", scope: "link" }],
  [
    "default",
    { dst: "default", gateway: "10.0.0.9" },
    { ...inet, dst: "default", gateway: "10.0.0.9", dev: "v0" },
  ],
  ["0.0.0.0/0", { dst: "0.0.0.0/0", dev: "v0" }, { ...inet, dst: "default", dev: "v0", scope: "link" }],
  [
    "default of IPv6",
    { dst: "default", family: "inet6", dev: "v0" },
    { ...inet6, dst: "default", dev: "v0" },
  ],
  [
    "default by a link-local gateway",
    { dst: "default", gateway: "fe80::9", dev: "v0" },
    { ...inet6, dst: "default", gateway: "fe80::9", dev: "v0" },
  ],
  ["::/0", { dst: "::/0", dev: "v0" }, { ...inet6, dst: "default", dev: "v0" }],
  [
    "everything at once",
    {
      dst: "10.9.0.0/16",
      dev: "v0",
      gateway: "10.0.0.9",
      table: 1000,
      protocol: "static",
      scope: "site",
      prefsrc: "10.0.0.1",
      metric: 33,
      tos: 0x10,
      flow: { from: 3, to: "4" },
      flags: ["onlink"],
    },
    {
      ...inet,
      dst: "10.9.0.0/16",
      tos: "0x10",
      gateway: "10.0.0.9",
      dev: "v0",
      table: "1000",
      protocol: "static",
      scope: "site",
      prefsrc: "10.0.0.1",
      metric: 33,
      flags: ["onlink"],
      flow: { from: "3", to: "4" },
    },
  ],
  [
    "table and protocol by number, scope by number, realm by name",
    { dst: "10.9.0.0/16", dev: "v0", table: "100", protocol: "77", scope: 42, tos: "0x08", flow: { to: 9 } },
    {
      ...inet,
      dst: "10.9.0.0/16",
      tos: "0x08",
      dev: "v0",
      table: "100",
      protocol: "77",
      scope: "42",
      flow: { to: "9" },
    },
  ],
  [
    "onlink",
    { dst: "10.9.0.0/16", gateway: "192.0.2.1", dev: "v0", flags: ["onlink"] },
    { ...inet, dst: "10.9.0.0/16", gateway: "192.0.2.1", dev: "v0", flags: ["onlink"] },
  ],
  [
    "via a gateway of IPv6",
    { dst: "10.9.0.0/16", via: { family: "inet6", host: "fe80::9" }, dev: "v0" },
    { ...inet, dst: "10.9.0.0/16", via: { family: "inet6", host: "fe80::9" }, dev: "v0" },
  ],
  [
    "via its own family is a gateway",
    { dst: "10.9.0.0/16", via: { family: "inet", host: "10.0.0.9" } },
    { ...inet, dst: "10.9.0.0/16", gateway: "10.0.0.9", dev: "v0" },
  ],
  [
    "default via IPv6 is a route of IPv6",
    { dst: "default", via: { family: "inet6", host: "fe80::9" }, dev: "v0" },
    { ...inet6, dst: "default", gateway: "fe80::9", dev: "v0" },
  ],
  [
    "metrics",
    {
      dst: "10.9.0.0/16",
      dev: "v0",
      metrics: { ...metrics, lock: ["mtu", "cwnd", "congestion"] },
    },
    {
      ...inet,
      dst: "10.9.0.0/16",
      dev: "v0",
      scope: "link",
      metrics,
    },
  ],
  [
    "blackhole",
    { dst: "10.9.0.0/16", type: "blackhole" },
    { ...inet, type: "blackhole", dst: "10.9.0.0/16" },
  ],
  [
    "unreachable",
    { dst: "10.9.0.0/16", type: "unreachable", metric: 5 },
    { ...inet, type: "unreachable", dst: "10.9.0.0/16", metric: 5 },
  ],
  [
    "prohibit in a table of its own",
    { dst: "10.9.0.0/16", type: "prohibit", table: 4294967294 },
    { ...inet, type: "prohibit", dst: "10.9.0.0/16", table: "4294967294" },
  ],
  ["throw", { dst: "default", type: "throw" }, { ...inet, type: "throw", dst: "default" }],
  [
    "local",
    { dst: "10.9.0.1", type: "local", dev: "v0" },
    { ...inet, type: "local", dst: "10.9.0.1", dev: "v0", table: "local", scope: "host" },
  ],
  [
    "broadcast",
    { dst: "10.9.0.1", type: "broadcast", dev: "v0" },
    { ...inet, type: "broadcast", dst: "10.9.0.1", dev: "v0", table: "local", scope: "link" },
  ],
  [
    "multipath",
    {
      dst: "10.9.0.0/16",
      nexthops: [
        { gateway: "10.0.0.9", weight: 3 },
        { dev: "w0", weight: 256 },
        { gateway: "192.0.2.1", dev: "v0", flags: ["onlink"], flow: { from: 1, to: 2 } },
        { via: { family: "inet6", host: "fe80::9" }, dev: "w0" },
      ],
    },
    {
      ...inet,
      dst: "10.9.0.0/16",
      nexthops: [
        { gateway: "10.0.0.9", dev: "v0", weight: 3, flags: [] },
        { dev: "w0", weight: 256, flags: [] },
        { gateway: "192.0.2.1", dev: "v0", weight: 1, flags: ["onlink"], flow: { from: "1", to: "2" } },
        { via: { family: "inet6", host: "fe80::9" }, dev: "w0", weight: 1, flags: [] },
      ],
    },
  ],
  [
    "multipath of IPv6",
    {
      dst: "fd09::/64",
      nexthops: [
        { gateway: "fe80::9", dev: "v0", weight: 2 },
        { gateway: "fe80::8", dev: "w0" },
      ],
    },
    {
      ...inet6,
      dst: "fd09::/64",
      nexthops: [
        { gateway: "fe80::9", dev: "v0", weight: 2, flags: [] },
        { gateway: "fe80::8", dev: "w0", weight: 1, flags: [] },
      ],
    },
  ],
  [
    "IPv6 with everything at once",
    {
      dst: "fd09::/64",
      from: "fd08::/48",
      gateway: "fe80::9",
      dev: "v0",
      table: 100,
      protocol: "static",
      prefsrc: "fd00::1",
      metric: 7,
      pref: "high",
      expires: 1000,
      metrics: { mtu: 1300, lock: ["mtu"] },
    },
    {
      ...inet6,
      dst: "fd09::/64",
      from: "fd08::/48",
      gateway: "fe80::9",
      dev: "v0",
      table: "100",
      protocol: "static",
      prefsrc: "fd00::1",
      metric: 7,
      expires: 1000,
      metrics: { mtu: 1300 },
      pref: "high",
    },
  ],
  [
    "to an address of IPv6, by the gateway's address alone",
    { dst: "fd09::1", gateway: "fd00::9", pref: "low" },
    { ...inet6, dst: "fd09::1", gateway: "fd00::9", dev: "v0", pref: "low" },
  ],
  [
    "blackhole of IPv6",
    { dst: "fd09::/64", type: "blackhole" },
    { ...inet6, type: "blackhole", dst: "fd09::/64", dev: "lo" },
  ],
];

const own = (routes: Json[]) =>
  routes.filter((route) => route.protocol !== "kernel" && route.protocol !== "ra");

describe("what the library makes is seen by ip", () => {
  test.each(made)("%s", async (_name, asked, printed) => {
    await on.ns.route.add(asked);
    const routes = [...own(seen("table all")), ...own(seen("table all", "inet6"))];
    expect(routes.map(comparable)).toEqual([comparable(printed)]);
    const listed = own(await on.ns.route.list({ table: "all" }));
    expect(listed.map(comparable)).toEqual([comparable(printed)]);
    await on.ns.route.delete(asked);
    expect(own(await on.ns.route.list({ table: "all" }))).toEqual([]);
    expect(own(seen("table all"))).toEqual([]);
  });

  test("locked metrics, which ip prints only as text", async () => {
    await on.ns.route.add({
      dst: "10.9.0.0/16",
      dev: "v0",
      metrics: { mtu: 1400, advmss: 1000, rtoMin: 250, congestion: "reno", lock: ["mtu", "congestion"] },
    });
    const text = on.observer.ip("route show 10.9.0.0/16");
    expect(text).toContain("mtu lock 1400 advmss 1000 rto_min lock 250ms congctl lock reno");
    const [route] = await on.ns.route.list({ dst: "10.9.0.0/16" });
    expect(route!.metrics!.lock).toEqual(["mtu", "rtoMin", "congestion"]);
  });

  test("by a nexthop object", async () => {
    on.observer.ip("nexthop add id 5 via 10.0.0.9 dev v0");
    onTestFinished(() => void on.observer.ip("nexthop del id 5"));
    await on.ns.route.add({ dst: "10.9.0.0/16", nhid: 5 });
    expect(own(seen())).toEqual([{ ...inet, dst: "10.9.0.0/16", nhid: 5, gateway: "10.0.0.9", dev: "v0" }]);
    expect(own(await on.ns.route.list())).toEqual(own(seen()));
    await on.ns.route.delete({ dst: "10.9.0.0/16", nhid: 5 });
    await on.ns.route.add({ dst: "10.9.0.0/16", nhid: 5 });
    await on.ns.route.flush({ dst: "10.9.0.0/16" });
    expect(own(seen())).toEqual([]);
  });

  test("links by index", async () => {
    const { ifindex } = await on.ns.link.get("w0");
    await on.ns.route.add({ dst: "10.9.0.0/16", dev: ifindex });
    await on.ns.route.add({ dst: "10.8.0.0/16", nexthops: [{ dev: ifindex }, { dev: "v0" }] });
    expect(own(seen()).map((route) => route.dev ?? route.nexthops.map((hop: Json) => hop.dev))).toEqual([
      ["w0", "v0"],
      "w0",
    ]);
  });
});

describe("add, append, prepend, replace, change, delete", () => {
  const dst = "10.9.0.0/16";
  const gateways = () => seen(`exact ${dst}`).map((route) => route.gateway);

  test("append and prepend: the order of routes with one destination", async () => {
    await on.ns.route.add({ dst, gateway: "10.0.0.5" });
    await on.ns.route.append({ dst, gateway: "10.0.0.6" });
    await on.ns.route.prepend({ dst, gateway: "10.0.0.4" });
    expect(gateways()).toEqual(["10.0.0.4", "10.0.0.5", "10.0.0.6"]);
    expect((await on.ns.route.list({ dst })).map((route) => route.gateway)).toEqual(gateways());
    await on.ns.route.delete({ dst, gateway: "10.0.0.5" });
    expect(gateways()).toEqual(["10.0.0.4", "10.0.0.6"]);
    await on.ns.route.delete({ dst });
    expect(gateways()).toEqual(["10.0.0.6"]);
  });

  test("replace makes a route and changes it", async () => {
    await on.ns.route.replace({ dst, gateway: "10.0.0.5" });
    await on.ns.route.replace({ dst, gateway: "10.0.0.6", metrics: { mtu: 1300 } });
    expect(seen(`exact ${dst}`)).toEqual([
      { ...inet, dst, gateway: "10.0.0.6", dev: "v0", metrics: { mtu: 1300 } },
    ]);
    await on.ns.route.replace({ dst, gateway: "10.0.0.7", metric: 5 });
    expect(gateways()).toEqual(["10.0.0.6", "10.0.0.7"]);
  });

  test("change wants a route that is there", async () => {
    const error = await failureOf(() => on.ns.route.change({ dst, gateway: "10.0.0.5" }));
    expect(error).toMatchObject({ code: "ENOENT", path: "dst" });
    await on.ns.route.add({ dst, gateway: "10.0.0.5" });
    await on.ns.route.change({ dst, gateway: "10.0.0.6" });
    expect(gateways()).toEqual(["10.0.0.6"]);
  });

  test("IPv6: append adds a next hop, delete with a gateway takes one", async () => {
    const route = { dst: "fd09::/64", dev: "v0" };
    await on.ns.route.add({ ...route, gateway: "fe80::5" });
    await on.ns.route.append({ ...route, gateway: "fe80::6" });
    const hops = () => seen("fd09::/64", "inet6")[0]!.nexthops?.map((hop: Json) => hop.gateway);
    expect(hops()).toEqual(["fe80::5", "fe80::6"]);
    await on.ns.route.delete({ ...route, gateway: "fe80::5" });
    expect(seen("fd09::/64", "inet6")[0]).toMatchObject({ gateway: "fe80::6" });
  });

  test("delete: only the route that has all that is given", async () => {
    await on.ns.route.add({ dst, gateway: "10.0.0.5", protocol: "static", metric: 1 });
    await on.ns.route.add({ dst, gateway: "10.0.0.6", metric: 2 });
    const gone = { code: "ESRCH", path: "dst" };
    expect(await failureOf(() => on.ns.route.delete({ dst, metric: 3 }))).toMatchObject(gone);
    expect(await failureOf(() => on.ns.route.delete({ dst, protocol: "bird" }))).toMatchObject(gone);
    expect(await failureOf(() => on.ns.route.delete({ dst, dev: "w0" }))).toMatchObject(gone);
    expect(await failureOf(() => on.ns.route.delete({ dst, table: 5 }))).toMatchObject({ path: "table" });
    await on.ns.route.delete({ dst, protocol: "boot" });
    expect(gateways()).toEqual(["10.0.0.5"]);
    await on.ns.route.delete({ dst, type: "unicast", scope: "global" });
    expect(gateways()).toEqual([]);
  });
});

describe("what ip makes is listed by the library", () => {
  const routes = [
    "10.10.0.0/16 via 10.0.0.9",
    "10.10.0.0/24 via 10.0.0.9 proto static",
    "10.10.0.0/16 dev w0 metric 50 src 10.1.0.1",
    "10.11.0.0/16 nexthop via 10.0.0.9 weight 3 nexthop dev w0 nexthop via 192.0.2.1 dev v0 onlink",
    "10.12.0.0/16 via inet6 fe80::1 dev v0",
    "blackhole 10.13.0.0/16 metric 5",
    "unreachable 10.14.0.0/16",
    "prohibit 10.15.0.0/16 table 100",
    "throw 10.16.0.0/16 table 1000",
    "10.17.0.0/16 dev v0 mtu lock 1400 advmss 1000 rtt 100ms rto_min 5s hoplimit 33 features ecn congctl reno",
    "10.18.0.0/16 dev v0 tos 0x10 proto static scope global realm 3/4",
    "default via 10.0.0.9",
    "default via 10.1.0.9 table 100",
    "10.21.0.0/16 dev v0 proto 77 scope 33",
    "fd01::/64 via fe80::5 dev v0 metric 7 pref high expires 5000",
    "fd02::/64 nexthop via fe80::5 dev v0 weight 2 nexthop via fe80::6 dev w0",
    "default from fd09::/64 via fe80::7 dev v0",
    "default via fe80::8 dev v0 metric 9",
    "fd05::/16 dev w0 proto static mtu 1300 table 100",
    "fd06::1 dev w0 src fd00::1",
    "unreachable fd07::/16",
  ];
  beforeEach(() => {
    for (const route of routes) on.observer.ip(`route add ${route}`);
  });

  test.each(["inet", "inet6"] as const)("all of them, field by field: %s", async (family) => {
    const printed = seen("table all", family);
    const listed = await on.ns.route.list({ table: "all", family });
    expect(printed.length).toBeGreaterThan(15);
    expect(listed.map(comparable)).toEqual(printed.map(comparable));
  });

  test("both families where none is named, of table main", async () => {
    const both = [...seen("table main"), ...seen("table main", "inet6")];
    expect((await on.ns.route.list()).map(comparable)).toEqual(both.map(comparable));
  });

  const filters: [question: string, filter: RouteFilter][] = [
    ["table 100", { table: 100 }],
    ["table 1000", { table: "1000" }],
    ["table local", { table: "local" }],
    ["table all", { table: "all" }],
    ["table all proto kernel", { table: "all", protocol: "kernel" }],
    ["proto static", { protocol: "static" }],
    ["proto 77", { protocol: "77" }],
    ["scope link", { scope: "link" }],
    ["scope 33", { scope: 33 }],
    ["type blackhole", { type: "blackhole" }],
    ["type unreachable", { type: "unreachable" }],
    ["table local type broadcast", { table: "local", type: "broadcast" }],
    ["dev lo table local", { dev: "lo", table: "local" }],
    ["tos 0x10", { tos: 0x10 }],
    ["realms 3/4", { flow: { from: 3, to: 4 } }],
    ["metric 50", { metric: 50 }],
    ["src 10.1.0.1", { prefsrc: "10.1.0.1" }],
    ["src 10.0.0.0/8", { prefsrc: "10.0.0.0/8" }],
    ["src fd00::1", { prefsrc: "fd00::1" }],
    ["via 10.0.0.9", { gateway: "10.0.0.9" }],
    ["via 10.0.0.0/8 table all", { gateway: "10.0.0.0/8", table: "all" }],
    ["10.10.0.0/16", { dst: "10.10.0.0/16" }],
    ["exact 10.10.0.0/24", { dst: { exact: "10.10.0.0/24" } }],
    ["root 10.10.0.0/16", { dst: { root: "10.10.0.0/16" } }],
    ["root 10.10.0.0/15", { dst: { root: "10.10.0.0/15" } }],
    ["match 10.10.0.7", { dst: { match: "10.10.0.7" } }],
    ["match 10.10.7.0/24", { dst: { match: "10.10.7.0/24" } }],
    ["root 10.0.0.0/8 match 10.10.7.7", { dst: { root: "10.0.0.0/8", match: "10.10.7.7" } }],
    ["default", { dst: "default" }],
    ["root fd00::/8", { dst: { root: "fd00::/8" } }],
    ["match fd01::1", { dst: { match: "fd01::1" } }],
    ["from fd09::/64", { from: "fd09::/64" }],
    ["from root fd00::/8", { from: { root: "fd00::/8" } }],
    ["table 100 proto static dev w0", { table: 100, protocol: "static", dev: "w0" }],
  ];
  test.each(filters)("ip route show %s", async (question, filter) => {
    const inetOnly = /\b10\.|1000/.test(question);
    const inet6Only = /\bfd0/.test(question);
    const printed = [...(inet6Only ? [] : seen(question)), ...(inetOnly ? [] : seen(question, "inet6"))];
    const listed = await on.ns.route.list(filter);
    // ip leaves out what was asked for, and does not look for a gateway among several.
    const keyOf = ({ family, type, dst, metric, pref }: Json) =>
      question.includes("metric") ? { family, type, dst, pref } : { family, type, dst, metric, pref };
    const asIp = question.includes("via") ? listed.filter((route) => !route.nexthops) : listed;
    expect(asIp.map(keyOf)).toEqual(printed.map(keyOf));
    expect(printed.length).toBeGreaterThan(0);
    expect((await on.ns.route.list({ table: "all" })).map(comparable)).toEqual(
      expect.arrayContaining(listed.map(comparable)),
    );
  });

  test.each(["v0", "w0"])("dev %s: also where it is one of several next hops", async (dev) => {
    const has = (route: Json) =>
      route.dev === dev || route.nexthops?.some((hop: Json) => hop.dev === dev) === true;
    const printed = [...seen(), ...seen("", "inet6")].filter(has);
    expect((await on.ns.route.list({ dev })).map(comparable)).toEqual(printed.map(comparable));
    expect(printed.some((route) => route.nexthops)).toBe(true);
  });

  test("a gateway that is one of several, and one of another family", async () => {
    const dsts = async (gateway: string) => (await on.ns.route.list({ gateway })).map((route) => route.dst);
    expect(await dsts("192.0.2.1")).toEqual(["10.11.0.0/16"]);
    expect(await dsts("fe80::6")).toEqual(["fd02::/64"]);
    expect(
      await on.ns.route.list({ gateway: "fe80::1", family: "inet" }).catch((error) => error),
    ).toMatchObject({
      path: "gateway",
    });
  });

  test("locks", async () => {
    const [route] = await on.ns.route.list({ dst: "10.17.0.0/16" });
    expect(route!.metrics).toMatchObject({ mtu: 1400, lock: ["mtu", "rtoMin"] });
  });

  test.each(["inet", "inet6", undefined] as const)("a table without routes: %s", async (family) => {
    expect(await on.ns.route.list({ table: 4711, family })).toEqual([]);
  });

  test("flush: what is asked for and nothing else", async () => {
    const all = () => [...own(seen("table all")), ...own(seen("table all", "inet6"))];
    const before = all();
    await on.ns.route.flush({ table: 100 });
    expect(all()).toEqual(before.filter((route) => route.table !== "100"));
    await on.ns.route.flush({ type: "blackhole" });
    await on.ns.route.flush({ dst: { root: "10.10.0.0/15" } });
    expect(all().filter((route) => /^10\.1[013]\./.test(route.dst))).toEqual([]);
    await on.ns.route.flush({ table: "all", protocol: "boot", family: "inet6" });
    expect(all().filter((route) => route.family === "inet6" && route.protocol === "boot")).toEqual([]);
    expect(all().length).toBeGreaterThan(3);
    await on.ns.route.flush({ table: "all", protocol: "boot" });
    await on.ns.route.flush({ table: "all", protocol: "static" });
    expect(all().map((route) => route.protocol)).toEqual(["77"]);
  });
});

describe("the route of a packet", () => {
  beforeEach(() => {
    for (const route of [
      "10.10.0.0/16 via 10.0.0.9",
      "10.10.0.0/16 via 10.1.0.9 tos 0x10",
      "10.12.0.0/16 via inet6 fe80::1 dev v0",
      "10.17.0.0/16 dev v0 mtu lock 1400 hoplimit 33",
      "unreachable 10.14.0.0/16",
      "blackhole 10.13.0.0/16",
      "prohibit 10.15.0.0/16",
      "fd01::/64 via fe80::5 dev v0 metric 7 pref high",
      "unreachable fd07::/16",
      "10.11.0.0/16 nexthop via 10.0.0.9 nexthop via 10.1.0.9",
    ]) {
      on.observer.ip(`route add ${route}`);
    }
  });

  const packets: [question: string, dst: string, query?: RouteQuery][] = [
    ["10.10.0.1", "10.10.0.1"],
    ["10.10.0.1 tos 0x10", "10.10.0.1", { tos: 0x10 }],
    ["10.10.0.1 from 10.0.0.1", "10.10.0.1", { from: "10.0.0.1" }],
    ["10.10.0.1 fibmatch", "10.10.0.1", { fibmatch: true }],
    ["10.10.0.1 mark 5 uid 3", "10.10.0.1", { mark: 5, uid: 3 }],
    ["10.10.0.1 ipproto tcp sport 1000 dport 80", "10.10.0.1", { ipproto: "tcp", sport: 1000, dport: 80 }],
    ["10.10.0.1 ipproto udp sport 53", "10.10.0.1", { ipproto: 17, sport: 53 }],
    ["10.1.0.7 oif w0", "10.1.0.7", { dev: "w0" }],
    ["10.0.0.1 from 10.0.0.9 iif v0", "10.0.0.1", { from: "10.0.0.9", iif: "v0" }],
    ["10.12.0.1", "10.12.0.1"],
    ["10.17.0.1", "10.17.0.1"],
    ["10.0.0.1", "10.0.0.1"],
    ["255.255.255.255 oif v0", "255.255.255.255", { dev: "v0" }],
    ["224.0.0.5 oif v0", "224.0.0.5", { dev: "v0" }],
    ["10.11.0.7 fibmatch", "10.11.0.7", { fibmatch: true }],
    ["fd01::1", "fd01::1"],
    ["fd01::1 fibmatch", "fd01::1", { fibmatch: true }],
    ["fd00::1", "fd00::1"],
    ["fe80::77 oif w0", "fe80::77", { dev: "w0" }],
    ["fd01::1 mark 7 ipproto ipv6-icmp", "fd01::1", { mark: 7, ipproto: "ipv6-icmp" }],
  ];
  test.each(packets)("ip route get %s", async (question, dst, query) => {
    const [printed] = on.observer.ipJson(`route get ${question}`);
    const family = dst.includes(":") ? "inet6" : "inet";
    // iproute2 6.1 takes the flag of a multicast for another with the same number.
    const flags = printed!.flags.filter((flag: string) => flag !== "rt_offload_failed");
    expect(comparable(await on.ns.route.get(dst, query))).toEqual(
      comparable(asListed({ ...printed, flags }, family)),
    );
  });

  test.each([
    ["10.14.0.1", "EHOSTUNREACH"],
    ["10.13.0.1", "EINVAL"],
    ["10.15.0.1", "EACCES"],
    ["192.0.2.1", "ENETUNREACH"],
    ["fd99::1", "ENETUNREACH"],
  ])("none to %s: %s", async (dst, code) => {
    expect(await failureOf(() => on.ns.route.get(dst))).toMatchObject({ code, asked: { dst } });
  });

  test("the cache holds what a router said", async () => {
    await using left = await Netns.anonymous();
    await using router = await Netns.anonymous();
    await using right = await Netns.anonymous();
    await left.link.add({
      ifname: "eth0",
      kind: "veth",
      up: true,
      peer: { ifname: "left", netns: router, up: true },
    });
    await right.link.add({
      ifname: "eth0",
      kind: "veth",
      up: true,
      mtu: 1300,
      peer: { ifname: "right", netns: router, up: true, mtu: 1300 },
    });
    await left.addr.add("eth0", "10.20.0.2/24");
    await router.addr.add("left", "10.20.0.1/24");
    await router.addr.add("right", "10.21.0.1/24");
    await right.addr.add("eth0", "10.21.0.2/24");
    await left.route.add({ dst: "default", gateway: "10.20.0.1" });
    await right.route.add({ dst: "default", gateway: "10.21.0.1" });
    await router.exec("sysctl", ["-qw", "net.ipv4.ip_forward=1"]);
    expect(await left.route.list({ table: "cache" })).toEqual([]);
    const send = `const socket = require("node:dgram").createSocket("udp4");
      socket.send(Buffer.alloc(1400), 9, "10.21.0.2", () => setTimeout(() => socket.close(), 100));`;
    expect(await left.exec(process.execPath, ["-e", send])).toMatchObject({ exitCode: 0, stderr: "" });
    // The kernel lists an exception once a packet took it.
    expect(await left.route.get("10.21.0.2")).toMatchObject({ metrics: { mtu: 1300 }, cache: [] });
    const [exception, ...others] = await left.route.list({ table: "cache" });
    expect(others).toEqual([]);
    expect(exception).toMatchObject({
      dst: "10.21.0.2",
      gateway: "10.20.0.1",
      dev: "eth0",
      metrics: { mtu: 1300 },
      cache: [],
    });
    expect(exception!.expires).toBeGreaterThan(0);
    expect((await left.route.list({ table: "all" })).map((route) => route.dst)).not.toContain("10.21.0.2");
  });
});

describe("wrong input", () => {
  const bad = (path: string) => ({ code: "ERR_INVALID_ARG_VALUE", path });
  const add = (route: RouteSettings) => () => on.ns.route.add(route);
  const dst = "10.9.0.0/16";
  const gateway = "10.0.0.9";
  const cases: [name: string, attempt: () => Promise<unknown>, expected: Json][] = [
    ["no destination", add({ gateway } as never), bad("dst")],
    ["bad destination", add({ dst: "10.9/16", gateway }), bad("dst")],
    ["prefix length 33", add({ dst: "10.9.0.0/33", gateway }), bad("dst")],
    [
      "bits behind the prefix",
      add({ dst: "10.0.0.1/24", dev: "v0" }),
      { code: "EINVAL", path: "dst", kernelMessage: "Invalid prefix for given prefix length" },
    ],
    ["gateway of another family", add({ dst, gateway: "fe80::1", dev: "v0" }), bad("gateway")],
    ["gateway of another family, IPv6", add({ dst: "fd09::/64", gateway }), bad("gateway")],
    ["gateway with a prefix length", add({ dst, gateway: "10.0.0.9/24" }), bad("gateway")],
    ["family that the destination has not", add({ dst, family: "inet6", dev: "v0" }), bad("dst")],
    ["prefsrc of another family", add({ dst, dev: "v0", prefsrc: "fd00::1" }), bad("prefsrc")],
    ["from of another family", add({ dst: "fd09::/64", dev: "v0", from: "10.0.0.0/8" }), bad("from")],
    [
      "next hop of another family",
      add({ dst, nexthops: [{ gateway }, { gateway: "fe80::1", dev: "v0" }] }),
      bad("nexthops[1].gateway"),
    ],
    ["unknown family", add({ dst: "default", family: "ipx" as never, dev: "v0" }), bad("family")],
    ["gateway and via", add({ dst, gateway, via: { family: "inet6", host: "fe80::1" } }), bad("via")],
    ["bad via", add({ dst, via: { family: "inet6", host: "fe80" }, dev: "v0" }), bad("via.host")],
    ["bad via of its own family", add({ dst, via: { family: "inet", host: "fe80::1" } }), bad("via.host")],
    ["unknown link", add({ dst, dev: "nope" }), { code: "ENODEV", path: "dev" }],
    ["unknown index", add({ dst, dev: 9999 }), { code: "ENODEV", path: "dev" }],
    ["index 0", add({ dst, dev: 0 }), bad("dev")],
    [
      "unknown link of a next hop",
      add({ dst, nexthops: [{ gateway }, { dev: "nope" }] }),
      { code: "ENODEV", path: "nexthops[1].dev" },
    ],
    ["no link", add({ dst }), { code: "ENODEV", path: "dev" }],
    ["link that is down", add({ dst, dev: "down0" }), { code: "ENETDOWN", path: "dev" }],
    [
      "gateway that is on no link",
      add({ dst, gateway: "192.0.2.1" }),
      { code: "ENETUNREACH", path: "gateway", kernelMessage: "Nexthop has invalid gateway" },
    ],
    [
      "gateway that is on no link, IPv6",
      add({ dst: "fd09::/64", gateway: "fd99::1" }),
      { code: "EHOSTUNREACH", path: "gateway" },
    ],
    [
      "gateway of its own",
      add({ dst: "fd09::/64", gateway: "fd00::1" }),
      { code: "EINVAL", path: "gateway", kernelMessage: "Gateway can not be a local address" },
    ],
    [
      "next hop that is on no link",
      add({ dst, nexthops: [{ gateway }, { gateway: "192.0.2.1" }] }),
      { code: "ENETUNREACH", kernelMessage: "Nexthop has invalid gateway" },
    ],
    [
      "link-local gateway without a link",
      add({ dst: "fd09::/64", gateway: "fe80::1" }),
      { code: "EINVAL", path: "dev" },
    ],
    ["prefsrc of nobody", add({ dst, gateway, prefsrc: "192.0.2.1" }), { code: "EINVAL", path: "prefsrc" }],
    [
      "prefsrc of nobody, IPv6",
      add({ dst: "fd09::/64", dev: "v0", prefsrc: "fd99::1" }),
      { code: "EINVAL", path: "prefsrc" },
    ],
    ["unknown nexthop object", add({ dst, nhid: 77 }), { code: "EINVAL", path: "nhid" }],
    ["unknown type", add({ dst, type: "balckhole" as never }), bad("type")],
    ["unknown protocol", add({ dst, dev: "v0", protocol: "sttic" }), bad("protocol")],
    ["protocol 256", add({ dst, dev: "v0", protocol: "256" }), bad("protocol")],
    ["unknown scope", add({ dst, dev: "v0", scope: "universe" }), bad("scope")],
    ["scope with a gateway", add({ dst, gateway, scope: "host" }), { code: "EINVAL", path: "scope" }],
    ["unknown table", add({ dst, dev: "v0", table: "mian" }), bad("table")],
    ["all tables", add({ dst, dev: "v0", table: "all" }), bad("table")],
    ["tos", add({ dst, dev: "v0", tos: 256 }), bad("tos")],
    ["metric", add({ dst, dev: "v0", metric: 2 ** 32 }), bad("metric")],
    ["weight 0", add({ dst, nexthops: [{ gateway, weight: 0 }] }), bad("nexthops[0].weight")],
    ["weight 257", add({ dst, nexthops: [{ gateway, weight: 257 }] }), bad("nexthops[0].weight")],
    ["flag", add({ dst, dev: "v0", flags: ["dead" as never] }), bad("flags[0]")],
    [
      "flag of a next hop",
      add({ dst, nexthops: [{ gateway, flags: ["x" as never] }] }),
      bad("nexthops[0].flags[0]"),
    ],
    ["realm", add({ dst, dev: "v0", flow: { to: 70000 } }), bad("flow.to")],
    ["unknown metric", add({ dst, dev: "v0", metrics: { mut: 5 } as never }), bad("metrics.mut")],
    ["metric out of range", add({ dst, dev: "v0", metrics: { mtu: -5 } }), bad("metrics.mtu")],
    ["unknown lock", add({ dst, dev: "v0", metrics: { mtu: 5, lock: ["x"] } }), bad("metrics.lock[0]")],
    [
      "congestion control that is not there",
      add({ dst, dev: "v0", metrics: { congestion: "nosuch" } }),
      { code: "EINVAL", path: "metrics.congestion" },
    ],
    ["unknown field", add({ dst, dev: "v0", gatway: gateway } as never), bad("gatway")],
    [
      "unknown field of a next hop",
      add({ dst, nexthops: [{ gatway: gateway } as never] }),
      bad("nexthops[0].gatway"),
    ],
    [
      "unknown field of via",
      add({ dst, via: { family: "inet6", host: "fe80::1", x: 1 } as never }),
      bad("via.x"),
    ],
    ["route that is not there", () => on.ns.route.delete({ dst }), { code: "ESRCH", path: "dst" }],
    ["get of a prefix", () => on.ns.route.get("10.0.0.0/8"), bad("dst")],
    ["get of nothing", () => on.ns.route.get("nowhere"), bad("dst")],
    ["get from another family", () => on.ns.route.get("10.0.0.1", { from: "fd00::1" }), bad("from")],
    [
      "get by an unknown link",
      () => on.ns.route.get("10.0.0.1", { dev: "nope" }),
      { code: "ENODEV", path: "dev" },
    ],
    ["get with a bad port", () => on.ns.route.get("10.0.0.1", { sport: 70000 }), bad("sport")],
    ["get with an unknown field", () => on.ns.route.get("10.0.0.1", { port: 5 } as never), bad("port")],
    ["list of an unknown table", () => on.ns.route.list({ table: "mian" }), bad("table")],
    ["list of an unknown type", () => on.ns.route.list({ type: "x" as never }), bad("type")],
    [
      "list of two families",
      () => on.ns.route.list({ dst: "10.0.0.0/8", gateway: "fe80::1" }),
      bad("gateway"),
    ],
    ["list of a bad prefix", () => on.ns.route.list({ dst: { root: "10.0.0.0/40" } }), bad("dst.root")],
    [
      "list by an unknown relation",
      () => on.ns.route.list({ dst: { longer: "10.0.0.0/8" } as never }),
      bad("dst.longer"),
    ],
    ["list by an unknown field", () => on.ns.route.list({ device: "v0" } as never), bad("device")],
    ["list by an unknown link", () => on.ns.route.list({ dev: "nope" }), { code: "ENODEV", path: "dev" }],
    ["flush of everything", () => on.ns.route.flush({}), bad("filter")],
    ["flush of the cache", () => on.ns.route.flush({ table: "cache" }), bad("table")],
  ];
  test.each(cases)("%s", async (_name, attempt, expected) => {
    const before = [seen("table all"), seen("table all", "inet6")];
    expect(await failureOf(attempt)).toMatchObject(expected);
    expect([seen("table all"), seen("table all", "inet6")]).toEqual(before);
  });

  test.each([
    { dst, gateway },
    { dst: "fd09::/64", dev: "v0" },
  ])("duplicate of $dst", async (route) => {
    await on.ns.route.add(route);
    const error = await failureOf(() => on.ns.route.add(route));
    expect(error).toMatchObject({ code: "EEXIST", path: "dst", asked: route });
    expect(error.message).toMatch(/replace changes it, append adds another/);
  });
});
