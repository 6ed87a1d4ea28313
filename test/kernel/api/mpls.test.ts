/** Routes of packets with an MPLS label, as `ip -f mpls route` has them. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { RouteSettings } from "../../../src/index.ts";
import { full, onlyFull } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("mpls");
const family = "mpls";
const inet = { family: "inet", host: "10.0.0.2" };
const inet6 = { family: "inet6", host: "fd00::2" };

/** A route as the library takes it, and what `ip` says instead. */
const cases: [route: RouteSettings & { family: "mpls" }, ip: string][] = [
  [{ family, dst: "100", via: inet, dev: "v0" }, "100 via inet 10.0.0.2 dev v0"],
  [{ family, dst: "101", to: "200/300", via: inet, dev: "v0" }, "101 as 200/300 via inet 10.0.0.2 dev v0"],
  [{ family, dst: "102", via: inet6, dev: "v0" }, "102 via inet6 fd00::2 dev v0"],
  [
    { family, dst: "103", via: { family: "link", host: "02:00:00:00:00:02" }, dev: "v0" },
    "103 via link 02:00:00:00:00:02 dev v0",
  ],
  [{ family, dst: "104", dev: "lo", ttlPropagate: false }, "104 dev lo ttl-propagate disabled"],
  [
    { family, dst: "105", via: inet, dev: "v0", protocol: "static", ttlPropagate: true },
    "105 via inet 10.0.0.2 dev v0 proto static ttl-propagate enabled",
  ],
  [
    {
      family,
      dst: "106",
      nexthops: [
        { to: "200", via: inet, dev: "v0" },
        { to: "300/301", via: inet6, dev: "v0" },
      ],
    },
    "106 nexthop as 200 via inet 10.0.0.2 dev v0 nexthop as 300/301 via inet6 fd00::2 dev v0",
  ],
];

/** What `ip` prints; it misspells one word. */
const printed = (command = "show"): Json[] =>
  on.observer
    .ipJson(`-f mpls route ${command}`)
    .map(({ ttlPropogate, ...route }) =>
      ttlPropogate === undefined ? route : { ...route, ttlPropagate: ttlPropogate },
    );

describe.skipIf(!full)(`MPLS routes${full ? "" : onlyFull}`, () => {
  beforeAll(async () => {
    const { link, addr } = on.ns;
    await link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1", up: true } });
    await link.set("lo", { up: true });
    await addr.add("v0", ["10.0.0.1/24", { local: "fd00::1/64", nodad: true }]);
    await on.ns.exec("sysctl", ["-qw", "net.mpls.platform_labels=1000", "net.mpls.conf.v0.input=1"]);
  });

  afterEach(() => void on.observer.ip("-f mpls route flush table main"));

  test.each(cases)("%j", async (route, ip) => {
    await on.ns.route.add(route);
    const [seen] = printed();
    expect(await on.ns.route.list({ family })).toMatchObject([{ family, ...seen }]);
    on.observer.ip("-f mpls route flush table main");
    expect(await on.ns.route.list({ family })).toEqual([]);
    on.observer.ip(`-f mpls route add ${ip}`);
    expect(printed()).toEqual([seen]);
    const [listed] = await on.ns.route.list({ family });
    const { nexthops, ...rest } = route;
    expect(listed).toMatchObject(rest);
    expect(listed!.nexthops).toEqual(nexthops?.map((hop) => ({ ...hop, weight: 1, flags: [] })));
    await on.ns.route.delete({ family, dst: route.dst });
    expect(printed()).toEqual([]);
  });

  test("looked up", async () => {
    for (const [route] of cases) await on.ns.route.add(route);
    for (const dst of ["101", "103", "106"]) {
      expect(await on.ns.route.get(dst, { family })).toMatchObject({ family, ...printed(`get ${dst}`)[0] });
      expect(await on.ns.route.get(dst, { family, fibmatch: true })).toMatchObject({
        family,
        ...printed(`get fibmatch ${dst}`)[0],
      });
    }
    expect(await failureOf(() => on.ns.route.get("999", { family }))).toMatchObject({ code: "ENETUNREACH" });
  });

  test("changed, replaced, flushed, filtered", async () => {
    await on.ns.route.add(cases.map(([route]) => route));
    await on.ns.route.replace({ family, dst: "100", to: "500", via: inet, dev: "v0" });
    await on.ns.route.change({ family, dst: "101", to: "600", via: inet6, dev: "v0" });
    expect(printed().slice(0, 2)).toMatchObject([
      { dst: "100", to: "500" },
      { dst: "101", to: "600", via: inet6 },
    ]);
    const labels = async (filter: object) =>
      (await on.ns.route.list({ family, ...filter })).map(({ dst }) => dst);
    expect(await labels({})).toEqual(cases.map(([{ dst }]) => dst));
    expect(await labels({ dst: "102" })).toEqual(["102"]);
    expect(await labels({ dev: "lo" })).toEqual(["104"]);
    expect(await labels({ protocol: "static" })).toEqual(["105"]);
    expect(await labels({ gateway: "fd00::/64" })).toEqual(["101", "102", "106"]);
    // Those of IP are others.
    expect((await on.ns.route.list()).every((route) => route.family !== family)).toBe(true);
    await on.ns.route.flush({ family, gateway: "10.0.0.2" });
    expect(printed().map(({ dst }) => dst)).toEqual(["101", "102", "103", "104"]);
    await on.ns.route.flush({ family });
    expect(printed()).toEqual([]);
  });

  test("refusals name the field", async () => {
    const failure = (route: object) =>
      failureOf(() => on.ns.route.add({ family, dst: "100", ...route } as RouteSettings));
    await on.ns.route.add({ family, dst: "100", via: inet, dev: "v0" });
    expect(await failure({ via: inet, dev: "v0" })).toMatchObject({ code: "EEXIST", path: "dst" });
    expect(await failure({ dst: "1000", via: inet, dev: "v0" })).toMatchObject({
      code: "EINVAL",
      path: "dst",
    });
    expect(await failure({ dst: "200", to: "1048576", dev: "v0" })).toMatchObject({
      name: "InputError",
      path: "to",
    });
    expect(await failure({ dst: "200", to: "3", dev: "v0" })).toMatchObject({ code: "EINVAL", path: "to" });
    expect(await failure({ dst: "200", via: inet, dev: "nope" })).toMatchObject({
      code: "ENODEV",
      path: "dev",
    });
    // The kernel has nothing against deleting what is not there.
    await on.ns.route.delete({ family, dst: "222" });
  });
});

test("what is no MPLS route is refused before it is sent", async () => {
  const failure = (route: object) => failureOf(() => on.ns.route.add({ family, ...route } as RouteSettings));
  for (const dst of ["10.0.0.0/8", "1048576", "0100", "100/200", "fd00::1", "x"])
    expect(await failure({ dst, dev: "lo" })).toMatchObject({ name: "InputError", path: "dst" });
  expect(await failure({ dst: "100", gateway: "10.0.0.2" })).toMatchObject({
    name: "InputError",
    path: "gateway",
  });
  expect(await failure({ dst: "100", prefsrc: "10.0.0.2" })).toMatchObject({ path: "prefsrc" });
  expect(await failure({ dst: "100", nexthops: [{ gateway: "10.0.0.2" }] })).toMatchObject({
    path: "nexthops[0].gateway",
  });
  expect(await failure({ family: "bridge", dst: "100" })).toMatchObject({
    name: "InputError",
    path: "family",
  });
});

test.skipIf(full)(
  `a kernel without them says so${full ? " (skipped: the full kernel has them)" : ""}`,
  async () => {
    expect(await on.ns.route.list({ family })).toEqual([]);
    const failure = await failureOf(() => on.ns.route.add({ family, dst: "100", dev: "lo" }));
    expect(failure).toMatchObject({ code: "EOPNOTSUPP", path: "family" });
  },
);
