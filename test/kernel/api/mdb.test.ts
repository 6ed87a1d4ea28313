import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KernelError, type MdbAdd } from "../../../src/index.ts";
import { noVlans } from "../support/bridge.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const here = stage("mdb");
const { observer } = here;

describe.skipIf(noVlans !== undefined)(
  `multicast databases of bridges and VXLANs${noVlans ? ` (skipped: ${noVlans})` : ""}`,
  () => {
    beforeAll(async () => {
      const { link } = here.ns;
      await link.add({
        ifname: "br0",
        kind: "bridge",
        up: true,
        data: { vlanFiltering: 1, vlanDefaultPvid: 0, mcastSnooping: 1 },
      });
      await link.add({
        ifname: "p0",
        kind: "veth",
        up: true,
        master: "br0",
        peer: { ifname: "n0", up: true },
      });
      await link.add({
        ifname: "vx",
        kind: "vxlan",
        up: true,
        data: { id: 5, port: 4790, local: "10.0.0.1" },
      });
      observer.bridge("vlan add dev p0 vid 10-11");
      observer.ip("link set br0 type bridge mcast_igmp_version 3");
    });

    beforeEach(async () => {
      for (const dev of ["br0", "vx"]) await here.ns.mdb.flush(dev);
    });

    /** What `bridge mdb` prints of a group; the hosts' own joins are none of ours. */
    const printed = (grp: string) =>
      (observer.bridgeJson("mdb show")[0]!.mdb as Json[]).filter((entry) => entry.grp === grp);
    const listed = async (grp: string) => (await here.ns.mdb.list()).filter((entry) => entry.grp === grp);

    const made: [string, MdbAdd, Json][] = [
      ["that stays", { grp: "239.1.1.1", vid: 10, state: "permanent" }, { state: "permanent" }],
      ["that goes", { grp: "239.1.1.1", vid: 10 }, { state: "temp" }],
      ["of another VLAN", { grp: "239.1.1.1", vid: 11, state: "permanent" }, { vid: 11 }],
      ["of IPv6", { grp: "ff0e::1", vid: 10, state: "permanent" }, { vid: 10 }],
      ["of a MAC address", { grp: "01:02:03:04:05:06", vid: 10, state: "permanent" }, { vid: 10 }],
      ["for a source", { grp: "239.1.1.1", vid: 10, src: "10.0.0.2" }, { src: "10.0.0.2" }],
      ["of a protocol", { grp: "239.1.1.1", vid: 10, protocol: "zebra" }, { protocol: "zebra" }],
    ];
    test.each(made)("what the library makes is seen by bridge: %s", async (_, entry, expected) => {
      await here.ns.mdb.add("br0", { port: "p0", ...entry });
      expect(printed(entry.grp)).toMatchObject([{ dev: "br0", port: "p0", ...expected }]);
      expect(await listed(entry.grp)).toMatchObject(printed(entry.grp));
      await here.ns.mdb.delete("br0", { port: "p0", grp: entry.grp, vid: entry.vid, src: entry.src });
      expect(printed(entry.grp)).toEqual([]);
    });

    test("a list of sources", async () => {
      const entry: MdbAdd = {
        port: "p0",
        grp: "239.1.1.3",
        vid: 10,
        state: "permanent",
        filterMode: "include",
        sourceList: ["10.0.0.2", "10.0.0.3"],
      };
      await here.ns.mdb.add("br0", entry);
      const found = (await listed("239.1.1.3")).find(({ src }) => src === undefined)!;
      expect(found).toMatchObject({ filterMode: "include", state: "permanent", vid: 10, protocol: "static" });
      expect(found.sourceList?.map(({ address }) => address).sort()).toEqual(entry.sourceList);
      await here.ns.mdb.replace("br0", { ...entry, sourceList: ["10.0.0.2"], filterMode: "exclude" });
      const replaced = (await listed("239.1.1.3")).find(({ src }) => src === undefined)!;
      expect(replaced.filterMode).toBe("exclude");
      expect(replaced.sourceList).toMatchObject([{ address: "10.0.0.2" }]);
    });

    test("what bridge makes is listed, and got", async () => {
      observer.bridge("mdb add dev br0 port p0 grp 239.1.1.1 permanent vid 10");
      observer.bridge("mdb add dev br0 port p0 grp ff0e::2 temp vid 10 src 2001:db8::1");
      for (const grp of ["239.1.1.1", "ff0e::2"]) expect(await listed(grp)).toMatchObject(printed(grp));
      expect(await here.ns.mdb.get("br0", { grp: "239.1.1.1", vid: 10 })).toMatchObject(printed("239.1.1.1"));
      expect((await listed("ff0e::2"))[0]!.timer).toBeGreaterThan(200);
      expect(await failureOf(() => here.ns.mdb.get("br0", { grp: "239.9.9.9" }))).toMatchObject({
        code: "ENOENT",
        path: "grp",
      });
    });

    test("flush by state, VLAN and port", async () => {
      await here.ns.mdb.add("br0", { port: "p0", grp: "239.1.1.1", vid: 10, state: "permanent" });
      await here.ns.mdb.add("br0", { port: "p0", grp: "239.1.1.2", vid: 10, state: "temp" });
      await here.ns.mdb.add("br0", { port: "p0", grp: "239.1.1.3", vid: 11, state: "permanent" });
      await here.ns.mdb.flush("br0", { state: "temp" });
      expect(printed("239.1.1.2")).toEqual([]);
      expect(printed("239.1.1.1")).toHaveLength(1);
      await here.ns.mdb.flush("br0", { vid: 10, port: "p0" });
      expect(printed("239.1.1.1")).toEqual([]);
      expect(printed("239.1.1.3")).toHaveLength(1);
    });

    test("routers", async () => {
      observer.ip("link set p0 type bridge_slave mcast_router 2");
      expect(await here.ns.mdb.routers({ dev: "br0" })).toMatchObject([
        { dev: "br0", port: "p0", type: "permanent", timer: 0 },
      ]);
      expect(observer.bridgeJson("-s mdb show")[0]!.router.br0).toMatchObject([
        { port: "p0", type: "permanent" },
      ]);
    });

    test("of a VXLAN: far ends with ports, identifiers and links", async () => {
      const far = { dst: "10.0.0.7", dstPort: 77, vni: 88, via: "n0" };
      await here.ns.mdb.add("vx", { grp: "239.1.1.1", state: "permanent", ...far });
      await here.ns.mdb.add("vx", { grp: "239.1.1.1", src: "10.0.0.9", state: "permanent", dst: "10.0.0.8" });
      const found = (await here.ns.mdb.list({ dev: "vx" })).filter(({ grp }) => grp === "239.1.1.1");
      expect(found).toHaveLength(2);
      expect(found.find(({ src }) => src === undefined)).toMatchObject({ dev: "vx", port: "vx", ...far });
      expect(found.find(({ src }) => src === "10.0.0.9")).toMatchObject({ dst: "10.0.0.8" });
    });

    test("what cannot be is refused with its field", async () => {
      const failure = (entry: object, dev = "br0") => failureOf(() => here.ns.mdb.add(dev, entry as MdbAdd));
      const grp = "239.1.1.1";
      expect(await failure({ port: "p0" })).toMatchObject({ name: "InputError", path: "grp" });
      expect(await failure({ port: "p0", grp: "nope" })).toMatchObject({ name: "InputError", path: "grp" });
      expect(await failure({ port: "p0", grp, vid: 4095 })).toMatchObject({
        name: "InputError",
        path: "vid",
      });
      expect(await failure({ port: "p0", grp, state: "x" })).toMatchObject({
        name: "InputError",
        path: "state",
      });
      expect(await failure({ port: "nope", grp })).toMatchObject({ code: "ENODEV", path: "port" });
      expect(await failure({ port: "p0", grp }, "nope")).toMatchObject({ code: "ENODEV", path: "dev" });
      await here.ns.mdb.add("br0", { port: "p0", grp, vid: 10 });
      const twice = await failure({ port: "p0", grp, vid: 10 });
      expect(twice).toBeInstanceOf(KernelError);
      expect(twice).toMatchObject({ code: "EEXIST", path: "grp" });
    });
  },
);
