/** Messages recorded from kernels: every attribute is known, and every byte comes back. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { ByteOrder } from "../../../src/netlink/codec/byte-order.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { decodePayload, encodePayload, type Message } from "../../../src/netlink/codec/message.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import type { Explained } from "../../../src/netlink/codec/shape.ts";
import { NLMSG_MIN_TYPE } from "../../../src/netlink/constants.ts";
import {
  addrMessage,
  linkMessage,
  neighMessage,
  nsidMessage,
  routeMessage,
} from "../../../src/rtnl/index.ts";
import { formatFixture, parseFixture } from "../../../src/testing/index.ts";
import { scriptOf } from "../../../src/testing/script.ts";
import { hex } from "../../support/wire.ts";

interface Dumps {
  readonly kernel: string;
  readonly byteOrder: ByteOrder;
  readonly objects: Readonly<Record<string, { payloads: readonly string[]; ip: readonly Observed[] }>>;
}
type Observed = Record<string, unknown>;

const MESSAGES: Readonly<Record<string, Message<unknown>>> = {
  link: linkMessage as Message<unknown>,
  bridgeLink: linkMessage as Message<unknown>,
  addr: addrMessage as Message<unknown>,
  route: routeMessage as Message<unknown>,
  neigh: neighMessage as Message<unknown>,
  proxy: neighMessage as Message<unknown>,
  fdb: neighMessage as Message<unknown>,
  nsid: nsidMessage as Message<unknown>,
};

/** Attributes that kernels send and the schema leaves as bytes, and why. */
const UNKNOWN: Readonly<Record<string, string>> = {};

const folder = resolve(import.meta.dirname, "../../fixtures/rtnl");
const fixtures = readdirSync(folder)
  .filter((name) => !name.endsWith(".printed.json"))
  .map((name) => dumpsOf(join(folder, name)));

/** The payloads of each recorded dump, and what `ip` printed of the same objects. */
function dumpsOf(file: string): Dumps {
  const fixture = parseFixture(readFileSync(file, "utf8"), file);
  const printed = JSON.parse(readFileSync(file.replace(/json$/, "printed.json"), "utf8")) as {
    objects: { object: string; ip: Observed[] }[];
  };
  const { byteOrder, kernel } = fixture;
  const objects: Record<string, { payloads: string[]; ip: Observed[] }> = {};
  for (const [index, { answers }] of scriptOf(fixture).requests.entries()) {
    const { object, ip } = printed.objects[index]!;
    objects[object] ??= { payloads: [], ip: [] };
    const datagrams = answers.flatMap((answer) => (answer.event === "received" ? [answer.bytes] : []));
    objects[object].payloads.push(...datagrams.flatMap((bytes) => payloadsOf(bytes, byteOrder)));
    objects[object].ip.push(...ip);
  }
  return { kernel: kernel!, byteOrder, objects };
}

function payloadsOf(bytes: Uint8Array, byteOrder: ByteOrder): string[] {
  return [...messagesOf(new Input(bytes, { byteOrder }))]
    .filter(({ type }) => type >= NLMSG_MIN_TYPE)
    .map(({ at, payloadLength }) => Buffer.from(bytes.subarray(at, at + payloadLength)).toString("hex"));
}

function problems(parts: readonly Explained[], path = ""): string[] {
  return parts.flatMap((part) => {
    const name = path === "" ? part.name : `${path}.${part.name}`;
    const own = part.problem === undefined ? [] : [`${name}: ${part.problem}`];
    return [...own, ...problems(part.children ?? [], name)];
  });
}

describe.each(fixtures.map((fixture) => [fixture.kernel, fixture] as const))(
  "kernel %s",
  (_kernel, fixture) => {
    const { byteOrder, objects } = fixture;
    const decoded = (object: string, exact = false) =>
      objects[object]!.payloads.map(
        (payload) =>
          decodePayload(MESSAGES[object]!, hex(payload), { byteOrder, exact }) as Record<string, never>,
      );

    test.each(Object.keys(objects))("%s: every attribute is known", (object) => {
      const { payloads } = objects[object]!;
      const found = payloads.flatMap((payload) => {
        const input = new Input(hex(payload), { byteOrder });
        return problems(MESSAGES[object]!.explain(input, 0, input.bytes.length));
      });
      expect([...new Set(found)].filter((line) => !(line in UNKNOWN))).toEqual([]);
      expect(JSON.stringify(decoded(object), (_k, v) => (typeof v === "bigint" ? `${v}n` : v))).not.toMatch(
        /"(unknown|trailing)":/,
      );
      if (object !== "bridgeLink") expect(payloads.length).toBeGreaterThan(0);
    });

    test.each(Object.keys(objects))("%s: the bytes come back", (object) => {
      const { payloads } = objects[object]!;
      const again = decoded(object, true).map((value) => encodePayload(MESSAGES[object]!, value, byteOrder));
      expect(again.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(payloads);
      // Written anew it is as long: the kernel's forms are ours.
      const anew = decoded(object).map((value) => [
        value.ifalias === undefined
          ? (value.linkinfo as { kind?: string } | undefined)?.kind
          : "with an alias",
        encodePayload(MESSAGES[object]!, value, byteOrder).length * 2,
      ]);
      for (const [index, [kind, length]] of anew.entries()) {
        // The kernel reports IFLA_VXLAN_TTL_INHERIT in a form that it does not take, and IFLA_IFALIAS with a NUL that it
        // would count.
        if (kind !== "vxlan" && kind !== "with an alias") expect(length).toBe(payloads[index]!.length);
      }
    });

    const pairs = (object: string, key: (value: Record<string, never>) => unknown, name: string) => {
      const values = decoded(object);
      return objects[object]!.ip.map(
        (seen) => [values.find((value) => key(value) === seen[name])!, seen] as const,
      );
    };

    test("links are what ip says", () => {
      for (const [link, seen] of pairs("link", (value) => value.ifname, "ifname")) {
        const info = link.linkinfo as Record<string, Record<string, unknown>> | undefined;
        const names = link.propList as { altIfname?: string[] } | undefined;
        const observedInfo = seen.linkinfo as Record<string, Observed> | undefined;
        expect({
          ifindex: link.ifiIndex,
          mtu: link.mtu,
          address: link.address,
          group: link.group === 0 ? "default" : link.group,
          txqlen: link.txqlen,
          min_mtu: link.minMtu,
          ifalias: link.ifalias,
          altnames: names?.altIfname,
          promiscuity: link.promiscuity,
          num_tx_queues: link.numTxQueues,
          gso_max_segs: link.gsoMaxSegs,
          kind: info?.kind,
          slave: info?.slaveKind,
          operstate: String(link.operstate).toUpperCase(),
        }).toEqual({
          ifindex: seen.ifindex,
          mtu: seen.mtu,
          address: seen.address,
          group: seen.group,
          txqlen: seen.txqlen,
          min_mtu: seen.min_mtu,
          ifalias: seen.ifalias,
          altnames: seen.altnames,
          promiscuity: seen.promiscuity,
          num_tx_queues: seen.num_tx_queues,
          gso_max_segs: seen.gso_max_segs,
          kind: observedInfo?.info_kind,
          slave: observedInfo?.info_slave_kind,
          operstate: seen.operstate,
        });
      }
    });

    test("options of links are what ip says", () => {
      const data = (name: string) => {
        const [link, seen] =
          pairs("link", (value) => value.ifname, "ifname").find(([, s]) => s.ifname === name) ?? [];
        const info = link?.linkinfo as Record<string, Record<string, unknown>> | undefined;
        const observed = seen?.linkinfo as Record<string, Observed> | undefined;
        return {
          ours: info?.data ?? {},
          slave: info?.slaveData ?? {},
          ip: observed?.info_data ?? {},
          ipSlave: observed?.info_slave_data ?? {},
        };
      };
      const vx0 = data("vx0");
      expect(vx0.ours).toMatchObject({
        id: 42,
        group: "239.1.1.1",
        port: 4789,
        ttl: 8,
        portRange: { low: 40000, high: 50000 },
      });
      expect(vx0.ip).toMatchObject({
        id: 42,
        group: "239.1.1.1",
        port: 4789,
        ttl: 8,
        port_range: { low: 40000, high: 50000 },
      });
      expect(data("vx1").ours).toMatchObject({
        id: 43,
        local6: "2001:db8::1",
        learning: false,
        udpZeroCsum6Tx: true,
      });
      expect(data("vx2").ours).toMatchObject({ collectMetadata: true, gbp: true, port: 4790 });
      const br0 = data("br0");
      expect(br0.ours).toMatchObject({
        forwardDelay: br0.ip.forward_delay,
        stpState: br0.ip.stp_state,
        priority: br0.ip.priority,
        ...(br0.ip.vlan_protocol ? { vlanProtocol: "8021q" } : {}),
        groupAddr: br0.ip.group_addr,
      });
      const bridgeId = br0.ours.bridgeId as { prio: number; addr: string };
      expect(`${bridgeId.prio.toString(16)}.${bridgeId.addr}`.replace(/\.0/, ".").replaceAll(":0", ":")).toBe(
        br0.ip.bridge_id,
      );
      const port = data("veth0");
      expect(port.slave).toMatchObject({
        cost: 7,
        mode: true,
        isolated: true,
        state: port.ipSlave.state,
        priority: port.ipSlave.priority,
      });
      expect(data("mv0").ours).toMatchObject({ mode: "bridge" });
      expect(data("mv1").ours).toMatchObject({
        mode: "source",
        macaddrCount: 1,
        macaddrData: ["02:00:00:00:00:63"],
      });
      expect(data("tun0").ours).toMatchObject({ type: "tun", owner: 1000, multiQueue: true });
      for (const name of ["veth1.5", "ipvl0"]) {
        const { ours, ip } = data(name);
        if (name === "ipvl0" && ip.mode) expect(ours).toEqual({ mode: "l3s", flags: ["private"] });
        if (name === "veth1.5" && ip.id) {
          expect(ours).toMatchObject({
            id: 5,
            protocol: "8021ad",
            flags: { flags: ["reorder-hdr", "gvrp"] },
            ingressQos: { mapping: [{ from: 2, to: 1 }] },
            egressQos: {
              mapping: [
                { from: 1, to: 2 },
                { from: 3, to: 4 },
              ],
            },
          });
        }
      }
    });

    test("addresses are what ip says", () => {
      const seen = objects.addr!.ip.flatMap((link) =>
        (link.addr_info as Observed[]).map((info) => ({ ...info, index: link.ifindex })),
      ) as Observed[];
      const rows = decoded("addr").map((addr) => ({
        index: addr.ifaIndex,
        family: addr.ifaFamily,
        prefixlen: addr.ifaPrefixlen,
        local: addr.local ?? addr.address,
        address: addr.local !== undefined && addr.address !== addr.local ? addr.address : undefined,
        broadcast: addr.broadcast,
        scope: addr.ifaScope === "universe" ? "global" : addr.ifaScope,
        label: addr.label,
        valid: (addr.cacheinfo as unknown as { ifaValid: number }).ifaValid,
      }));
      const expected = seen.map((info) => ({
        index: info.index,
        family: info.family,
        prefixlen: info.prefixlen,
        local: info.local,
        address: info.address,
        broadcast: info.broadcast,
        scope: info.scope,
        label: info.label,
        valid: info.valid_life_time,
      }));
      const sort = <T>(list: T[]) => list.map((row) => JSON.stringify(row)).sort();
      expect(sort(rows)).toEqual(sort(expected));
    });

    test("routes are what ip says", () => {
      const routes = decoded("route").filter((route) => route.rtmType !== "local");
      const find = (dst: string) => routes.find((route) => route.dst === dst)!;
      expect(find("203.0.113.0")).toMatchObject({
        rtmDstLen: 24,
        gateway: "192.0.2.254",
        priority: 7,
        prefsrc: "192.0.2.1",
        rtmProtocol: "bgp",
        metrics: { mtu: 1300, lock: 4, advmss: 1200 },
      });
      expect(find("203.0.113.128")).toMatchObject({ rtmType: "blackhole", rtmDstLen: 25 });
      expect(find("2001:db8:dead::")).toMatchObject({ rtmType: "unreachable", rtmDstLen: 48 });
      const veth1 = decoded("link").find((link) => link.ifname === "veth1")!.ifiIndex;
      expect(find("10.9.0.0").multipath).toEqual([
        { rtnhFlags: [], rtnhHops: 2, rtnhIfindex: veth1, gateway: "192.0.2.253" },
        { rtnhFlags: ["onlink"], rtnhHops: 0, rtnhIfindex: veth1, gateway: "192.0.2.252" },
      ]);
      expect(find("2001:db8:9::").multipath).toMatchObject([
        { rtnhHops: 0, gateway: "2001:db8::99" },
        { rtnhHops: 1, gateway: "2001:db8::98" },
      ]);
      expect(find("10.8.0.0")).toMatchObject({ via: { family: "inet6", addr: "2001:db8::99" } });
      expect(find("2001:db8:8::")).toMatchObject({ pref: "high" });
      expect(routes.find((route) => route.table === 1000)).toMatchObject({
        metrics: { ccAlgo: "cubic", features: ["ecn"], rtoMin: 5, initcwnd: 20 },
      });
      const gateways = (list: readonly Observed[]) =>
        list
          .map((route) => route.gateway)
          .filter(Boolean)
          .sort();
      expect(gateways(routes)).toEqual(gateways(objects.route!.ip));
    });

    test("neighbours and FDB entries are what ip and bridge say", () => {
      const rows = decoded("neigh").map((neigh) => [neigh.dst, neigh.lladdr]);
      for (const seen of objects.neigh!.ip.filter((entry) => entry.lladdr))
        expect(rows).toContainEqual([seen.dst, seen.lladdr]);
      expect(decoded("neigh").find((neigh) => neigh.dst === "2001:db8::9")).toMatchObject({
        ndmFlags: ["router"],
      });
      expect(decoded("proxy")).toMatchObject([{ dst: "192.0.2.10", ndmFlags: ["proxy"] }]);
      const fdb = decoded("fdb");
      const entries = objects.fdb!.ip;
      expect(fdb.map((entry) => entry.lladdr).sort()).toEqual(entries.map((entry) => entry.mac).sort());
      expect(fdb.find((entry) => entry.dst === "192.0.2.77")).toMatchObject({
        lladdr: "02:00:00:00:00:17",
        port: 4790,
        vni: 77,
      });
      expect(fdb.find((entry) => entry.dst === "2001:db8::77")).toMatchObject({
        ndmFlags: ["self"],
        ndmState: expect.arrayContaining(["permanent"]),
      });
    });

    test("namespace ids", () => {
      expect(decoded("nsid")).toEqual([{ rtgenFamily: "unspec", nsid: 0 }]);
    });

    test("VLANs of bridge ports", () => {
      const [port] = decoded("bridgeLink").filter(
        (link) => (link.afSpec as Record<string, unknown> | undefined)?.vlanInfo,
      );
      const lists = objects.bridgeLink!.ip.filter((entry) => entry.ifname === "veth0");
      if (lists.length === 0) return expect(port).toBeUndefined();
      const all = decoded("bridgeLink").find((link) => link.ifname === "veth0")!;
      expect((all.afSpec as unknown as { vlanInfo: unknown[] }).vlanInfo).toEqual([
        { flags: ["untagged"], vid: 1 },
        { flags: ["pvid", "untagged"], vid: 10 },
        ...[20, 21, 22, 23].map((vid) => ({ flags: [], vid })),
      ]);
      expect(all.protinfo).toMatchObject({ cost: 7, isolated: true });
    });
  },
);

test("the words beside the bytes are what the bytes say", () => {
  for (const name of readdirSync(folder).filter((entry) => !entry.endsWith(".printed.json"))) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(formatFixture(parseFixture(text, name))).toBe(text);
  }
});

test("both kernels are there", () => expect(fixtures.length).toBeGreaterThan(1));
