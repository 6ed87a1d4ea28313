/** Addresses, their labels, and neighbours. */
import type { RequestCase } from "../../support/requests.ts";

const mac = "02:00:00:00:00:09";

export const addresses: readonly RequestCase[] = [
  ["ip addr add 10.1.0.1/24 dev v0", (ns) => ns.addr.add("v0", "10.1.0.1/24")],
  [
    "ip addr add 10.1.0.2/24 broadcast + dev v0 label v0:a",
    (ns) => ns.addr.add("v0", { local: "10.1.0.2/24", broadcast: "+", label: "v0:a" }),
  ],
  [
    "ip addr add 10.1.0.3 peer 10.1.9.9/32 dev v0 metric 7 noprefixroute",
    (ns) => ns.addr.add("v0", { local: "10.1.0.3", peer: "10.1.9.9/32", metric: 7, noprefixroute: true }),
  ],
  ["ip addr add 127.0.0.9/8 dev lo", (ns) => ns.addr.add("lo", "127.0.0.9/8")],
  [
    "ip addr add 10.1.0.4/24 dev v0 valid_lft 3600 preferred_lft 1800",
    (ns) => ns.addr.add("v0", { local: "10.1.0.4/24", validLifeTime: 3600, preferredLifeTime: 1800 }),
  ],
  [
    "ip addr replace 10.1.0.4/24 dev v0 valid_lft forever preferred_lft forever",
    (ns) =>
      ns.addr.replace("v0", { local: "10.1.0.4/24", validLifeTime: "forever", preferredLifeTime: "forever" }),
  ],
  [
    "ip addr change 10.1.0.4/24 dev v0 valid_lft 100 preferred_lft 50",
    (ns) => ns.addr.change("v0", { local: "10.1.0.4/24", validLifeTime: 100, preferredLifeTime: 50 }),
  ],
  [
    "ip addr add fd01::1/64 dev v0 nodad home mngtmpaddr noprefixroute",
    (ns) =>
      ns.addr.add("v0", {
        local: "fd01::1/64",
        nodad: true,
        home: true,
        mngtmpaddr: true,
        noprefixroute: true,
      }),
  ],
  [
    "ip addr add fd01::2/64 dev v0 optimistic",
    (ns) => ns.addr.add("v0", { local: "fd01::2/64", optimistic: true }),
  ],
  [
    "ip addr add 239.1.1.7/32 dev v0 autojoin",
    (ns) => ns.addr.add("v0", { local: "239.1.1.7/32", autojoin: true }),
  ],
  [
    "ip addr del 10.1.0.2/24 dev v0 label v0:a",
    (ns) => ns.addr.delete("v0", { local: "10.1.0.2/24", label: "v0:a" }),
  ],
  ["ip addr del 10.1.0.1/24 dev v0", (ns) => ns.addr.delete("v0", "10.1.0.1/24")],
  [
    "ip addr del 10.1.0.3 peer 10.1.9.9/32 dev v0",
    (ns) => ns.addr.delete("v0", { local: "10.1.0.3", peer: "10.1.9.9/32" }),
  ],
  ["ip addr del fd01::1/64 dev v0", (ns) => ns.addr.delete("v0", "fd01::1/64")],
  [
    "ip addrlabel add prefix 2001:db8::/32 label 50",
    (ns) => ns.addrlabel.add({ prefix: "2001:db8::/32", label: 50 }),
  ],
  [
    "ip addrlabel add prefix 2001:db8:1::/48 dev v0 label 51",
    (ns) => ns.addrlabel.add({ prefix: "2001:db8:1::/48", dev: "v0", label: 51 }),
  ],
  [
    "ip addrlabel del prefix 2001:db8::/32 label 50",
    (ns) => ns.addrlabel.delete({ prefix: "2001:db8::/32" }),
  ],
  [
    `ip neigh add 10.0.0.9 lladdr ${mac} dev v0`,
    (ns) => ns.neigh.add("v0", { dst: "10.0.0.9", lladdr: mac }),
  ],
  [
    `ip neigh add 10.0.0.10 lladdr ${mac} dev v0 nud reachable protocol 186`,
    (ns) => ns.neigh.add("v0", { dst: "10.0.0.10", lladdr: mac, state: "reachable", protocol: 186 }),
  ],
  [
    `ip neigh replace 10.0.0.10 lladdr ${mac} dev v0 nud stale`,
    (ns) => ns.neigh.replace("v0", { dst: "10.0.0.10", lladdr: mac, state: "stale" }),
  ],
  [
    `ip neigh change 10.0.0.10 lladdr ${mac} dev v0 nud noarp`,
    (ns) => ns.neigh.change("v0", { dst: "10.0.0.10", lladdr: mac, state: "noarp" }),
  ],
  [
    `ip neigh add fd00::9 lladdr ${mac} dev v0 nud stale router extern_learn`,
    (ns) =>
      ns.neigh.add("v0", { dst: "fd00::9", lladdr: mac, state: "stale", router: true, externLearn: true }),
  ],
  ["ip neigh add fd00::10 dev v0 use", (ns) => ns.neigh.add("v0", { dst: "fd00::10", use: true })],
  ["ip neigh add 10.0.0.11 dev v0 managed", (ns) => ns.neigh.add("v0", { dst: "10.0.0.11", managed: true })],
  ["ip neigh add proxy 10.0.0.12 dev v0", (ns) => ns.neigh.add("v0", { dst: "10.0.0.12", proxy: true })],
  ["ip neigh del proxy 10.0.0.12 dev v0", (ns) => ns.neigh.delete("v0", { dst: "10.0.0.12", proxy: true })],
  ["ip neigh del 10.0.0.9 dev v0", (ns) => ns.neigh.delete("v0", { dst: "10.0.0.9" })],
];
