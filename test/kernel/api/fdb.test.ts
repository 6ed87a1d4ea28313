import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type FdbAdd, type FdbFilter, type FdbFlush, KernelError, Netns } from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const here = stage("fdb");
const { observer } = here;
const mac = "02:00:5e:10:00:01";
const flood = "00:00:00:00:00:00";

/** Why VLANs cannot be tested here; undefined where they can. */
async function whyNoVlans(): Promise<string | undefined> {
  await using ns = await Netns.anonymous();
  try {
    await ns.link.add({ ifname: "br", kind: "bridge", data: { vlanFiltering: 1 } });
    return undefined;
  } catch (error) {
    if (error instanceof KernelError && error.code === "EOPNOTSUPP")
      return "the kernel's bridges have no VLANs";
    throw error;
  }
}
const noVlans = await whyNoVlans();

beforeAll(async () => {
  const { link } = here.ns;
  // Without a default VLAN an entry is one entry, and not one more for that VLAN.
  const vlanDefaultPvid = noVlans === undefined ? 0 : undefined;
  await link.add({ ifname: "br0", kind: "bridge", up: true, data: { vlanDefaultPvid } });
  await link.add({ ifname: "p0", kind: "veth", up: true, master: "br0", peer: { ifname: "n0", up: true } });
  await link.add({ ifname: "vx4", kind: "vxlan", up: true, data: { id: 42, port: 4789 } });
  await link.add({ ifname: "vx6", kind: "vxlan", up: true, data: { id: 66, port: 4790, local: "fd09::1" } });
  await link.add({ ifname: "vxe", kind: "vxlan", up: true, data: { external: true, port: 4791 } });
  observer.ip("nexthop add id 1 via 10.0.0.9 fdb");
  observer.ip("nexthop add id 10 group 1 fdb");
});

beforeEach(() => {
  // Of n0 in one go: its own database cannot be flushed.
  for (const dev of ["br0", "vx4", "vx6", "vxe"]) observer.bridge(`fdb flush dev ${dev} self`);
  for (const entry of printed("dev n0")) {
    if (entry.mac.startsWith("02:00:5e:")) observer.bridge(`fdb del ${entry.mac} dev n0 self`);
  }
});

/** What `bridge fdb show` prints; it leaves the device out when it was asked for one. */
const printed = (filter = "") => observer.bridgeJson(`-s fdb show ${filter}`);

const counters = { used: expect.any(Number), updated: expect.any(Number) };

/** The entries of a MAC address at a device. */
const seen = (dev: string, address = mac) => printed(`dev ${dev}`).filter((entry) => entry.mac === address);

describe("what the library makes is seen by bridge", () => {
  const at = (master: boolean, rest: Json) => ({
    mac,
    flags: master ? [] : ["self"],
    ...(master && { master: "br0" }),
    state: "permanent",
    ...rest,
  });
  const made: [string, string, FdbAdd, Json][] = [
    ["of a network card", "n0", { mac }, at(false, {})],
    ["of a bridge itself", "br0", { mac }, at(true, counters)],
    ["of a port, local", "p0", { mac, master: true }, at(true, counters)],
    ["static", "p0", { mac, master: true, state: "static" }, at(true, { ...counters, state: "static" })],
    ["dynamic", "p0", { mac, master: true, state: "dynamic" }, at(true, { ...counters, state: "" })],
    [
      "sticky",
      "p0",
      { mac, master: true, state: "static", sticky: true },
      at(true, { ...counters, state: "static", flags: ["sticky"] }),
    ],
    [
      "of a control plane",
      "p0",
      { mac, master: true, state: "dynamic", externLearn: true },
      at(true, { ...counters, state: "", flags: ["extern_learn"] }),
    ],
    ["to a far end", "vx4", { mac, dst: "10.0.0.2" }, at(false, { ...counters, dst: "10.0.0.2" })],
    [
      "to a far end with what the VXLAN has itself",
      "vx4",
      { mac, dst: "10.0.0.2", vni: 42, port: 4789 },
      at(false, { ...counters, dst: "10.0.0.2" }),
    ],
    [
      "to a far end with all of its own",
      "vx4",
      { mac, dst: "10.0.0.2", vni: 0xffffff, port: 65535, via: "n0" },
      at(false, { ...counters, dst: "10.0.0.2", vni: 0xffffff, port: 65535, viaIf: "n0" }),
    ],
    [
      "to an IPv6 far end",
      "vx6",
      { mac, dst: "fd09::2", vni: 7 },
      at(false, { ...counters, dst: "fd09::2", vni: 7 }),
    ],
    [
      "of a VXLAN, static and of a router",
      "vx4",
      { mac, dst: "10.0.0.2", state: "static", router: true, self: true },
      at(false, { ...counters, dst: "10.0.0.2", state: "static", flags: ["self", "router"] }),
    ],
    [
      "of a VXLAN, dynamic",
      "vx4",
      { mac, dst: "10.0.0.2", state: "dynamic", externLearn: true },
      at(false, { ...counters, dst: "10.0.0.2", state: "", flags: ["self", "extern_learn"] }),
    ],
    [
      "of an external VXLAN",
      "vxe",
      { mac, dst: "10.0.0.2", srcVni: 8, vni: 9 },
      at(false, { ...counters, dst: "10.0.0.2", srcVni: 8, vni: 9 }),
    ],
    ["by a nexthop group", "vx4", { mac, nhid: 10 }, at(false, { ...counters, nhid: 10 })],
  ];
  test.each(made)("%s", async (_, dev, entry, expected) => {
    await here.ns.fdb.add(dev, entry);
    expect(seen(dev)).toEqual([expected]);
  });

  test("by the indexes of the devices", async () => {
    const { ifindex } = await here.ns.link.get("vx4");
    const via = (await here.ns.link.get("n0")).ifindex;
    await here.ns.fdb.add(ifindex, { mac, dst: "10.0.0.3", via });
    expect(seen("vx4")).toMatchObject([{ dst: "10.0.0.3", viaIf: "n0" }]);
  });

  const name = noVlans ? `with a VLAN (skipped: ${noVlans})` : "with a VLAN";
  test.skipIf(noVlans !== undefined)(name, async () => {
    const { link, fdb } = here.ns;
    onTestFinished(() => {
      for (const dev of ["br1", "p1"]) observer.ip(`link del ${dev}`);
    });
    await link.add({ ifname: "br1", kind: "bridge", up: true, data: { vlanFiltering: 1 } });
    await link.add({ ifname: "p1", kind: "veth", up: true, master: "br1", peer: { ifname: "n1", up: true } });
    observer.bridge("vlan add dev p1 vid 10");
    observer.bridge("vlan add dev p1 vid 4094");
    await fdb.add("p1", { mac, master: true, state: "static", vlan: 10 });
    await fdb.add("p1", { mac, master: true, state: "dynamic", vlan: 4094 });
    const same = { mac, ...counters, master: "br1", flags: [] };
    expect(seen("p1").sort((a, b) => a.vlan - b.vlan)).toEqual([
      { ...same, vlan: 10, state: "static" },
      { ...same, vlan: 4094, state: "" },
    ]);
    observer.bridge("fdb add 02:00:5e:10:00:02 dev p1 master dynamic vlan 4094 sticky");
    const shown = observer.bridgeJson("fdb show br br1 vlan 4094");
    expect(shown.map((entry) => entry.mac)).toContain("02:00:5e:10:00:02");
    expect(await fdb.list({ br: "br1", vlan: 4094 })).toEqual(shown);
    expect(await fdb.get("p1", { mac, master: true, vlan: 10 })).toMatchObject({ vlan: 10, state: "static" });
    await fdb.flush("br1", { vlan: 10 });
    expect(seen("p1").map(({ vlan }) => vlan)).toEqual([4094]);
    await fdb.delete("p1", { mac, master: true, vlan: 4094 });
    expect(seen("p1")).toEqual([]);
    const error = await failureOf(() => fdb.add("p1", { mac, master: true, vlan: 11 }));
    expect(error).toMatchObject({ code: "EINVAL", path: "vlan" });
  });
});

describe("verbs", () => {
  test("append: what is flooded has several far ends", async () => {
    await here.ns.fdb.append("vx4", { mac: flood, dst: "10.0.0.2", vni: 42 });
    await here.ns.fdb.append("vx4", { mac: flood, dst: "10.0.0.3", vni: 43, port: 4800 });
    await here.ns.fdb.append("vx4", { mac: flood, dst: "10.0.0.4", via: "n0" });
    const same = { mac: flood, ...counters, flags: ["self"], state: "permanent" };
    expect(seen("vx4", flood)).toEqual([
      { ...same, dst: "10.0.0.2" },
      { ...same, dst: "10.0.0.3", vni: 43, port: 4800 },
      { ...same, dst: "10.0.0.4", viaIf: "n0" },
    ]);
  });

  test("append: a far end that is there is no error", async () => {
    await here.ns.fdb.append("vx6", { mac: flood, dst: "fd09::2" });
    await here.ns.fdb.append("vx6", { mac: flood, dst: "fd09::3" });
    await here.ns.fdb.append("vx6", { mac: flood, dst: "fd09::2" });
    expect(seen("vx6", flood).map(({ dst }) => dst)).toEqual(["fd09::2", "fd09::3"]);
  });

  test("append: another MAC has one far end, and says so", async () => {
    await here.ns.fdb.append("vx4", { mac, dst: "10.0.0.2" });
    const error = await failureOf(() => here.ns.fdb.append("vx4", { mac, dst: "10.0.0.3" }));
    expect(error).toMatchObject({ name: "KernelError", code: "EEXIST", path: "mac" });
    expect(seen("vx4")).toMatchObject([{ dst: "10.0.0.2" }]);
  });

  test("replace makes an entry, and changes it", async () => {
    await here.ns.fdb.replace("vx4", { mac, dst: "10.0.0.2" });
    await here.ns.fdb.replace("vx4", { mac, dst: "10.0.0.3", vni: 7, state: "static" });
    expect(seen("vx4")).toMatchObject([{ dst: "10.0.0.3", vni: 7, state: "static" }]);
    await here.ns.fdb.add("p0", { mac, master: true, state: "dynamic" });
    await here.ns.fdb.replace("p0", { mac, master: true, state: "static" });
    expect(seen("p0")).toMatchObject([{ state: "static" }]);
  });

  test("replace: of several far ends the kernel replaces none", async () => {
    await here.ns.fdb.append("vx4", { mac: flood, dst: "10.0.0.2" });
    const error = await failureOf(() => here.ns.fdb.replace("vx4", { mac: flood, dst: "10.0.0.3" }));
    expect(error).toMatchObject({ code: "EOPNOTSUPP", path: "mac" });
    expect(error.message).toMatch(/append\(\)/);
  });

  test("delete takes one far end, or all of them", async () => {
    for (const dst of ["10.0.0.2", "10.0.0.3", "10.0.0.4"]) {
      await here.ns.fdb.append("vx4", { mac: flood, dst, vni: 43 });
    }
    await here.ns.fdb.delete("vx4", { mac: flood, dst: "10.0.0.3", vni: 43 });
    expect(seen("vx4", flood).map(({ dst }) => dst)).toEqual(["10.0.0.2", "10.0.0.4"]);
    await here.ns.fdb.delete("vx4", { mac: flood });
    expect(seen("vx4", flood)).toEqual([]);
  });

  test("delete in each kind of database", async () => {
    const places = [
      ["n0", { mac }],
      ["br0", { mac }],
      ["p0", { mac, master: true }],
      ["vxe", { mac, dst: "10.0.0.2", srcVni: 8 }],
      ["vx4", { mac, dst: "10.0.0.2", via: "n0" }],
    ] as const;
    for (const [dev, entry] of places) {
      await here.ns.fdb.add(dev, entry);
      expect(seen(dev)).toHaveLength(1);
      await here.ns.fdb.delete(dev, entry);
      expect(seen(dev)).toEqual([]);
    }
  });

  test("get asks bridges and VXLANs", async () => {
    await here.ns.fdb.add("p0", { mac, master: true, state: "static" });
    await here.ns.fdb.add("vx4", { mac, dst: "10.0.0.2", via: "n0", port: 99 });
    await here.ns.fdb.add("vxe", { mac, dst: "10.0.0.2", srcVni: 8, vni: 9 });
    const same = { mac, state: "permanent", flags: ["self"], dst: "10.0.0.2", ...counters };
    const ofBridge = { mac, ifname: "p0", state: "static", flags: [], master: "br0", ...counters };
    expect(await here.ns.fdb.get("p0", { mac, master: true })).toEqual(ofBridge);
    expect(await here.ns.fdb.get("br0", { mac })).toEqual(ofBridge);
    expect(await here.ns.fdb.get("vx4", { mac })).toEqual({ ...same, ifname: "vx4", viaIf: "n0", port: 99 });
    expect(await here.ns.fdb.get("vxe", { mac, srcVni: 8 })).toEqual({
      ...same,
      ifname: "vxe",
      srcVni: 8,
      vni: 9,
    });
    expect(await failureOf(() => here.ns.fdb.get("vxe", { mac, srcVni: 9 }))).toMatchObject({
      code: "ENOENT",
      path: "mac",
    });
  });
});

describe("what bridge makes is listed", () => {
  beforeEach(() => {
    for (const entry of [
      "02:00:5e:00:00:01 dev n0 self",
      "02:00:5e:00:00:02 dev br0 self",
      "02:00:5e:00:00:03 dev p0 master",
      "02:00:5e:00:00:04 dev p0 master static",
      "02:00:5e:00:00:05 dev p0 master dynamic",
      "02:00:5e:00:00:06 dev p0 master dynamic extern_learn",
      "02:00:5e:00:00:07 dev p0 master static sticky",
      "02:00:5e:00:00:08 dev vx4 dst 10.0.0.2",
      "02:00:5e:00:00:09 dev vx4 dst 10.0.0.2 vni 7 port 99 via n0",
      "02:00:5e:00:00:0a dev vx4 dst 10.0.0.2 dynamic router",
      "02:00:5e:00:00:0b dev vx4 dst 10.0.0.2 static extern_learn",
      "02:00:5e:00:00:0c dev vx4 nhid 10",
      "02:00:5e:00:00:0d dev vx6 dst fd09::2",
      "02:00:5e:00:00:0e dev vxe dst 10.0.0.2 src_vni 8 vni 9",
    ]) {
      observer.bridge(`fdb add ${entry}`);
    }
    for (const dst of ["10.0.0.2", "10.0.0.3", "10.0.0.4"])
      observer.bridge(`fdb append ${flood} dev vx4 dst ${dst}`);
  });

  const listings: [string, FdbFilter, string][] = [
    ["of all devices", {}, ""],
    ["of a bridge and its ports", { br: "br0" }, "br br0"],
    ["of a bridge itself", { dev: "br0" }, "dev br0"],
    ["of a port", { dev: "p0" }, "brport p0"],
    ["of a port of a bridge", { br: "br0", dev: "p0" }, "br br0 brport p0"],
    ["of a VXLAN", { dev: "vx4" }, "dev vx4"],
    ["of a network card", { dev: "n0" }, "dev n0"],
    ["that are not permanent", { dynamic: true }, "dynamic"],
  ];
  test.each(listings)("as bridge prints it, statistics too: %s", async (_, filter, command) => {
    const dev = filter.dev === undefined ? {} : { ifname: filter.dev };
    await vi.waitFor(async () => {
      const shown = printed(command).map((entry) => ({ ...dev, ...entry }));
      expect(shown).not.toEqual([]);
      expect(await here.ns.fdb.list(filter, { stats: true })).toEqual(shown);
    });
  });

  test("in one state", async () => {
    const of = async (state: FdbFilter["state"]) =>
      (await here.ns.fdb.list({ state }))
        .map((entry) => entry.mac)
        .filter((address) => /^02:00:5e/.test(address));
    const shown = (state: string) =>
      printed()
        .filter((entry) => entry.state === state && entry.mac.startsWith("02:00:5e:"))
        .map((entry) => entry.mac);
    expect(await of("permanent")).toEqual(shown("permanent"));
    expect(await of("static")).toEqual(shown("static"));
    expect(await of("reachable")).toEqual(shown(""));
    expect([shown("permanent").length, shown("static").length, shown("").length]).toEqual([8, 3, 3]);
    expect(await of("stale")).toEqual([]);
  });

  test("without statistics unless they are asked for", async () => {
    const [entry] = await here.ns.fdb.list({ dev: "vx6" });
    expect(entry).toEqual({
      mac: "02:00:5e:00:00:0d",
      ifname: "vx6",
      dst: "fd09::2",
      flags: ["self"],
      state: "permanent",
    });
  });
});

describe("flush", () => {
  const macs = (dev: string) =>
    printed(`dev ${dev}`)
      .map((entry) => entry.mac as string)
      .filter((address) => address.startsWith("02:00:5e:00:00:"))
      .map((address) => address.slice(-2))
      .sort();

  test.each<[string, FdbFlush, string[]]>([
    ["all", {}, []],
    ["permanent", { permanent: true }, ["02", "03"]],
    ["not permanent", { permanent: false }, ["01", "04"]],
    ["static", { static: true }, ["01", "03", "04"]],
    ["dynamic", { dynamic: true }, ["01", "02", "04"]],
    ["of a control plane", { externLearn: true }, ["01", "02", "04"]],
    ["not of a control plane", { externLearn: false }, ["03"]],
    ["to a far end", { dst: "10.0.0.2" }, ["03", "04"]],
    ["with a network identifier", { vni: 7 }, ["01", "02", "03"]],
    ["with a port", { port: 99 }, ["01", "02", "03"]],
  ])("a VXLAN's: %s", async (_, filter, left) => {
    await here.ns.fdb.add("vx4", { mac: "02:00:5e:00:00:01", dst: "10.0.0.2" });
    await here.ns.fdb.add("vx4", { mac: "02:00:5e:00:00:02", dst: "10.0.0.2", state: "static" });
    await here.ns.fdb.add("vx4", {
      mac: "02:00:5e:00:00:03",
      dst: "10.0.0.3",
      state: "dynamic",
      externLearn: true,
    });
    await here.ns.fdb.add("vx4", { mac: "02:00:5e:00:00:04", dst: "10.0.0.3", vni: 7, port: 99, via: "n0" });
    await here.ns.fdb.flush("vx4", filter);
    expect(macs("vx4")).toEqual(left);
  });

  test.each<[string, string, FdbFlush, string[]]>([
    ["all", "br0", {}, []],
    ["of a port", "br0", { brport: "p0" }, ["01"]],
    ["of a port, asked at the port", "p0", { master: true }, ["01"]],
    ["sticky", "br0", { sticky: true }, ["01", "02", "03"]],
    ["not sticky", "br0", { sticky: false }, ["04"]],
    ["static", "br0", { static: true }, ["01", "02"]],
    ["neither static nor permanent", "br0", { static: false, permanent: false }, ["01", "03", "04"]],
    ["added by users", "br0", { addedByUser: true }, []],
  ])("a bridge's: %s", async (_, dev, filter, left) => {
    await here.ns.fdb.add("br0", { mac: "02:00:5e:00:00:01" });
    await here.ns.fdb.add("p0", { mac: "02:00:5e:00:00:02", master: true, state: "dynamic" });
    await here.ns.fdb.add("p0", { mac: "02:00:5e:00:00:03", master: true, state: "static" });
    await here.ns.fdb.add("p0", { mac: "02:00:5e:00:00:04", master: true, state: "static", sticky: true });
    await here.ns.fdb.flush(dev, filter);
    expect([...new Set([...macs("br0"), ...macs("p0")])]).toEqual(left);
  });

  test("refuses what contradicts itself, and other devices", async () => {
    expect(await failureOf(() => here.ns.fdb.flush("vx4", { permanent: true, dynamic: true }))).toMatchObject(
      {
        name: "InputError",
        path: "dynamic",
      },
    );
    expect(await failureOf(() => here.ns.fdb.flush("n0"))).toMatchObject({ code: "EOPNOTSUPP", path: "dev" });
    expect(await failureOf(() => here.ns.fdb.flush("n0", { master: true }))).toMatchObject({
      code: "EOPNOTSUPP",
      path: "master",
    });
    expect(await failureOf(() => here.ns.fdb.flush("vx4", { vlan: 3 }))).toMatchObject({
      code: "EINVAL",
      path: "vlan",
    });
    expect(await failureOf(() => here.ns.fdb.flush("br0", { brport: "n0" }))).toMatchObject({
      code: "EINVAL",
      path: "brport",
    });
  });
});

describe("wrong input", () => {
  const refused: [string, object, string, RegExp][] = [
    ["no MAC address", { dst: "10.0.0.2" }, "mac", /a MAC address/],
    ["a MAC address that is none", { mac: "02:00:5e:10:00:zz" }, "mac", /a MAC address/],
    ["a MAC address too short", { mac: "02:00:5e:10:00" }, "mac", /a MAC address/],
    ["a far end that is none", { mac, dst: "10.0.0.300" }, "dst", /an IP address/],
    ["a network identifier too high", { mac, dst: "10.0.0.2", vni: 0x1000000 }, "vni", /0 to 16777215/],
    ["a network identifier below 0", { mac, dst: "10.0.0.2", srcVni: -1 }, "srcVni", /0 to 16777215/],
    ["a port too high", { mac, dst: "10.0.0.2", port: 65536 }, "port", /1 to 65535/],
    ["port 0", { mac, dst: "10.0.0.2", port: 0 }, "port", /1 to 65535/],
    ["a VLAN too high", { mac, vlan: 4095 }, "vlan", /1 to 4094/],
    ["VLAN 0", { mac, vlan: 0 }, "vlan", /1 to 4094/],
    ["a VLAN that is no number", { mac, vlan: "10" }, "vlan", /1 to 4094/],
    ["nexthop 0", { mac, nhid: 0 }, "nhid", /1 to 4294967295/],
    ["a state that is none", { mac, state: "local" }, "state", /permanent, static or dynamic/],
    ["a flag that is no boolean", { mac, sticky: 1 }, "sticky", /a boolean/],
    ["no place at all", { mac, self: false }, "self", /true/],
    ["a bridge's name where a flag is meant", { mac, master: "br0" }, "master", /a boolean/],
    ["a field there is not", { mac, remote: "10.0.0.2" }, "remote", /a field of/],
  ];
  test.each(refused)("%s is refused with its field", async (_, entry, path, expected) => {
    const error = await failureOf(() => here.ns.fdb.add("vx4", entry as FdbAdd));
    expect(error).toMatchObject({ name: "InputError", path, expected: expect.stringMatching(expected) });
    expect(printed("dev vx4")).toEqual([]);
  });

  const unfit: [string, string, FdbAdd, string, string][] = [
    ["a far end of the other family", "vx4", { mac, dst: "fd09::2" }, "EAFNOSUPPORT", "dst"],
    ["a link to send over that is not there", "vx4", { mac, dst: "10.0.0.2", via: "nope" }, "ENODEV", "via"],
    ["the same by index", "vx4", { mac, dst: "10.0.0.2", via: 4711 }, "EADDRNOTAVAIL", "via"],
    ["a nexthop that is not there", "vx4", { mac, nhid: 99 }, "EINVAL", "nhid"],
    ["a nexthop and a far end", "vx4", { mac, nhid: 10, dst: "10.0.0.2" }, "EINVAL", "nhid"],
    ["a device that is no port", "n0", { mac, master: true }, "EOPNOTSUPP", "master"],
    ["an ageing entry of a network card", "n0", { mac, state: "dynamic" }, "EINVAL", "state"],
    ["a network card's VLAN", "n0", { mac, vlan: 3 }, "EINVAL", "vlan"],
    ["a device that is not there", "nope", { mac }, "ENODEV", "dev"],
    ["the same by index", 4711 as unknown as string, { mac }, "ENODEV", "dev"],
  ];
  test.each(unfit)("%s", async (_, dev, entry, code, path) => {
    const error = await failureOf(() => here.ns.fdb.add(dev, entry));
    expect(error).toMatchObject({ name: "KernelError", code, path, asked: { dev, mac } });
  });

  test("an entry that is there already, or is not", async () => {
    await here.ns.fdb.add("vx4", { mac, dst: "10.0.0.2" });
    const twice = await failureOf(() => here.ns.fdb.add("vx4", { mac, dst: "10.0.0.3" }));
    expect(twice).toMatchObject({ code: "EEXIST", path: "mac" });
    const other = "02:00:5e:10:00:09";
    for (const [dev, place] of [
      ["vx4", {}],
      ["br0", {}],
      ["n0", {}],
      ["p0", { master: true }],
    ] as const) {
      const error = await failureOf(() => here.ns.fdb.delete(dev, { mac: other, ...place }));
      expect(error).toMatchObject({ code: "ENOENT", path: "mac" });
      expect(error.message).toContain(`"${dev}"`);
    }
    expect(await failureOf(() => here.ns.fdb.get("br0", { mac: other }))).toMatchObject({
      code: "ENOENT",
      path: "mac",
    });
  });

  test("an ageing entry at a port that is down", async () => {
    await here.ns.link.set("n0", { up: false });
    const error = await failureOf(() => here.ns.fdb.add("p0", { mac, master: true, state: "dynamic" }));
    await here.ns.link.set("n0", { up: true });
    expect(error).toMatchObject({ name: "KernelError", code: "EPERM" });
    expect(error.message).toMatch(/"p0" is a bridge's port that does not learn/);
  });

  test("devices without a database to ask", async () => {
    expect(await failureOf(() => here.ns.fdb.get("n0", { mac }))).toMatchObject({
      code: "EOPNOTSUPP",
      path: "dev",
    });
    expect(await failureOf(() => here.ns.fdb.get("n0", { mac, master: true }))).toMatchObject({
      code: "EINVAL",
      path: "master",
    });
  });

  test("filters", async () => {
    const attempts: [object, string][] = [
      [{ dev: "nope" }, "dev"],
      [{ dev: 4711 }, "dev"],
      [{ br: "nope" }, "br"],
      [{ state: "noarp" }, "state"],
      [{ ifname: "vx4" }, "ifname"],
    ];
    for (const [filter, path] of attempts) {
      expect(await failureOf(() => here.ns.fdb.list(filter as FdbFilter))).toMatchObject({ path });
    }
  });
});
