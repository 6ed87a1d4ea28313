/** Statistics as `ip stats` prints them. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { StatsFilter } from "../../../src/index.ts";
import { noVlans } from "../support/bridge.ts";
import { full, onlyFull } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("stats");

beforeAll(async () => {
  const { link } = on.ns;
  await link.add({
    ifname: "br0",
    kind: "bridge",
    up: true,
    data: {
      mcastStatsEnabled: 1,
      ...(noVlans ? {} : { vlanFiltering: 1, vlanStatsEnabled: 1, vlanStatsPerPort: 1 }),
    },
  });
  await link.add({ ifname: "v0", kind: "veth", up: true, master: "br0", peer: { ifname: "v1", up: true } });
  await on.ns.addr.add("v1", "10.0.0.1/24");
  await on.ns.neigh.add("v1", { dst: "10.0.0.2", lladdr: "02:00:00:00:00:02" });
  await on.ns.exec("bash", ["-c", "for i in 1 2; do echo some > /dev/udp/10.0.0.2/9; done"]);
});

/** What `ip` prints, without the suites that a link has not: it names them too. */
function printed(args = ""): Json[] {
  return on.observer
    .ipJson(`-s -s stats show ${args}`)
    .filter(({ ifindex: _, ifname: _name, group: _group, subgroup: _sub, suite: _suite, ...content }) => {
      return Object.keys(content).length > 0;
    });
}

function order(entries: readonly object[]): Json[] {
  const key = ({ ifindex, group, subgroup, suite }: Json) => [ifindex, group, subgroup, suite].join();
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Both say the same; counters go on meanwhile. */
async function sameAs(filter: StatsFilter, args: string): Promise<number> {
  return vi.waitFor(async () => {
    // This version of `ip` does not know the suite of VLANs.
    const listed = (await on.ns.stats.list(filter)).filter((entry) => !("vlans" in entry));
    const shown = order(printed(args));
    expect(order(listed)).toMatchObject(shown);
    expect(listed).toHaveLength(shown.length);
    return listed.length;
  });
}

describe("list", () => {
  test("all of all links", async () => {
    expect(await sameAs({}, "")).toBeGreaterThan(4 * 3);
  });

  test.each(["link", "offload", "xstats", "xstats_slave"] as const)("group %s", async (group) => {
    expect(await sameAs({ group }, `group ${group}`)).toBeGreaterThan(0);
    await sameAs({ group, dev: "v0" }, `dev v0 group ${group}`);
  });

  test("a subgroup, a suite", async () => {
    const l3 = { dev: "v1", group: "offload", subgroup: "l3_stats" } as const;
    expect(await sameAs(l3, "dev v1 group offload subgroup l3_stats")).toBe(1);
    const stp = { dev: "v0", group: "xstats_slave", subgroup: "bridge", suite: "stp" } as const;
    expect(await sameAs(stp, "dev v0 group xstats_slave subgroup bridge suite stp")).toBe(1);
    expect(await on.ns.stats.list({ dev: "v1", group: "xstats" })).toEqual([]);
  });

  test("counts", async () => {
    const [link] = await on.ns.stats.list({ dev: "v1", group: "link" });
    const { tx } = (link as Json).stats64;
    expect(tx.packets).toBeGreaterThanOrEqual(2);
    expect(tx.bytes).toBeGreaterThanOrEqual(2 * 47);
  });

  test("a link itself has the same", async () => {
    await vi.waitFor(async () => {
      const [entry] = await on.ns.stats.list({ dev: "v1", group: "link" });
      const { stats64 } = await on.ns.link.get("v1");
      expect(stats64).toEqual((entry as Json).stats64);
      const { carrierChanges: _, ...tx } = on.observer.ipJson("-s -s link show v1")[0]!.stats64.tx;
      expect(stats64!.tx).toMatchObject(tx);
      const [listed] = (await on.ns.link.list({}, { stats: true })).filter(({ ifname }) => ifname === "v1");
      expect(listed!.stats64).toEqual(stats64);
    });
  });

  test.skipIf(noVlans !== undefined)(
    `VLANs of a bridge${noVlans ? ` (skipped: ${noVlans})` : ""}`,
    async () => {
      const vlanOf = (filter: StatsFilter) =>
        on.ns.stats.list({ ...filter, subgroup: "bridge", suite: "vlan" }) as Promise<Json[]>;
      const [port] = await vlanOf({ dev: "v0", group: "xstats_slave" });
      expect(port).toMatchObject({ ifname: "v0", vlans: [{ vid: 1, flags: ["PVID", "Egress Untagged"] }] });
      await vi.waitFor(async () => {
        const [vlan] = (await vlanOf({ dev: "br0", group: "xstats" }))[0]!.vlans;
        const { vlans } = on.observer.bridgeJson("-s vlan show dev br0")[0]!;
        const { rxBytes, rxPackets, txBytes, txPackets } = vlan;
        expect(vlans[0]).toMatchObject({ vlan: 1, rxBytes, rxPackets, txBytes, txPackets });
      });
      // More than fit into one message.
      await on.ns.vlan.add("br0", { vid: 2, vidEnd: 3000 });
      const all = (await vlanOf({ group: "xstats" })).filter(({ ifname }) => ifname === "br0");
      expect(all).toHaveLength(1);
      expect(all[0]!.vlans.map(({ vid }: Json) => vid)).toEqual(
        Array.from({ length: 3000 }, (_, i) => i + 1),
      );
      await on.ns.vlan.delete("br0", { vid: 2, vidEnd: 3000 });
    },
  );

  test.skipIf(!full)(`LACP and MPLS${full ? "" : onlyFull}`, async () => {
    await on.ns.link.add({ ifname: "bond0", kind: "bond", data: { mode: "802.3ad" } });
    await on.ns.link.add({ ifname: "d0", kind: "dummy", master: "bond0" });
    const lacp = { dev: "bond0", group: "xstats", subgroup: "bond", suite: "802.3ad" } as const;
    expect(await sameAs(lacp, "dev bond0 group xstats subgroup bond suite 802.3ad")).toBe(1);
    expect(await sameAs({ dev: "d0" }, "dev d0")).toBeGreaterThan(3);
    expect(await sameAs({ group: "afstats" }, "group afstats subgroup mpls")).toBeGreaterThan(3);
  });
});

describe("what a device routes is counted", () => {
  const asked = async () => {
    const [entry] = await on.ns.stats.list({ dev: "v1", group: "offload", subgroup: "l3_stats" });
    return (entry as Json).info.request;
  };

  test("switched by the library", async () => {
    await on.ns.stats.set("v1", { l3Stats: true });
    expect(printed("dev v1 group offload subgroup hw_stats_info")).toMatchObject([
      { info: { l3Stats: { request: true, used: false } } },
    ]);
    expect(await asked()).toBe(true);
    await sameAs({ dev: "v1", group: "offload" }, "dev v1 group offload");
    await on.ns.stats.set("v1", { l3Stats: false });
    expect(printed("dev v1 group offload subgroup l3_stats")).toMatchObject([{ info: { request: false } }]);
  });

  test("switched by ip", async () => {
    on.observer.ip("stats set dev v1 l3_stats on");
    expect(await asked()).toBe(true);
    on.observer.ip("stats set dev v1 l3_stats off");
    expect(await asked()).toBe(false);
  });
});

test("what cannot be is refused with its field", async () => {
  const failure = (filter: object) => failureOf(() => on.ns.stats.list(filter));
  expect(await failure({ group: "links" })).toMatchObject({ name: "InputError", path: "group" });
  expect(await failure({ group: "xstats", subgroup: "mpls" })).toMatchObject({ path: "subgroup" });
  expect(await failure({ subgroup: "bridge" })).toMatchObject({ path: "subgroup" });
  expect(await failure({ group: "xstats", subgroup: "bond", suite: "stp" })).toMatchObject({ path: "suite" });
  expect(await failure({ ifname: "v0" })).toMatchObject({ path: "ifname" });
  expect(await failure({ dev: "nope" })).toMatchObject({ code: "ENODEV", path: "dev" });
  const setting = (dev: string, settings: object) =>
    failureOf(() => on.ns.stats.set(dev, settings as { l3Stats: boolean }));
  expect(await setting("nope", { l3Stats: true })).toMatchObject({ code: "ENODEV", path: "dev" });
  expect(await setting("v1", { l3Stats: "on" })).toMatchObject({ name: "InputError", path: "l3Stats" });
});
