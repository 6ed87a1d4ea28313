/** Nexthop objects, and routes by them. */
import type { NexthopAdd } from "../../../../src/index.ts";
import type { RequestCase } from "../../support/requests.ts";

const add = (words: string, nexthop: NexthopAdd): RequestCase => [
  `ip nexthop add ${words}`,
  (ns) => ns.nexthop.add(nexthop),
];

export const nexthops: readonly RequestCase[] = [
  add("id 5 via 10.0.0.2 dev v0", { id: 5, gateway: "10.0.0.2", dev: "v0" }),
  add("id 6 via 10.0.0.3 dev v0 onlink proto static", {
    id: 6,
    gateway: "10.0.0.3",
    dev: "v0",
    flags: ["onlink"],
    protocol: "static",
  }),
  add("id 7 via fd00::2 dev v0", { id: 7, gateway: "fd00::2", dev: "v0" }),
  add("id 8 blackhole", { id: 8, blackhole: true }),
  add("id 9 dev v0", { id: 9, dev: "v0" }),
  add("id 10 via 10.0.0.7 fdb", { id: 10, gateway: "10.0.0.7", fdb: true }),
  add("id 11 via fd00::7 fdb", { id: 11, gateway: "fd00::7", fdb: true }),
  add("id 12 encap mpls 200 via 10.0.0.2 dev v0", {
    id: 12,
    encap: { type: "mpls", dst: "200" },
    gateway: "10.0.0.2",
    dev: "v0",
  }),
  add("id 20 group 5/6,3", { id: 20, group: [{ id: 5 }, { id: 6, weight: 3 }] }),
  add("id 21 group 10 fdb", { id: 21, group: [{ id: 10 }], fdb: true }),
  add("id 22 group 5/6 type mpath", { id: 22, group: [{ id: 5 }, { id: 6 }], type: "mpath" }),
  add("id 23 group 5,2/6 type resilient buckets 16 idle_timer 120 unbalanced_timer 240", {
    id: 23,
    group: [{ id: 5, weight: 2 }, { id: 6 }],
    type: "resilient",
    buckets: 16,
    idleTimer: 120,
    unbalancedTimer: 240,
  }),
  ["ip nexthop replace id 20 group 5", (ns) => ns.nexthop.replace({ id: 20, group: [{ id: 5 }] })],
  ["ip route add 10.30.0.0/24 nhid 20", (ns) => ns.route.add({ dst: "10.30.0.0/24", nhid: 20 })],
  ["ip -6 route add 2001:db8:f030::/48 nhid 7", (ns) => ns.route.add({ dst: "2001:db8:f030::/48", nhid: 7 })],
  [
    "bridge fdb add 02:00:00:00:00:31 dev vx self static nhid 21",
    (ns) => ns.fdb.add("vx", { mac: "02:00:00:00:00:31", state: "static", nhid: 21 }),
  ],
  [
    "bridge fdb del 02:00:00:00:00:31 dev vx self nhid 21",
    (ns) => ns.fdb.delete("vx", { mac: "02:00:00:00:00:31", nhid: 21 }),
  ],
  ["ip nexthop del id 23", (ns) => ns.nexthop.delete(23)],
];
