/** Encapsulations: what the library makes is what `ip route` and the library itself read, and the other way round. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EncapSettings, RouteSettings } from "../../../src/index.ts";
import { getLink, listRoutes, newRoute } from "../../../src/rtnl/index.ts";
import { full, onlyFull, printedJson } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("encap");

beforeAll(async () => {
  for (const dev of ["v0", "w0"]) {
    await on.ns.link.add({ ifname: dev, kind: "veth", up: true, peer: { ifname: `${dev}p`, up: true } });
  }
  await on.ns.addr.add("v0", "10.0.0.1/24");
  await on.ns.addr.add("v0", { local: "fd00::1/64", nodad: true });
  if (!full) return;
  await on.ns.link.add({ ifname: "vrf0", kind: "vrf", data: { table: 300 }, up: true } as never);
  await on.ns.exec("sysctl", ["-qw", "net.mpls.platform_labels=1000", "net.vrf.strict_mode=1"]);
});

beforeEach(() => {
  on.observer.ip("-4 route flush proto static");
  on.observer.ip("-6 route flush proto static");
});

const V4 = "10.9.0.0/16";
const V6 = "fd09::1";

const tunnel = { src: "0.0.0.0", ttl: 0, tos: 0 };

interface Case {
  name: string;
  /** Only where there is a kernel with all of them: tunnel options make some kernels hang. */
  needsFull: boolean;
  encap: EncapSettings;
  /** The same for ip-route(8). */
  words: string;
  /** Where it is listed with more or other words. */
  listed?: Json;
  /** Where the library has more than `ip`. */
  more?: Json;
  dst?: string;
}

const cases: Case[] = [
  {
    name: "IP",
    needsFull: false,
    encap: {
      type: "ip",
      id: 5,
      src: "10.0.0.1",
      dst: "10.0.0.9",
      ttl: 3,
      tos: 4,
      key: true,
      csum: true,
      seq: true,
    },
    words: "ip id 5 src 10.0.0.1 dst 10.0.0.9 ttl 3 tos 4 key csum seq",
  },
  {
    name: "IPv6",
    needsFull: false,
    encap: {
      type: "ip6",
      id: 6,
      src: "fd00::1",
      dst: "fd00::9",
      hoplimit: 3,
      tc: 4,
      key: true,
      csum: true,
      seq: true,
    },
    words: "ip6 id 6 src fd00::1 dst fd00::9 hoplimit 3 tc 4 key csum seq",
    dst: V6,
  },
  {
    name: "Geneve options",
    needsFull: true,
    encap: {
      type: "ip",
      id: 5,
      dst: "10.0.0.9",
      geneveOpts: [
        { class: 258, type: 3, data: "01020304" },
        { class: 1, type: 2, data: "0506070805060708" },
      ],
    },
    words: "ip id 5 dst 10.0.0.9 geneve_opts 258:3:01020304,1:2:0506070805060708",
    listed: tunnel,
  },
  {
    name: "VXLAN options",
    needsFull: true,
    encap: { type: "ip", id: 5, dst: "10.0.0.9", vxlanOpts: [{ gbp: 77 }] },
    words: "ip id 5 dst 10.0.0.9 vxlan_opts 77",
    listed: tunnel,
  },
  {
    name: "ERSPAN options",
    needsFull: true,
    encap: { type: "ip6", id: 5, dst: "fd00::9", erspanOpts: [{ ver: 2, index: 0, dir: 1, hwid: 5 }] },
    words: "ip6 id 5 dst fd00::9 erspan_opts 2:0:1:5",
    listed: { src: "::", hoplimit: 0, tc: 0 },
    dst: V6,
  },
  {
    name: "ERSPAN options, version 1",
    needsFull: true,
    encap: { type: "ip", id: 5, dst: "10.0.0.9", erspanOpts: [{ ver: 1, index: 9, dir: 0, hwid: 0 }] },
    words: "ip id 5 dst 10.0.0.9 erspan_opts 1:9:0:0",
    listed: tunnel,
  },
  {
    name: "MPLS",
    needsFull: true,
    encap: { type: "mpls", dst: "100/200", ttl: 5 },
    words: "mpls 100/200 ttl 5",
  },
  {
    name: "ILA",
    needsFull: true,
    encap: {
      type: "ila",
      locator: "2001:db8:0:1",
      csumMode: "neutral-map",
      identType: "luid",
      hookType: "output",
    },
    words: "ila 2001:db8:0:1 csum-mode neutral-map ident-type luid hook-type output",
    dst: "fd09::/64",
  },
  {
    name: "SRv6",
    needsFull: false,
    encap: { type: "seg6", mode: "encap", segs: ["fd00::a", "fd00::b"] },
    words: "seg6 mode encap segs fd00::a,fd00::b",
    dst: V6,
  },
  {
    name: "SRv6, layer 2, reduced",
    needsFull: true,
    encap: { type: "seg6", mode: "l2encap.red", segs: ["fd00::a", "fd00::b"] },
    words: "seg6 mode l2encap.red segs fd00::a,fd00::b",
    dst: V6,
  },
  {
    name: "SRv6 put into the packet, signed",
    needsFull: true,
    encap: { type: "seg6", mode: "inline", segs: ["fd00::a", "fd00::b"], hmac: 17 },
    words: "seg6 mode inline segs fd00::a,fd00::b hmac 17",
    listed: { segs: ["fd00::a", "fd00::b", "::"], hmac: "0x11" },
    dst: V6,
  },
  {
    name: "a segment",
    needsFull: true,
    encap: { type: "seg6local", action: "End", flavors: ["psp"] },
    words: "seg6local action End flavors psp",
    dst: V6,
  },
  {
    name: "a segment that is shifted",
    needsFull: true,
    encap: { type: "seg6local", action: "End", flavors: ["next-csid"], lblen: 48, nflen: 32 },
    words: "seg6local action End flavors next-csid lblen 48 nflen 32",
    dst: V6,
  },
  {
    name: "a segment with counters",
    needsFull: true,
    encap: { type: "seg6local", action: "End.X", nh6: "fd00::2", count: true },
    words: "seg6local action End.X nh6 fd00::2 count",
    more: { stats64: { packets: 0, bytes: 0, errors: 0 } },
    dst: V6,
  },
  {
    name: "a segment that ends in IPv4",
    needsFull: true,
    encap: { type: "seg6local", action: "End.DX4", nh4: "10.0.0.2" },
    words: "seg6local action End.DX4 nh4 10.0.0.2",
    dst: V6,
  },
  {
    name: "a segment that ends on a link",
    needsFull: true,
    encap: { type: "seg6local", action: "End.DX2", oif: "w0" },
    words: "seg6local action End.DX2 oif w0",
    dst: V6,
  },
  {
    name: "a segment that ends in a table",
    needsFull: true,
    encap: { type: "seg6local", action: "End.DT6", table: "main" },
    words: "seg6local action End.DT6 table main",
    dst: V6,
  },
  {
    name: "a segment that ends in a VRF",
    needsFull: true,
    encap: { type: "seg6local", action: "End.DT46", vrftable: 300 },
    words: "seg6local action End.DT46 vrftable 300",
    listed: { vrftable: "300" },
    dst: V6,
  },
  {
    name: "a segment that gets another header",
    needsFull: true,
    encap: { type: "seg6local", action: "End.B6.Encaps", srh: { segs: ["fd00::a", "fd00::b"] } },
    words: "seg6local action End.B6.Encaps srh segs fd00::a,fd00::b",
    dst: V6,
  },
  {
    name: "RPL",
    needsFull: true,
    encap: { type: "rpl", segs: ["fd00::a", "fd00::b"] },
    words: "rpl segs fd00::a,fd00::b",
    dst: V6,
  },
  {
    name: "IOAM",
    needsFull: true,
    encap: {
      type: "ioam6",
      freqk: 2,
      freqn: 5,
      mode: "encap",
      tundst: "fd00::9",
      trace: { type: 0x800000, ns: 1, size: 12 },
    },
    words: "ioam6 freq 2/5 mode encap tundst fd00::9 trace prealloc type 0x800000 ns 1 size 12",
    listed: { trace: { type: "0x800000", ns: 1, size: 12 } },
    dst: V6,
  },
];

/** `ip` prints the trace type without its 0x. */
function printed(family: string, dst: string): Json | undefined {
  const route = printedJson(on.observer, `${family} route show proto static`).find((one) => one.dst === dst);
  const trace = route?.encap?.trace;
  if (trace) trace.type = `0x${trace.type}`;
  return route?.encap;
}

describe.each(cases)("$name", ({ needsFull, encap, words, listed = {}, more = {}, dst = V4 }) => {
  const family = dst === V4 ? "-4" : "-6";
  const { count: _count, ...plain } = encap as EncapSettings & { count?: boolean };
  const expected = { ...plain, ...listed };
  const skip = needsFull && !full;
  const read = async () => (await on.ns.route.list({ dst, protocol: "static" }))[0]?.encap;

  test.skipIf(skip)(`made by the library${skip ? onlyFull : ""}`, async () => {
    await on.ns.route.add({ dst, dev: "v0", protocol: "static", encap });
    expect(printed(family, dst)).toEqual(expected);
    expect(await read()).toEqual({ ...expected, ...more });
    await on.ns.route.delete({ dst, dev: "v0" });
  });

  test.skipIf(skip)(`made by ip${skip ? onlyFull : ""}`, async () => {
    on.observer.ip(`${family} route add ${dst} encap ${words} dev v0 proto static`);
    expect(printed(family, dst)).toEqual(expected);
    expect(await read()).toEqual({ ...expected, ...more });
  });

  test.skipIf(skip)(`what is listed can be set${skip ? onlyFull : ""}`, async () => {
    on.observer.ip(`${family} route add ${dst} encap ${words} dev v0 proto static`);
    const before = await read();
    await on.ns.route.delete({ dst, dev: "v0" });
    const { stats64: _stats, ...settings } = before as Json;
    await on.ns.route.add({ dst, dev: "v0", protocol: "static", encap: settings as EncapSettings });
    const { stats64: _again, ...after } = (await read()) as Json;
    expect(after).toEqual(settings);
  });
});

test.skipIf(!full)(`several next hops${full ? "" : onlyFull}`, async () => {
  const nexthops: RouteSettings["nexthops"] = [
    { gateway: "10.0.0.2", encap: { type: "mpls", dst: "100" } },
    { gateway: "10.0.0.3", weight: 3, encap: { type: "mpls", dst: "101/102" } },
  ];
  await on.ns.route.add({ dst: V4, protocol: "static", nexthops });
  const [seen] = printedJson(on.observer, "route show proto static");
  const [route] = await on.ns.route.list({ dst: V4 });
  expect(seen?.nexthops).toEqual(nexthops.map((hop) => ({ weight: 1, dev: "v0", flags: [], ...hop })));
  expect(route?.nexthops).toEqual(seen?.nexthops);
});

describe.skipIf(!full)(`MPLS routes, in the kernel's words${full ? "" : onlyFull}`, () => {
  const expected = [
    { rtmDstLen: 20, dst: "100", newdst: "200/300", via: { family: "inet", addr: "10.0.0.2" } },
    { rtmDstLen: 20, dst: "101", via: { family: "inet6", addr: "fd00::2" }, ttlPropagate: 1 },
  ];
  const listed = async () => {
    const routes = await on.ns.client.list(listRoutes({ rtmFamily: "mpls" }));
    return routes.map(({ rtmDstLen, dst, newdst, via, ttlPropagate }) =>
      Object.fromEntries(
        Object.entries({ rtmDstLen, dst, newdst, via, ttlPropagate }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
    );
  };
  const clear = () => on.observer.ip("-f mpls route flush proto static");

  test("made by the library", async () => {
    const oif = (await on.ns.client.request(getLink({ ifname: "v0" })))!.ifiIndex;
    for (const route of expected) {
      const header = { rtmFamily: "mpls", rtmTable: 254, rtmProtocol: "static", rtmType: "unicast" } as const;
      await on.ns.client.request(newRoute({ ...header, oif, ...route } as never));
    }
    expect(await listed()).toEqual(expected);
    const printed = on.observer.ipJson("-f mpls route show proto static");
    expect(printed.map(({ dst, to, via }) => [dst, to, via])).toEqual([
      ["100", "200/300", { family: "inet", host: "10.0.0.2" }],
      ["101", undefined, { family: "inet6", host: "fd00::2" }],
    ]);
    clear();
  });

  test("made by ip", async () => {
    on.observer.ip("-f mpls route add 100 as 200/300 via inet 10.0.0.2 dev v0 proto static");
    on.observer.ip("-f mpls route add 101 via inet6 fd00::2 dev v0 proto static ttl-propagate enabled");
    expect(await listed()).toEqual(expected);
    clear();
  });
});

test("refusals name the field", async () => {
  const wrong: [object, string][] = [
    [{ type: "gre" }, "encap.type"],
    [{ type: "mpls", dst: "100/x" }, "encap.dst"],
    [{ type: "mpls", dst: "1048576" }, "encap.dst"],
    [{ type: "mpls", dst: "100", nonsense: 1 }, "encap.nonsense"],
    [{ type: "ip", dst: "fd00::1" }, "encap.dst"],
    [{ type: "ip", id: -1 }, "encap.id"],
    [{ type: "ip", geneveOpts: [{ class: 1, type: 1, data: "01" }] }, "encap.geneveOpts[0].data"],
    [{ type: "ip", vxlanOpts: [] }, "encap.vxlanOpts"],
    [{ type: "ila", locator: "1:2" }, "encap.locator"],
    [{ type: "seg6", mode: "encap", segs: ["10.0.0.1"] }, "encap.segs[0]"],
    [{ type: "seg6", mode: "encap", segs: [] }, "encap.segs"],
    [{ type: "seg6", mode: "nonsense", segs: ["fd00::1"] }, "encap.mode"],
    [{ type: "seg6local", action: "end" }, "encap.action"],
    [{ type: "rpl", segs: [7] }, "encap.segs[0]"],
    [{ type: "ioam6", trace: { type: 0, ns: 1, size: 4 } }, "encap.trace.type"],
    [{ type: "ioam6", trace: { type: 1, ns: 1, size: 5 } }, "encap.trace.size"],
  ];
  for (const [encap, path] of wrong) {
    const add = () => on.ns.route.add({ dst: V6, dev: "v0", encap: encap as EncapSettings });
    expect(await failureOf(add)).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", path });
  }
  const nowhere = () =>
    on.ns.route.add({ dst: V6, dev: "v0", encap: { type: "seg6local", action: "End.DX2", oif: "nowhere" } });
  expect(await failureOf(nowhere)).toMatchObject({ code: "ENODEV", path: "encap.oif" });
});
