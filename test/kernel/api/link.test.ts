import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Link, type LinkAdd, Netns } from "../../../src/index.ts";

const name = `nlkit-link-${process.pid}`;
let ns: Netns;

beforeAll(async () => {
  ns = await Netns.create(name);
});
afterAll(async () => {
  ns.close();
  await Netns.delete(name);
});

const ip = (...args: string[]): string => execFileSync("ip", ["-n", name, ...args], { encoding: "utf8" });

type Json = Record<string, unknown>;

const camel = (word: string) => word.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), camelCase(inner)]));
}

/** What `ip -j -d link` prints, with its linkinfo where the library has it. */
function seen(dev?: string): Json[] {
  const printed = JSON.parse(ip("-j", "-d", "link", "show", ...(dev ? [dev] : []))) as Json[];
  return printed.map((entry) => {
    const { linkinfo, ...rest } = camelCase(entry) as { linkinfo?: Json } & Json;
    const words: Json = { ...rest };
    if (linkinfo?.infoKind !== undefined) words.kind = linkinfo.infoKind;
    if (linkinfo?.infoData !== undefined) words.data = linkinfo.infoData;
    if (linkinfo?.infoSlaveKind !== undefined) words.slaveKind = linkinfo.infoSlaveKind;
    if (linkinfo?.infoSlaveData !== undefined) words.slaveData = linkinfo.infoSlaveData;
    return words;
  });
}

/** ip prints these otherwise: as text of a number, in seconds, in a struct of its own, or with another meaning. */
const numeral = (value: unknown) => (typeof value === "string" ? Number(value) : value);
/** `8021q` for `802.1Q` */
const protocolName = (printed: unknown) =>
  typeof printed === "string" ? printed.replace(".", "").toLowerCase() : printed;
const bridgeIdText = (id: { prio: number; addr: string } | undefined) =>
  id && `${id.prio.toString(16).padStart(4, "0")}.${id.addr.replace(/\b0/g, "")}`;

function comparable(link: Json): Json {
  const {
    data,
    slaveData,
    gsoIpv4MaxSize: _a,
    groIpv4MaxSize: _b,
    stats64: _c,
    ...rest
  } = link as Json & { data?: Json; slaveData?: Json };
  return rest;
}

function expectSame(library: Link[], printed: Json[]): void {
  expect(library.map((link) => comparable(link as unknown as Json))).toEqual(printed.map(comparable));
}

describe("what the library makes is seen by ip", () => {
  const made: [string, LinkAdd, Json][] = [
    [
      "bridge",
      {
        ifname: "l-br",
        kind: "bridge",
        data: { forwardDelay: 400, ageingTime: 6000, stpState: 1, priority: 4096 },
      },
      { forwardDelay: 400, ageingTime: 6000, stpState: 1, priority: 4096 },
    ],
    [
      "vxlan",
      {
        ifname: "l-vx",
        kind: "vxlan",
        mtu: 1400,
        data: {
          id: 42,
          port: 4789,
          local: "10.0.0.1",
          remote: "10.0.0.2",
          ttl: 5,
          learning: false,
          ageing: 60,
          portRange: { low: 1000, high: 2000 },
        },
      },
      {
        id: 42,
        port: 4789,
        local: "10.0.0.1",
        remote: "10.0.0.2",
        ttl: 5,
        learning: false,
        ageing: 60,
        portRange: { low: 1000, high: 2000 },
      },
    ],
    [
      "vxlan over IPv6",
      {
        ifname: "l-vx6",
        kind: "vxlan",
        data: { id: 43, port: 4790, local: "fd00::1", remote: "fd00::2", udpZeroCsum6Tx: true },
      },
      { id: 43, port: 4790, local6: "fd00::1", remote6: "fd00::2", udpZeroCsum6Tx: true },
    ],
    [
      "external vxlan",
      { ifname: "l-vxe", kind: "vxlan", data: { external: true, port: 4791 } },
      { external: true, port: 4791 },
    ],
    [
      "veth",
      {
        ifname: "l-v0",
        kind: "veth",
        address: "02:00:00:00:00:01",
        mtu: 1300,
        txqlen: 77,
        ifalias: "left end",
        group: 5,
        numTxQueues: 3,
        numRxQueues: 2,
        peer: { ifname: "l-v1", mtu: 1301, address: "02:00:00:00:00:02" },
      },
      {},
    ],
    ["ifb", { ifname: "l-ifb", kind: "ifb", up: true, promisc: true, arp: false, multicast: false }, {}],
  ];
  test.each(made)("%s", async (_name, asked, data) => {
    await ns.link.add(asked);
    const [printed] = seen(asked.ifname);
    expect(printed).toMatchObject({ ifname: asked.ifname, kind: asked.kind });
    if (asked.mtu) expect(printed!.mtu).toBe(asked.mtu);
    if (asked.address) expect(printed!.address).toBe(asked.address);
    if (Object.keys(data).length > 0) expect(printed!.data).toMatchObject(data);
    expectSame([await ns.link.get(asked.ifname!)], [printed!]);
  });

  test("a veth pair: both ends as asked", async () => {
    expect(seen("l-v0")[0]).toMatchObject({
      link: "l-v1",
      mtu: 1300,
      txqlen: 77,
      ifalias: "left end",
      group: "5",
      numTxQueues: 3,
    });
    expect(seen("l-v1")[0]).toMatchObject({ link: "l-v0", mtu: 1301, address: "02:00:00:00:00:02" });
  });

  test("flags", () => {
    expect(seen("l-ifb")[0]!.flags).toEqual(expect.arrayContaining(["NOARP", "PROMISC", "UP"]));
    expect(seen("l-ifb")[0]!.flags).not.toContain("MULTICAST");
  });

  test("link.set: every setting, one by one, and back", async () => {
    const at = () => seen("l-v0")[0]!;
    await ns.link.set("l-v0", { mtu: 1280 });
    expect(at().mtu).toBe(1280);
    await ns.link.set("l-v0", { address: "02:00:00:00:00:aa" });
    expect(at().address).toBe("02:00:00:00:00:aa");
    await ns.link.set("l-v0", { master: "l-br" });
    expect(at().master).toBe("l-br");
    await ns.link.set("l-v0", {
      slaveKind: "bridge",
      slaveData: { hairpin: true, cost: 77, learning: false, flood: false, isolated: true },
    });
    expect(at().slaveData).toMatchObject({
      hairpin: true,
      cost: 77,
      learning: false,
      flood: false,
      isolated: true,
    });
    expect((await ns.link.get("l-v0")).slaveData).toMatchObject({
      hairpin: true,
      cost: 77,
      learning: false,
      flood: false,
      isolated: true,
    });
    await ns.link.set("l-v0", { master: null });
    expect(at()).not.toHaveProperty("master");
    await ns.link.set("l-v0", { up: true, promisc: true, allmulticast: true });
    expect(at().flags).toEqual(expect.arrayContaining(["UP", "PROMISC", "ALLMULTI"]));
    await ns.link.set("l-v0", { up: false, promisc: false, allmulticast: false });
    expect(at().flags).toEqual(["BROADCAST", "MULTICAST", "M-DOWN"]);
    await ns.link.set("l-v0", { arp: false, multicast: false });
    expect(at().flags).toContain("NOARP");
    await ns.link.set("l-v0", { arp: true, multicast: true });
    expect(at().flags).toEqual(["BROADCAST", "MULTICAST", "M-DOWN"]);
    await ns.link.set("l-v0", { ifalias: "other", txqlen: 9, group: "default" });
    expect(at()).toMatchObject({ ifalias: "other", txqlen: 9, group: "default" });
    await ns.link.set("l-v0", { ifalias: "" });
    expect(at()).not.toHaveProperty("ifalias");
    await ns.link.set("l-v0", { inet6AddrGenMode: "none" });
    expect(at().inet6AddrGenMode).toBe("none");
    await ns.link.set("l-v0", { ifname: "l-new" });
    expect(seen("l-new")).toHaveLength(1);
    const { ifindex } = await ns.link.get("l-new");
    await ns.link.set(ifindex, { ifname: "l-v0" });
    expect(seen("l-v0")).toHaveLength(1);
  });

  test("master and the port's options at once", async () => {
    await ns.link.set("l-v0", { master: "l-br", slaveKind: "bridge", slaveData: { hairpin: true } });
    expect(seen("l-v0")[0]).toMatchObject({ master: "l-br", slaveData: { hairpin: true } });
    await ns.link.set("l-v0", { master: null });
  });

  test("a link moves by name, by handle and by process id", async () => {
    await using other = await Netns.anonymous();
    await ns.link.set("l-v1", { netns: other });
    expect((await other.link.list()).map((link) => link.ifname)).toContain("l-v1");
    await other.link.set("l-v1", { netns: name });
    await ns.link.set("l-v1", { netns: { fd: other.fd }, ifname: "moved" });
    await other.link.set("moved", { netns: { path: `/run/netns/${name}` }, ifname: "l-v1" });
    expect(seen("l-v1")).toHaveLength(1);
    const child = other.spawn("sleep", ["60"], { mounts: false });
    try {
      await ns.link.set("l-v1", { netns: { pid: child.pid! } });
      expect((await other.link.get("l-v1")).ifname).toBe("l-v1");
      await other.link.set("l-v1", { netns: name });
    } finally {
      child.kill("SIGKILL");
    }
  });

  test("a peer is made in another namespace, with settings of its own", async () => {
    await using other = await Netns.anonymous();
    await ns.link.add({
      ifname: "p0",
      kind: "veth",
      peer: { ifname: "eth0", netns: other, up: true, mtu: 1400 },
    });
    const end = await other.link.get("eth0");
    expect(end).toMatchObject({ mtu: 1400, kind: "veth", linkIndex: (await ns.link.get("p0")).ifindex });
    expect(end.flags).toContain("UP");
    await ns.link.delete("p0");
    await expect(other.link.get("eth0")).rejects.toMatchObject({ code: "ENODEV" });
  });

  test("replace makes and changes", async () => {
    await ns.link.replace({ ifname: "r0", kind: "bridge", data: { forwardDelay: 300 } });
    await ns.link.replace({ ifname: "r0", kind: "bridge", data: { forwardDelay: 500 } });
    expect(seen("r0")[0]!.data).toMatchObject({ forwardDelay: 500 });
    await ns.link.delete("r0");
    expect(() => seen("r0")).toThrow();
  });
});

describe("what ip makes is listed by the library", () => {
  beforeAll(() => {
    ip("link", "add", "name", "i-br", "type", "bridge", "ageing_time", "5000");
    ip("link", "add", "i-v0", "type", "veth", "peer", "name", "i-v1");
    ip("link", "set", "i-v0", "master", "i-br", "up");
    ip("link", "set", "i-br", "up");
    ip(
      "link",
      "add",
      "i-vx",
      "type",
      "vxlan",
      "id",
      "7",
      "dstport",
      "4792",
      "group",
      "239.1.1.1",
      "dev",
      "i-br",
      "ttl",
      "3",
    );
    ip("link", "property", "add", "dev", "i-v1", "altname", "a-much-longer-alternative-name");
  });

  test("all of them, field by field", async () => {
    expectSame(await ns.link.list(), seen());
  });

  test("a bridge's and a port's options", async () => {
    const bridge = await ns.link.get("i-br");
    const printed = seen("i-br")[0]!.data as Json;
    const { rootId, bridgeId, gcTimer, groupFwdMask, multiBoolopt, mcastQuerierState, ...options } =
      bridge.data as Json & { rootId: never; bridgeId: never };
    const { noLinklocalLearn, mcastVlanSnooping, ...text } = printed;
    expect({
      ...text,
      gcTimer: 0,
      groupFwdMask: numeral(printed.groupFwdMask),
      vlanProtocol: protocolName(printed.vlanProtocol),
    }).toMatchObject(
      Object.fromEntries(
        Object.entries({
          ...options,
          rootId: bridgeIdText(rootId),
          bridgeId: bridgeIdText(bridgeId),
          gcTimer: 0,
          groupFwdMask,
        }).filter(([key]) => key in printed),
      ),
    );
    expect(
      Object.keys(printed)
        .filter((key) => !(key in bridge.data!))
        .sort(),
    ).toEqual(["mcastVlanSnooping", "noLinklocalLearn"]);
    expect(multiBoolopt).toBeDefined();
    const port = (await ns.link.get("i-v0")).slaveData as Json;
    const asPrinted = seen("i-v0")[0]!.slaveData as Json;
    const same = [
      "state",
      "priority",
      "cost",
      "hairpin",
      "guard",
      "rootBlock",
      "fastleave",
      "learning",
      "flood",
      "designatedPort",
      "designatedCost",
      "proxyArp",
      "proxyArpWifi",
      "multicastRouter",
      "mcastFlood",
      "bcastFlood",
      "mcastToUnicast",
      "neighSuppress",
      "vlanTunnel",
      "isolated",
      "locked",
    ];
    expect(Object.fromEntries(same.map((key) => [key, port[key]]))).toEqual(
      Object.fromEntries(same.map((key) => [key, asPrinted[key]])),
    );
    expect([port.id, port.no]).toEqual([numeral(asPrinted.id), numeral(asPrinted.no)]);
  });

  test("a vxlan's options", async () => {
    expect(seen("i-vx")[0]!.data).toEqual(
      expect.objectContaining({ id: 7, group: "239.1.1.1", link: "i-br", ttl: 3, port: 4792 }),
    );
    const { data } = await ns.link.get("i-vx");
    const printed = seen("i-vx")[0]!.data as Json;
    expect(data).toMatchObject(printed);
  });

  test("an alternative name finds it", async () => {
    expect(await ns.link.get("a-much-longer-alternative-name")).toMatchObject({
      ifname: "i-v1",
      altnames: ["a-much-longer-alternative-name"],
    });
  });

  test("filters", async () => {
    const names = async (filter: Parameters<Netns["link"]["list"]>[0]) =>
      (await ns.link.list(filter)).map((link) => link.ifname).sort();
    expect(await names({ master: "i-br" })).toEqual(["i-v0"]);
    expect(await names({ kind: "bridge" })).toEqual(["i-br", "l-br"]);
    expect(await names({ up: true })).toEqual(["i-br", "i-v0", "l-ifb"]);
    ip("link", "set", "i-v1", "group", "9");
    expect(await names({ group: 9 })).toEqual(["i-v1"]);
  });
});

describe("wrong input", () => {
  const add = (link: LinkAdd) => () => ns.link.add(link);
  const cases: [string, () => Promise<unknown>, Json][] = [
    ["unknown interface", () => ns.link.get("nope"), { code: "ENODEV", path: "dev" }],
    ["unknown interface of set", () => ns.link.set("nope", { up: true }), { code: "ENODEV", path: "dev" }],
    ["unknown interface of delete", () => ns.link.delete("nope"), { code: "ENODEV", path: "dev" }],
    ["unknown master", () => ns.link.set("lo", { master: "nope" }), { code: "ENODEV", path: "master" }],
    ["index 0", () => ns.link.get(0), { code: "ERR_INVALID_ARG_VALUE", path: "dev" }],
    ["empty name", add({ ifname: "", kind: "bridge" }), { code: "ERR_INVALID_ARG_VALUE", path: "ifname" }],
    [
      "name of 16 bytes",
      add({ ifname: "abcdefghijklmnop", kind: "bridge" }),
      { code: "ERR_INVALID_ARG_VALUE", path: "ifname" },
    ],
    [
      "name with /",
      add({ ifname: "a/b", kind: "bridge" }),
      { code: "ERR_INVALID_ARG_VALUE", path: "ifname" },
    ],
    [
      "name of a peer",
      add({ ifname: "x", kind: "veth", peer: { ifname: "a b" } }),
      { code: "ERR_INVALID_ARG_VALUE", path: "peer.ifname" },
    ],
    ["name that is taken", add({ ifname: "lo", kind: "bridge" }), { code: "EEXIST", path: "ifname" }],
    [
      "kind the kernel lacks",
      add({ ifname: "x", kind: "nosuchkind" }),
      { code: "EOPNOTSUPP", path: "kind", kernelMessage: "Unknown device type" },
    ],
    [
      "value out of the kernel's range",
      add({ ifname: "x", kind: "vxlan", data: { id: 1 << 24 } }),
      { code: "ERANGE", path: "data.id", attribute: "IFLA_VXLAN_ID" },
    ],
    [
      "value out of the wire's range",
      add({ ifname: "x", kind: "vxlan", data: { id: 1, port: 65536 } }),
      { code: "ERR_INVALID_ARG_VALUE", path: "data.port" },
    ],
    [
      "no address",
      add({ ifname: "x", kind: "vxlan", data: { id: 1, local: "10.0.0.256" } }),
      { code: "ERR_INVALID_ARG_VALUE", path: "data.local" },
    ],
    ["no hardware address", () => ns.link.set("lo", { address: "02:00" }), { code: "EINVAL" }],
    [
      "unknown field",
      () => ns.link.set("lo", { mttu: 5 } as never),
      { code: "ERR_INVALID_ARG_VALUE", path: "mttu" },
    ],
    [
      "unknown option of a kind",
      add({ ifname: "x", kind: "bridge", data: { frwardDelay: 1 } as never }),
      { code: "ERR_INVALID_ARG_VALUE", path: "data.frwardDelay" },
    ],
    [
      "data without its kind",
      add({ ifname: "x", data: { id: 1 } } as never),
      { code: "ERR_INVALID_ARG_VALUE", path: "kind" },
    ],
    ["unknown namespace", () => ns.link.set("lo", { netns: "no-such-netns" }), { code: "ENOENT" }],
    [
      "namespace name that walks a path",
      () => ns.link.set("lo", { netns: "../../etc" }),
      { code: "ERR_INVALID_ARG_VALUE" },
    ],
  ];
  test.each(cases)("%s", async (_name, attempt, expected) => {
    const before = seen().length;
    const error = await attempt().then(
      () => expect.unreachable("it was accepted"),
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject(expected);
    expect(seen()).toHaveLength(before);
  });
});

/** Whether this kernel makes such links; asked in a namespace that goes at once. */
function kernelHas(kind: string, ...options: string[]): boolean {
  const command = `ip link add lower type veth && ip link add upper ${options.join(" ")} type ${kind} ${kind === "vlan" ? "id 5" : ""}`;
  try {
    execFileSync("unshare", ["-n", "sh", "-c", command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("kinds that not every kernel has", () => {
  const lower = { link: "l-v0" };
  const kinds: [kind: string, make: LinkAdd, data: Json, probe: string[]][] = [
    ["dummy", { ifname: "k-dummy", kind: "dummy" }, {}, []],
    [
      "vlan",
      { ifname: "k-vlan", kind: "vlan", ...lower, data: { id: 5, protocol: "8021ad" } },
      { id: 5, protocol: "802.1ad" },
      ["link lower"],
    ],
    [
      "macvlan",
      { ifname: "k-macvlan", kind: "macvlan", ...lower, data: { mode: "bridge" } },
      { mode: "bridge" },
      ["link lower"],
    ],
    [
      "macvtap",
      { ifname: "k-macvtap", kind: "macvtap", ...lower, data: { mode: "private" } },
      { mode: "private" },
      ["link lower"],
    ],
    [
      "ipvlan",
      { ifname: "k-ipvlan", kind: "ipvlan", link: "l-v1", data: { mode: "l3", flags: ["private"] } },
      { mode: "l3", private: true },
      ["link lower"],
    ],
  ];
  for (const [kind, make, data, probe] of kinds) {
    const has = kernelHas(kind, ...probe);
    test.skipIf(!has)(`${kind}${has ? "" : " (this kernel has no such links)"}`, async () => {
      await ns.link.add(make);
      const [printed] = seen(make.ifname);
      expect(printed).toMatchObject({ ifname: make.ifname, kind });
      if (Object.keys(data).length > 0) expect(printed!.data).toMatchObject(data);
      const listed = await ns.link.get(make.ifname!);
      expectSame([listed], [printed!]);
      if (make.data) expect(listed.data).toMatchObject(make.data);
      await ns.link.delete(make.ifname!);
    });
  }

  const hasTun = existsSync("/dev/net/tun");
  test.skipIf(!hasTun)(`tun, made by ip${hasTun ? "" : " (there is no /dev/net/tun)"}`, async () => {
    ip("tuntap", "add", "dev", "k-tap", "mode", "tap", "user", "1", "multi_queue");
    const { data } = await ns.link.get("k-tap");
    expect(data).toMatchObject({ type: "tap", owner: 1, multiQueue: true, persist: true, pi: false });
    expectSame([await ns.link.get("k-tap")], seen("k-tap"));
    await ns.link.delete("k-tap");
  });
});
