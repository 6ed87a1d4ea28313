/** Every link kind: what the library makes ip sees, and what ip makes the library sees. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Link, type LinkAdd, Netns } from "../../../src/index.ts";
import { newBrVlan } from "../../../src/rtnl/brvlan/index.ts";
import type { AfSpecAttrs } from "../../../src/rtnl/link/af-spec.ts";
import type { BridgeAfSpecAttrs } from "../../../src/rtnl/link/bridge-af-spec.ts";
import {
  getLink,
  listLinks,
  type Link as RtnlLink,
  setBridgeLink,
  setLink,
} from "../../../src/rtnl/link/index.ts";
import { inetConfAttrs } from "../../../src/rtnl/link/inet-conf.ts";
import { linkKinds, slaveKinds } from "../../../src/rtnl/link/kinds/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";
import { cases, local, remote } from "./link-kind-cases.ts";

const { name, ns, observer } = (() => {
  const made = stage("kinds");
  return { name: made.name, observer: made.observer, ns: () => made.ns };
})();

type Extras = NonNullable<RtnlLink["extMask"]>;

/** Kinds without a case, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  can: "needs a CAN controller",
  dsa: "needs a switch",
  ipoib: "needs an InfiniBand link",
  lowpan: "needs an IEEE 802.15.4 link",
  netdevsim: "made through /sys, below",
  openvswitch: "made through ovs_vport",
  ppp: "needs a descriptor of /dev/ppp, below",
  tun: "made through /dev/net/tun, in link.test.ts",
  wwan: "needs a modem",
};

/** Whether this kernel has such links: the message of ip tells. */
const probed = `nlkit-probe-${process.pid}`;
const ip = (...args: string[]) => spawnSync("ip", args, { encoding: "utf8" });
const missing = new Set<string>();
ip("netns", "add", probed);
for (const kind of new Set(cases.map(({ add }) => add.kind))) {
  const { stderr } = ip("-n", probed, "link", "add", "probe", "type", kind);
  if (/Unknown device type|Operation not supported/.test(stderr)) missing.add(kind);
  ip("-n", probed, "link", "delete", "probe");
}
ip("netns", "delete", probed);

const noDummy = missing.has("dummy");

/** Numbers and words that ip prints otherwise than the library. */
const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  proto: { any: "ip", ip6ip: "ipv6", ipip6: "ipip", 0: "hsr", 1: "prp" },
  protocol: { "802.1ad": "8021ad" },
  erspanDir: { egress: 1 },
};

/** What ip printed of one option, as the library has it. */
function asInLibrary(field: string, printed: unknown, library: unknown): unknown {
  const known = values[field];
  if (known && String(printed) in known) return known[String(printed)];
  if (printed === null) return "none";
  if (printed === "any" && (library === "0.0.0.0" || library === "::")) return library;
  if (typeof library === "boolean") return printed === true || printed === 1 || printed === "on";
  if (typeof library === "number" && typeof printed === "string") {
    if (!printed.includes(".")) return Number(printed);
    return printed.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  }
  return printed;
}

/** Options that ip prints as another field, or in a form of their own. */
function otherwise(kind: string, data: Json): Json {
  const { remote6: far, mode, ...rest } = data;
  const same: Json = { ...rest };
  if (far !== undefined) same.remote = far;
  if (mode !== undefined) same.mode = mode;
  const flags = Object.keys(rest).filter((key) => key.startsWith("ip6TnlF") || key === "isatap");
  for (const flag of flags) delete same[flag];
  if (flags.length > 0)
    same.flags = flags.map((flag) =>
      flag
        .replace("ip6TnlF", "")
        .replace(/[A-Z]/g, (letter, at: number) => `${at > 0 ? "-" : ""}${letter.toLowerCase()}`),
    );
  if (kind === "ipvlan" || kind === "ipvtap") {
    same.flags = ["private", "vepa"].filter((flag) => rest[flag] === true);
    for (const flag of ["private", "vepa", "bridge"]) delete same[flag];
  }
  return same;
}

function printedData(dev: string): Json | undefined {
  const [link] = observer.ipJson(`link show ${dev}`);
  return link?.linkinfo?.infoData as Json | undefined;
}

/** Lists without order, and without the kernel's own findings about a tunnel's addresses. */
function sort(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.filter((entry) => !String(entry).startsWith("cap-")).sort();
}

/** What is left without a name. */
function nameless(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "unknown" || key === "trailing" ? [`${path}.${key}`] : nameless(inner, `${path}.${key}`),
  );
}

/** A counter, and what a random address goes into. */
function settled(data: object | undefined): Json {
  const { seqNr: _seqNr, ...rest } = (data ?? {}) as Json;
  if (rest.sci !== "0102030405060708") delete rest.sci;
  return rest;
}

const noVeth = missing.has("veth");

describe.skipIf(noVeth)(`link kinds${noVeth ? " (this kernel has no veth links)" : ""}`, () => {
  beforeAll(async () => {
    await ns().link.add({ ifname: "low0", kind: "veth", up: true, peer: { ifname: "low1", up: true } });
  });
  afterEach(() => {
    ip("-n", name, "link", "delete", "k0");
  });

  for (const { what, add, ip: asIp, sent = [] } of cases) {
    const title = `${add.kind}${what ? ` ${what}` : ""}`;
    const why = missing.has(add.kind) ? " (this kernel has no such links)" : "";
    test.skipIf(why !== "")(title + why, async () => {
      await ns().link.add({ ...add, ifname: "k0" } as LinkAdd);
      const link = (await ns().link.get("k0")) as Link & { data?: Json };
      expect(link.kind).toBe(add.kind);
      expect(nameless(await ns().client.request(getLink({ ifname: "k0" })))).toEqual([]);

      const given = Object.entries((add.data ?? {}) as Json).filter(([field]) => !sent.includes(field));
      for (const [field, value] of given)
        expect([field, sort(link.data?.[field])]).toEqual([field, sort(value)]);
      const printed = printedData("k0");
      if (asIp !== undefined && printed !== undefined) {
        for (const [field, value] of Object.entries(otherwise(add.kind, printed))) {
          if (sent.includes(field)) continue;
          const own = link.data?.[field];
          expect([field, sort(own)]).toEqual([field, sort(asInLibrary(field, value, own))]);
        }
      }
      if (add.peer) expect((await ns().link.get("k1")).kind).toBe(add.kind);

      if (asIp === undefined) return;
      await ns().link.delete("k0");
      observer.ip(asIp.startsWith("link ") ? `link add k0 ${asIp}` : `link add name k0 ${asIp}`);
      const again = (await ns().link.get("k0")) as Link & { data?: Json };
      expect(again.kind).toBe(add.kind);
      expect(settled(again.data)).toEqual(settled(link.data));
    });
  }

  test("no kind is forgotten", () => {
    const tested = new Set([...cases.map(({ add }) => add.kind), ...Object.keys(elsewhere)]);
    expect(Object.keys(linkKinds).filter((kind) => !tested.has(kind))).toEqual([]);
    expect(Object.keys(slaveKinds).sort()).toEqual(["bond", "bridge", "vrf"]);
  });
});

describe.skipIf(noDummy)(
  `links that mention others${noDummy ? " (this kernel has no dummy links)" : ""}`,
  () => {
    beforeAll(async () => {
      for (const ifname of ["m0", "m1"]) await ns().link.add({ ifname, kind: "dummy" });
    });
    afterEach(() => {
      for (const dev of ["k0", "k1"]) ip("-n", name, "link", "delete", dev);
    });

    const has = (kind: string) => (missing.has(kind) ? ` (this kernel has no ${kind} links)` : "");

    test.skipIf(missing.has("bond"))(`members of a bond${has("bond")}`, async () => {
      await ns().link.add({
        ifname: "k0",
        kind: "bond",
        up: true,
        data: { mode: "active-backup", miimon: 100 },
      });
      for (const [dev, prio] of [
        ["m0", 5],
        ["m1", -5],
      ] as const) {
        const slaveData = { queueId: prio + 6, prio };
        await ns().link.set(dev, { master: "k0", slaveKind: "bond", slaveData });
      }
      // The kernel takes the primary last, and makes it the active one.
      const primary = { primary: "m1", primaryReselect: "failure" } as const;
      await ns().link.set("k0", { kind: "bond", data: primary });
      await ns().link.set("k0", { kind: "bond", data: { activeSlave: "m0" } });
      expect((await ns().link.get("k0")).data).toMatchObject({ primary: "m1", activeSlave: "m0" });
      expect(printedData("k0")).toMatchObject({ primary: "m1", activeSlave: "m0" });

      const { slaveKind, slaveData } = await ns().link.get("m1");
      const printed = observer.ipJson("link show m1")[0]!.linkinfo.infoSlaveData as Json;
      expect(slaveKind).toBe("bond");
      expect(slaveData).toEqual({
        ...printed,
        state: String(printed.state).toLowerCase(),
        miiStatus: String(printed.miiStatus).toLowerCase(),
      });
      expect(slaveData).toMatchObject({ state: "backup", miiStatus: "up", queueId: 1, prio: -5 });

      await ns().link.set("k0", { kind: "bond", data: { primary: null } });
      expect((await ns().link.get("k0")).data).not.toHaveProperty("primary");
    });

    test.skipIf(missing.has("bond"))(`an 802.3ad bond tells of LACP${has("bond")}`, async () => {
      await ns().link.add({ ifname: "k0", kind: "bond", up: true, data: { mode: "802.3ad", miimon: 100 } });
      await ns().link.set("m0", { master: "k0" });
      const data = await vi.waitFor(
        async () => {
          const { data } = await ns().link.get("k0");
          expect(data).toHaveProperty("adInfo");
          return data;
        },
        { timeout: 10_000 },
      );
      expect((data as Json).adInfo).toEqual(printedData("k0")?.adInfo);
      expect((data as Json).adInfo.partnerMac).toBe("00:00:00:00:00:00");
      const { slaveData } = await ns().link.get("m0");
      expect((slaveData as Json).adActorOperPortState).toContain("lacp-activity");
      const printed = observer.ipJson("link show m0")[0]!.linkinfo.infoSlaveData as Json;
      expect(printed.adActorOperPortState & 1).toBe(1);
    });

    test.skipIf(missing.has("vrf"))(`members of a VRF${has("vrf")}`, async () => {
      await ns().link.add({ ifname: "k0", kind: "vrf", data: { table: 1234 } });
      await ns().link.set("m0", { master: "k0" });
      expect(await ns().link.get("m0")).toMatchObject({ slaveKind: "vrf", slaveData: { table: 1234 } });
    });

    test.skipIf(missing.has("gre"))(
      `a lower link in another namespace has no name here${has("gre")}`,
      async () => {
        const data = { local, remote, link: "m0", pmtudisc: true };
        await ns().link.add({ ifname: "k0", kind: "gre", data });
        const other = `${name}-other`;
        ip("netns", "add", other);
        try {
          const { ifindex } = await ns().link.get("m0");
          observer.ip(`link set k0 netns ${other}`);
          await using there = await Netns.open(other);
          expect((await there.link.get("k0")).data).toMatchObject({ link: `if${ifindex}` });
        } finally {
          ip("netns", "delete", other);
        }
      },
    );

    test("errors name what was given", async () => {
      const add = (link: LinkAdd) => failureOf(() => ns().link.add({ ...link, ifname: "k0" } as LinkAdd));
      expect(await add({ kind: "gre", data: { link: "nowhere" } })).toMatchObject({
        path: "data.link",
        code: "ENODEV",
      });
      expect(await add({ kind: "bond", data: { mode: "fast" as "802.3ad" } })).toMatchObject({
        path: "data.mode",
      });
      expect(await add({ kind: "bond", data: { arpMissedMax: 300 } })).toMatchObject({
        path: "data.arpMissedMax",
      });
      expect(await add({ kind: "macsec", data: { sci: "1" } })).toMatchObject({ path: "data.sci" });
      expect(await add({ kind: "macsec", data: { cipherSuite: "rot13" } })).toMatchObject({
        path: "data.cipherSuite",
      });
      expect(await add({ kind: "ip6gre", data: { flowlabel: 2 ** 20 } })).toMatchObject({
        path: "data.flowlabel",
      });
      expect(await add({ kind: "netkit", peer: { ifname: "a/b" } })).toMatchObject({ path: "peer.ifname" });
    });
  },
);

const simulated = "/sys/bus/netdevsim/new_device";
const noNetdevsim = !existsSync(simulated);

describe.skipIf(noNetdevsim)(`netdevsim${noNetdevsim ? " (this kernel has none)" : ""}`, () => {
  const id = 1000 + (process.pid % 1000);
  const sh = async (command: string) => {
    const { exitCode, stderr } = await ns().exec("sh", ["-c", command]);
    expect([exitCode, stderr]).toEqual([0, ""]);
  };
  let ifname = "";

  beforeAll(async () => {
    await sh(`echo "${id} 1" > ${simulated}`);
    ifname = (await ns().link.list()).find((link) => link.parentdev === `netdevsim${id}`)!.ifname;
  });
  afterAll(() => writeFileSync("/sys/bus/netdevsim/del_device", String(id)));

  test("is a port of devlink", async () => {
    const link = await ns().client.request(getLink({ ifname }));
    expect(nameless(link)).toEqual([]);
    expect(link?.devlinkPort).toMatchObject({
      busName: "netdevsim",
      devName: `netdevsim${id}`,
      portIndex: 0,
    });
  });

  test("has virtual functions", async () => {
    await sh(`echo 2 > /sys/bus/netdevsim/devices/netdevsim${id}/sriov_numvfs`);
    const mac = "02:00:5e:10:00:01";
    const info = [
      {
        mac: { vf: 1, mac },
        rate: { vf: 1, minTxRate: 10, maxTxRate: 20 },
        spoofchk: { vf: 1, setting: 1 },
        trust: { vf: 1, setting: 1 },
        linkState: { vf: 1, linkState: "enable" },
      } as const,
    ];
    await ns().client.request(setLink({ ifname, vfinfoList: { info: [...info] } }));
    const link = await ns().client.request(getLink({ ifname, extMask: ["vf"] }));
    expect(nameless(link)).toEqual([]);
    expect(link?.vfinfoList?.info).toHaveLength(2);
    expect(link?.vfinfoList?.info?.[1]).toMatchObject(info[0]!);
    expect(link?.vfinfoList?.info?.[1]?.broadcast).toBe("ff:ff:ff:ff:ff:ff");
    const [printed] = observer.ipJson(`link show ${ifname}`);
    expect(printed!.vfinfoList[1]).toMatchObject({
      vf: 1,
      address: mac,
      broadcast: "ff:ff:ff:ff:ff:ff",
      spoofchk: true,
      trust: true,
      linkState: "enable",
      rate: { maxTx: 20, minTx: 10 },
    });
  });
});

const noPpp = !existsSync("/dev/ppp");

test.skipIf(noPpp)(`ppp, of a descriptor of /dev/ppp${noPpp ? " (there is none)" : ""}`, async () => {
  const devFd = openSync("/dev/ppp", "r+");
  try {
    await ns().link.add({ ifname: "k0", kind: "ppp", data: { devFd } });
    expect((await ns().link.get("k0")).kind).toBe("ppp");
  } finally {
    closeSync(devFd);
  }
});

describe.skipIf(noDummy)(`families of a link${noDummy ? " (this kernel has no dummy links)" : ""}`, () => {
  const devconf = (dev: string, setting: string) =>
    ns()
      .exec("cat", [`/proc/sys/net/ipv4/conf/${dev}/${setting}`])
      .then(({ stdout }) => Number(stdout));

  test("settings of IPv4 are sent as a nest and reported as an array", async () => {
    await ns().link.add({ ifname: "k0", kind: "dummy" });
    const before = (await ns().client.request(getLink({ ifname: "k0" })))!.afSpec;
    const conf = { rpFilter: 2, forwarding: 1, arpAnnounce: 2 };
    await ns().client.request(setLink({ ifname: "k0", afSpec: { inet: { conf } } }));
    const after = (await ns().client.request(getLink({ ifname: "k0" })))!.afSpec;
    const settings = (spec: typeof after) => (spec as AfSpecAttrs).inet!.conf as number[];
    expect(Array.isArray(settings(after))).toBe(true);
    const wanted = settings(before).slice();
    for (const [field, value] of Object.entries(conf))
      wanted[inetConfAttrs.byField.get(field)!.type - 1] = value;
    expect(settings(after)).toEqual(wanted);
    expect(await devconf("k0", "rp_filter")).toBe(2);
    expect(await devconf("k0", "arp_announce")).toBe(2);
  });

  afterEach(() => {
    for (const dev of ["k0", "m2", "m3"]) ip("-n", name, "link", "delete", dev);
  });

  const noBridge = missing.has("bridge");
  const because = noBridge ? " (this kernel has no bridges)" : "";
  const optval: "mst-enable"[] = ["mst-enable"];

  /** A bridge with two ports, and their indexes. */
  async function bridge(): Promise<{ bridge: number; ports: [number, number] }> {
    const data = { vlanFiltering: 1, multiBoolopt: { optval, optmask: optval } };
    await ns().link.add({ ifname: "k0", kind: "bridge", up: true, data });
    for (const ifname of ["m2", "m3"]) await ns().link.add({ ifname, kind: "dummy", master: "k0", up: true });
    const index = async (dev: string) => (await ns().link.get(dev)).ifindex;
    return { bridge: await index("k0"), ports: [await index("m2"), await index("m3")] };
  }

  const send = (ifiIndex: number, afSpec: BridgeAfSpecAttrs) =>
    ns().client.request(setBridgeLink({ ifiFamily: "bridge", ifiIndex, afSpec }));

  /** What the kernel reports of it with these filters. */
  async function reported(ifiIndex: number, extMask: Extras): Promise<BridgeAfSpecAttrs> {
    const links = await ns().client.list(listLinks({ ifiFamily: "bridge", extMask }));
    const link = links.find((one) => one.ifiIndex === ifiIndex && one.afSpec !== undefined);
    expect(nameless(link)).toEqual([]);
    return link!.afSpec as BridgeAfSpecAttrs;
  }

  test.skipIf(noBridge)(`spanning trees of a bridge's port${because}`, async () => {
    const { bridge: br, ports } = await bridge();
    observer.bridge("vlan add dev k0 vid 10 self");
    observer.bridge("vlan add dev m2 vid 10");
    await ns().client.request(
      newBrVlan({ family: "bridge", ifindex: br, globalOptions: [{ id: 10, msti: 5 }] }),
    );
    await send(ports[0], { mst: { entry: [{ msti: 5, state: "blocking" }] } });
    const { mst } = await reported(ports[0], ["mst"]);
    expect(mst?.entry).toContainEqual({ msti: 5, state: "blocking" });
    expect(mst?.entry).toContainEqual({ msti: 0, state: "forwarding" });
  });

  test.skipIf(noBridge)(`media redundancy of a bridge${because}`, async (context) => {
    const { bridge: br, ports } = await bridge();
    const [pIfindex, sIfindex] = ports;
    try {
      await send(br, { flags: ["self"], mrp: { instance: { ringId: 1, pIfindex, sIfindex, prio: 100 } } });
    } catch (error) {
      if ((error as Json).code === "EOPNOTSUPP")
        return context.skip("this kernel has no MRP, or none without hardware");
      throw error;
    }
    await send(br, { flags: ["self"], mrp: { ringRole: { ringId: 1, role: "mrm" } } });
    await send(br, { flags: ["self"], mrp: { ringState: { ringId: 1, state: "closed" } } });
    const { mrp } = await reported(br, ["mrp"]);
    expect(mrp?.info).toHaveLength(1);
    const info = { ringId: 1, pIfindex, sIfindex, prio: 100, ringRole: "mrm", ringState: "closed" };
    expect(mrp?.info?.[0]).toMatchObject(info);
  });

  test.skipIf(noBridge)(`connectivity fault management of a bridge${because}`, async (context) => {
    const { bridge: br, ports } = await bridge();
    const mep = { instance: 1, domain: "port", direction: "down", ifindex: ports[0] } as const;
    try {
      await send(br, { flags: ["self"], cfm: { mepCreate: mep } });
    } catch (error) {
      if ((error as Json).code === "EOPNOTSUPP") return context.skip("this kernel has no CFM");
      throw error;
    }
    const config = { instance: 1, unicastMac: "02:00:5e:10:00:01", mdlevel: 5, mepid: 77 };
    await send(br, { flags: ["self"], cfm: { mepConfig: config } });
    const expMaid = new Uint8Array(48).fill(7);
    const cc = { instance: 1, enable: 0, expInterval: "1-sec", expMaid } as const;
    await send(br, { flags: ["self"], cfm: { ccConfig: cc } });
    await send(br, { flags: ["self"], cfm: { ccPeerMepAdd: { instance: 1, mepid: 78 } } });
    await send(br, { flags: ["self"], cfm: { ccRdi: { instance: 1, rdi: 1 } } });
    const { cfm } = await reported(br, ["cfm-config", "cfm-status"]);
    expect(cfm).toMatchObject({
      mepCreateInfo: [mep],
      mepConfigInfo: [config],
      ccConfigInfo: [cc],
      ccPeerMepInfo: [{ instance: 1, mepid: 78 }],
      ccRdiInfo: [{ instance: 1, rdi: 1 }],
    });
  });
});
