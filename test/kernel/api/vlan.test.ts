import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { noVlans } from "../support/bridge.ts";
import { failureOf, stage } from "../support/observer.ts";

const here = stage("vlan");
const { observer } = here;

describe.skipIf(noVlans !== undefined)(`VLANs of bridges${noVlans ? ` (skipped: ${noVlans})` : ""}`, () => {
  beforeAll(async () => {
    const { link } = here.ns;
    await link.add({
      ifname: "br0",
      kind: "bridge",
      up: true,
      data: { vlanFiltering: 1, vlanDefaultPvid: 0, vlanStatsEnabled: 1, vlanStatsPerPort: 1 },
    });
    observer.ip("link set br0 type bridge mcast_vlan_snooping 1");
    await link.add({ ifname: "p0", kind: "veth", up: true, master: "br0", peer: { ifname: "n0", up: true } });
    observer.ip("link set p0 type bridge_slave vlan_tunnel on");
  });

  afterEach(() => {
    for (const dev of ["p0", "br0 self"]) {
      try {
        observer.bridge(`vlan del vid 1-4094 dev ${dev}`);
      } catch {
        // There was none.
      }
    }
  });

  const printed = (filter = "") => observer.bridgeJson(`vlan show ${filter}`);

  test("what the library adds is seen by bridge", async () => {
    await here.ns.vlan.add("p0", { vid: 10, pvid: true, untagged: true });
    await here.ns.vlan.add("p0", { vid: 20, vidEnd: 25 });
    await here.ns.vlan.add("br0", { vid: 10 });
    expect(printed()).toMatchObject([
      { ifname: "br0", vlans: [{ vlan: 10 }] },
      {
        ifname: "p0",
        vlans: [
          { vlan: 10, flags: ["PVID", "Egress Untagged"] },
          { vlan: 20, vlanEnd: 25 },
        ],
      },
    ]);
    expect(await here.ns.vlan.list()).toMatchObject(printed());
    await here.ns.vlan.delete("p0", { vid: 21, vidEnd: 24 });
    expect(printed("dev p0")).toMatchObject([{ vlans: [{ vlan: 10 }, { vlan: 20 }, { vlan: 25 }] }]);
    expect(await here.ns.vlan.list({ dev: "p0", vid: 25 })).toMatchObject([
      { ifname: "p0", vlans: [{ vlan: 25, state: "forwarding" }] },
    ]);
  });

  test("what bridge adds is listed", async () => {
    observer.bridge("vlan add dev p0 vid 10 pvid untagged");
    observer.bridge("vlan add dev p0 vid 20-25");
    observer.bridge("vlan set dev p0 vid 20-22 state blocking mcast_router 2");
    observer.bridge("vlan add dev br0 vid 10-12 self");
    expect(await here.ns.vlan.list()).toMatchObject(printed());
    expect(await here.ns.vlan.list({ dev: "p0" }, { stats: true })).toMatchObject(
      observer.bridgeJson("-s vlan show dev p0"),
    );
  });

  test("options of a port's VLANs", async () => {
    await here.ns.vlan.add("p0", { vid: 20, vidEnd: 25 });
    await here.ns.vlan.set("p0", {
      vid: 20,
      vidEnd: 22,
      state: "blocking",
      mcastRouter: 2,
      mcastMaxGroups: 5,
    });
    await here.ns.link.set("p0", { slaveKind: "bridge", slaveData: { neighVlanSuppress: true } });
    await here.ns.vlan.set("p0", { vid: 20, vidEnd: 22, neighSuppress: true });
    expect(printed("dev p0")).toMatchObject([
      {
        vlans: [
          { vlan: 20, vlanEnd: 22, state: "blocking", mcastRouter: 2 },
          { vlan: 23, vlanEnd: 25, state: "forwarding", mcastRouter: 1 },
        ],
      },
    ]);
    expect(await here.ns.vlan.list({ dev: "p0", vid: 21 })).toMatchObject([
      { vlans: [{ vlan: 20, vlanEnd: 22, mcastMaxGroups: 5, neighSuppress: true }] },
    ]);
  });

  test("VLANs mapped to tunnels, there and back", async () => {
    await here.ns.vlan.add("p0", { vid: 30, tunnelInfo: { id: 300 } });
    await here.ns.vlan.add("p0", { vid: 41, vidEnd: 43, tunnelInfo: { id: 310 } });
    const tunnels = [
      { vlan: 30, tunid: 300 },
      { vlan: 41, vlanEnd: 43, tunid: 310, tunidEnd: 312 },
    ];
    expect(observer.bridgeJson("vlan tunnelshow")).toEqual([{ ifname: "p0", tunnels }]);
    expect(await here.ns.vlan.tunnels()).toEqual([{ ifname: "p0", tunnels }]);
    await here.ns.vlan.delete("p0", { vid: 41, vidEnd: 43, tunnelInfo: { id: 310 } });
    expect(observer.bridgeJson("vlan tunnelshow")).toEqual([{ ifname: "p0", tunnels: tunnels.slice(0, 1) }]);
    expect(await here.ns.vlan.list({ vid: 42 })).toHaveLength(1);
  });

  test("options of a bridge's VLANs", async () => {
    await here.ns.vlan.add("br0", { vid: 10, vidEnd: 12 });
    await here.ns.vlan.setGlobal("br0", {
      vid: 10,
      mcastSnooping: 0,
      mcastIgmpVersion: 3,
      mcastQuerierInterval: 20000,
      mcastLastMemberCount: 4,
    });
    const shown = observer.bridgeJson("vlan global show");
    expect(shown).toMatchObject([
      {
        ifname: "br0",
        vlans: [{ vlan: 10, mcastSnooping: 0, mcastIgmpVersion: 3, mcastLastMemberCount: 4 }, {}],
      },
    ]);
    expect(await here.ns.vlan.globals()).toMatchObject(shown);
    observer.bridge("vlan global set vid 11 dev br0 mcast_querier 1 mcast_query_interval 5000");
    expect(await here.ns.vlan.globals({ dev: "br0" })).toMatchObject(observer.bridgeJson("vlan global show"));
  });

  test("what cannot be is refused with its field", async () => {
    const failure = (vlan: object, dev = "p0") =>
      failureOf(() => here.ns.vlan.add(dev, vlan as { vid: number }));
    expect(await failure({ vid: 4095 })).toMatchObject({ name: "InputError", path: "vid" });
    expect(await failure({ vid: 20, vidEnd: 10 })).toMatchObject({ name: "InputError", path: "vidEnd" });
    expect(await failure({ vid: 20, vidEnd: 30, pvid: true })).toMatchObject({ path: "pvid" });
    expect(await failure({ vid: 20, tunnelInfo: { id: -1 } })).toMatchObject({ path: "tunnelInfo.id" });
    expect(await failure({ vid: 20 }, "nope")).toMatchObject({ code: "ENODEV", path: "dev" });
    expect(await failure({ vid: 20 }, "n0")).toMatchObject({ name: "KernelError", code: "EINVAL" });
  });
});
