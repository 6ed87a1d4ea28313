/** Routes of IPv4, IPv6 and MPLS. */
import type { RouteSettings } from "../../../../src/index.ts";
import type { RequestCase } from "../../support/requests.ts";

let count = 0;
/** A new route, by words of ip-route(8) and in the library's. */
function four(words: string, route: Omit<RouteSettings, "dst">): RequestCase {
  const dst = `10.20.${count++}.0/24`;
  const type = route.type === undefined ? "" : `${route.type} `;
  return [`ip route add ${type}${dst} ${words}`.trim(), (ns) => ns.route.add({ dst, ...route })];
}
function six(words: string, route: Omit<RouteSettings, "dst">): RequestCase {
  const dst = `2001:db8:${count++}::/48`;
  const type = route.type === undefined ? "" : `${route.type} `;
  return [`ip -6 route add ${type}${dst} ${words}`.trim(), (ns) => ns.route.add({ dst, ...route })];
}
function mpls(words: string, route: Omit<RouteSettings, "dst">): RequestCase {
  const dst = String(100 + count++);
  return [`ip -f mpls route add ${dst} ${words}`, (ns) => ns.route.add({ family: "mpls", dst, ...route })];
}
const gateway = "10.0.0.2";
const gateway6 = "fd00::2";
const inet = (host: string) => ({ family: "inet", host }) as const;

export const routes: readonly RequestCase[] = [
  four("via 10.0.0.2", { gateway }),
  four("dev v0", { dev: "v0" }),
  four("via 10.0.0.2 dev v0 onlink metric 5 table 100 proto static scope global src 10.0.0.1 tos 0x10", {
    gateway,
    dev: "v0",
    flags: ["onlink"],
    metric: 5,
    table: 100,
    protocol: "static",
    scope: "global",
    prefsrc: "10.0.0.1",
    tos: 0x10,
  }),
  four("via 10.0.0.2 table 1000 vrf vrf0".replace("table 1000 ", ""), { gateway, vrf: "vrf0" }),
  four("dev v0 table 1000 proto bgp", { dev: "v0", table: 1000, protocol: "bgp" }),
  four("via 10.0.0.2 mtu lock 1300 advmss 1200 window 1000 rtt 100ms rttvar 50ms ssthresh 10 cwnd lock 20", {
    gateway,
    metrics: {
      mtu: 1300,
      advmss: 1200,
      window: 1000,
      rtt: 100,
      rttvar: 50,
      ssthresh: 10,
      cwnd: 20,
      lock: ["mtu", "cwnd"],
    },
  }),
  four("via 10.0.0.2 initcwnd 10 initrwnd 20 hoplimit 30 reordering 5 rto_min 5ms quickack 1", {
    gateway,
    metrics: { initcwnd: 10, initrwnd: 20, hoplimit: 30, reordering: 5, rtoMin: 5, quickack: 1 },
  }),
  four("via 10.0.0.2 congctl cubic features ecn fastopen_no_cookie 1", {
    gateway,
    metrics: { congestion: "cubic", features: ["ecn"], fastopenNoCookie: 1 },
  }),
  four("via 10.0.0.2 congctl lock cubic", {
    gateway,
    metrics: { congestion: "cubic", lock: ["congestion"] },
  }),
  four("via 10.0.0.2 realm 5/6", { gateway, flow: { from: 5, to: 6 } }),
  four("nexthop via 10.0.0.2 dev v0 nexthop via 10.0.0.3 dev v0 weight 2 onlink", {
    nexthops: [
      { gateway, dev: "v0" },
      { gateway: "10.0.0.3", dev: "v0", weight: 2, flags: ["onlink"] },
    ],
  }),
  four("nexthop via 10.0.0.2 realm 7 nexthop via inet6 fd00::2 dev v0 weight 256", {
    nexthops: [
      { gateway, flow: { to: 7 } },
      { via: { family: "inet6", host: gateway6 }, dev: "v0", weight: 256 },
    ],
  }),
  four("nexthop encap mpls 100 via 10.0.0.2 dev v0 nexthop encap mpls 200/300 via 10.0.0.3 dev v0", {
    nexthops: [
      { encap: { type: "mpls", dst: "100" }, gateway, dev: "v0" },
      { encap: { type: "mpls", dst: "200/300" }, gateway: "10.0.0.3", dev: "v0" },
    ],
  }),
  four("via inet6 fd00::2 dev v0", { via: { family: "inet6", host: gateway6 }, dev: "v0" }),
  four("", { type: "blackhole" }),
  four("", { type: "unreachable" }),
  four("metric 3", { type: "prohibit", metric: 3 }),
  four("", { type: "throw" }),
  four("dev v0", { type: "local", dev: "v0" }),
  four("dev v0", { type: "broadcast", dev: "v0" }),
  four("encap mpls 100/200 ttl 5 via 10.0.0.2", { encap: { type: "mpls", dst: "100/200", ttl: 5 }, gateway }),
  four("encap ip id 5 src 10.0.0.1 dst 10.0.0.9 ttl 3 tos 4 key csum seq dev v0", {
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
    dev: "v0",
  }),
  four("encap ip id 5 dst 10.0.0.9 geneve_opts 258:3:01020304,1:2:0506070805060708 dev v0", {
    encap: {
      type: "ip",
      id: 5,
      dst: "10.0.0.9",
      geneveOpts: [
        { class: 258, type: 3, data: "01020304" },
        { class: 1, type: 2, data: "0506070805060708" },
      ],
    },
    dev: "v0",
  }),
  four("encap ip id 5 dst 10.0.0.9 vxlan_opts 77 dev v0", {
    encap: { type: "ip", id: 5, dst: "10.0.0.9", vxlanOpts: [{ gbp: 77 }] },
    dev: "v0",
  }),
  four("encap ip id 5 dst 10.0.0.9 erspan_opts 1:9:0:0 dev v0", {
    encap: { type: "ip", id: 5, dst: "10.0.0.9", erspanOpts: [{ ver: 1, index: 9, dir: 0, hwid: 0 }] },
    dev: "v0",
  }),
  six("via fd00::2", { gateway: gateway6 }),
  six("dev v0", { dev: "v0" }),
  six("via fd00::2 dev v0 metric 7 expires 600 pref high src fd00::1", {
    gateway: gateway6,
    dev: "v0",
    metric: 7,
    expires: 600,
    pref: "high",
    prefsrc: "fd00::1",
  }),
  six("from 2001:db8:ffff::/48 via fd00::2 dev v0 mtu 1400 hoplimit 9", {
    from: "2001:db8:ffff::/48",
    gateway: gateway6,
    dev: "v0",
    metrics: { mtu: 1400, hoplimit: 9 },
  }),
  six("nexthop via fd00::2 dev v0 weight 3 nexthop via fd00::3 dev v0", {
    nexthops: [
      { gateway: gateway6, dev: "v0", weight: 3 },
      { gateway: "fd00::3", dev: "v0" },
    ],
  }),
  six("", { type: "blackhole" }),
  six("dev lo", { type: "unreachable", dev: "lo" }),
  six("encap ip6 id 6 src fd00::1 dst fd00::9 hoplimit 3 tc 4 key csum seq dev v0", {
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
    dev: "v0",
  }),
  six("encap ip6 id 5 dst fd00::9 erspan_opts 2:0:1:5 dev v0", {
    encap: { type: "ip6", id: 5, dst: "fd00::9", erspanOpts: [{ ver: 2, index: 0, dir: 1, hwid: 5 }] },
    dev: "v0",
  }),
  six("encap seg6 mode encap segs fd00::a,fd00::b dev v0", {
    encap: { type: "seg6", mode: "encap", segs: ["fd00::a", "fd00::b"] },
    dev: "v0",
  }),
  six("encap seg6 mode inline segs fd00::a,fd00::b hmac 17 dev v0", {
    encap: { type: "seg6", mode: "inline", segs: ["fd00::a", "fd00::b"], hmac: 17 },
    dev: "v0",
  }),
  six("encap seg6local action End flavors psp dev v0", {
    encap: { type: "seg6local", action: "End", flavors: ["psp"] },
    dev: "v0",
  }),
  six("encap seg6local action End flavors next-csid lblen 48 nflen 32 dev v0", {
    encap: { type: "seg6local", action: "End", flavors: ["next-csid"], lblen: 48, nflen: 32 },
    dev: "v0",
  }),
  six("encap seg6local action End.X nh6 fd00::2 count dev v0", {
    encap: { type: "seg6local", action: "End.X", nh6: "fd00::2", count: true },
    dev: "v0",
  }),
  six("encap seg6local action End.DX4 nh4 10.0.0.2 dev v0", {
    encap: { type: "seg6local", action: "End.DX4", nh4: "10.0.0.2" },
    dev: "v0",
  }),
  six("encap seg6local action End.DX2 oif p1 dev v0", {
    encap: { type: "seg6local", action: "End.DX2", oif: "p1" },
    dev: "v0",
  }),
  six("encap seg6local action End.DT6 table main dev v0", {
    encap: { type: "seg6local", action: "End.DT6", table: "main" },
    dev: "v0",
  }),
  six("encap seg6local action End.DT46 vrftable 300 dev v0", {
    encap: { type: "seg6local", action: "End.DT46", vrftable: 300 },
    dev: "v0",
  }),
  six("encap seg6local action End.B6.Encaps srh segs fd00::a,fd00::b dev v0", {
    encap: { type: "seg6local", action: "End.B6.Encaps", srh: { segs: ["fd00::a", "fd00::b"] } },
    dev: "v0",
  }),
  six("encap rpl segs fd00::a,fd00::b dev v0", {
    encap: { type: "rpl", segs: ["fd00::a", "fd00::b"] },
    dev: "v0",
  }),
  six("encap ila 2001:db8:0:1 csum-mode neutral-map ident-type luid hook-type output dev v0", {
    encap: {
      type: "ila",
      locator: "2001:db8:0:1",
      csumMode: "neutral-map",
      identType: "luid",
      hookType: "output",
    },
    dev: "v0",
  }),
  six("encap ioam6 freq 2/5 mode encap tundst fd00::9 trace prealloc type 0x800000 ns 1 size 12 dev v0", {
    encap: {
      type: "ioam6",
      freqk: 2,
      freqn: 5,
      mode: "encap",
      tundst: "fd00::9",
      trace: { type: 0x800000, ns: 1, size: 12 },
    },
    dev: "v0",
  }),
  mpls("via inet 10.0.0.2 dev v0", { via: inet(gateway), dev: "v0" }),
  mpls("as 200/300 via inet 10.0.0.2 dev v0 ttl-propagate disabled", {
    to: "200/300",
    via: inet(gateway),
    dev: "v0",
    ttlPropagate: false,
  }),
  mpls("nexthop as 200 via inet 10.0.0.2 dev v0 nexthop via inet 10.0.0.3 dev v0", {
    nexthops: [
      { to: "200", via: inet(gateway), dev: "v0" },
      { via: inet("10.0.0.3"), dev: "v0" },
    ],
  }),
  [
    "ip route replace 10.20.0.0/24 via 10.0.0.3",
    (ns) => ns.route.replace({ dst: "10.20.0.0/24", gateway: "10.0.0.3" }),
  ],
  [
    "ip route change 10.20.0.0/24 via 10.0.0.4",
    (ns) => ns.route.change({ dst: "10.20.0.0/24", gateway: "10.0.0.4" }),
  ],
  [
    "ip route append 10.20.0.0/24 via 10.0.0.5",
    (ns) => ns.route.append({ dst: "10.20.0.0/24", gateway: "10.0.0.5" }),
  ],
  [
    "ip route prepend 10.20.0.0/24 via 10.0.0.6",
    (ns) => ns.route.prepend({ dst: "10.20.0.0/24", gateway: "10.0.0.6" }),
  ],
  [
    "ip route del 10.20.0.0/24 via 10.0.0.5",
    (ns) => ns.route.delete({ dst: "10.20.0.0/24", gateway: "10.0.0.5" }),
  ],
  ["ip route del 10.20.0.0/24", (ns) => ns.route.delete({ dst: "10.20.0.0/24" })],
  ["ip route add default via 10.0.0.2", (ns) => ns.route.add({ dst: "default", gateway })],
  ["ip route del default", (ns) => ns.route.delete({ dst: "default" })],
  ["ip -6 route add default via fd00::2", (ns) => ns.route.add({ dst: "default", gateway: gateway6 })],
  ["ip -6 route del default", (ns) => ns.route.delete({ dst: "default", family: "inet6" })],
];
