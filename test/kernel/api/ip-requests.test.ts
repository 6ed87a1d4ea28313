/** What the library asks for is what ip and bridge ask for with the same words: requests decoded and compared. */
import { beforeAll, describe, expect, test } from "vitest";
import { NetnsObjects } from "../../../src/api/netns/objects.ts";
import { Session } from "../../../src/api/session.ts";
import type { Requester } from "../../../src/netlink/batch.ts";
import type { Request } from "../../../src/netlink/request.ts";
import { missing } from "../../support/programs.ts";
import { full, onlyFull } from "../support/full.ts";
import { stage } from "../support/observer.ts";
import { type Asked, asked, changesOf, type Difference, differences } from "../support/strace.ts";

const on = stage("iprequests");

interface Reason {
  readonly path: RegExp;
  readonly only?: (difference: Difference) => boolean;
  readonly why: string;
}

const empty = (value: unknown) =>
  value === undefined || value === 0 || (Array.isArray(value) && value.length === 0);
const reasons: readonly Reason[] = [
  { path: /^(ifiIndex|ifname)$/, why: "ip looks the index up, for the library the kernel finds the name" },
  {
    path: /^(ifaFlags\.0|flags)$/,
    why: "addresses: the attribute has room for all flags, and the kernel prefers it",
  },
  {
    path: /^ndmState\.0$/,
    only: ({ ours }) => ours === undefined,
    why: "neighbours: the kernel does not look at the state of what it deletes",
  },
  {
    path: /^protocol$/,
    only: ({ theirs }) => theirs === undefined,
    why: "rules: ip 6.1 does not say who made them",
  },
];

type Verb = (objects: NetnsObjects) => Promise<unknown>;
const inet = { family: "inet", host: "10.0.0.2" };

const cases: [command: string, ours: Verb][] = [
  ["ip link add b9 type bridge", (ns) => ns.link.add({ ifname: "b9", kind: "bridge" })],
  [
    "ip link add b8 type bridge forward_delay 400 stp_state 1",
    (ns) => ns.link.add({ ifname: "b8", kind: "bridge", data: { forwardDelay: 400, stpState: 1 } }),
  ],
  [
    "ip link add a8 mtu 1400 type veth peer name a9 mtu 1300",
    (ns) => ns.link.add({ ifname: "a8", kind: "veth", mtu: 1400, peer: { ifname: "a9", mtu: 1300 } }),
  ],
  ["ip link set v0 mtu 1400 txqueuelen 5", (ns) => ns.link.set("v0", { mtu: 1400, txqlen: 5 })],
  ["ip link set v0 up", (ns) => ns.link.set("v0", { up: true })],
  ["ip link set v0 arp off", (ns) => ns.link.set("v0", { arp: false })],
  ["ip link set v0 master b0", (ns) => ns.link.set("v0", { master: "b0" })],
  ["ip link set v0 nomaster", (ns) => ns.link.set("v0", { master: null })],
  ["ip link set group 7 up", (ns) => ns.link.set({ group: 7 }, { up: true })],
  ["ip link set v0 addrgenmode none", (ns) => ns.link.set("v0", { inet6AddrGenMode: "none" })],
  ["ip addr add 10.0.0.1/24 dev v0", (ns) => ns.addr.add("v0", "10.0.0.1/24")],
  ["ip addr add fd00::1/64 dev v0 nodad", (ns) => ns.addr.add("v0", { local: "fd00::1/64", nodad: true })],
  [
    "ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0",
    (ns) => ns.neigh.add("v0", { dst: "10.0.0.9", lladdr: "02:00:00:00:00:09" }),
  ],
  [
    "ip route add 10.1.0.0/16 via 10.0.0.2",
    (ns) => ns.route.add({ dst: "10.1.0.0/16", gateway: "10.0.0.2" }),
  ],
  [
    "ip route add 10.2.0.0/16 dev v0 metric 5 mtu 1200 table 100",
    (ns) => ns.route.add({ dst: "10.2.0.0/16", dev: "v0", metric: 5, metrics: { mtu: 1200 }, table: 100 }),
  ],
  ["ip route add blackhole 10.3.0.0/16", (ns) => ns.route.add({ dst: "10.3.0.0/16", type: "blackhole" })],
  [
    "ip route add 10.4.0.0/16 nexthop via 10.0.0.2 dev v0 nexthop via 10.0.0.3 dev v0 weight 2",
    (ns) =>
      ns.route.add({
        dst: "10.4.0.0/16",
        nexthops: [
          { gateway: "10.0.0.2", dev: "v0" },
          { gateway: "10.0.0.3", dev: "v0", weight: 2 },
        ],
      }),
  ],
  [
    "ip -6 route add fd01::/64 via fd00::2 dev v0",
    (ns) => ns.route.add({ dst: "fd01::/64", gateway: "fd00::2", dev: "v0" }),
  ],
  ["ip route del 10.1.0.0/16", (ns) => ns.route.delete({ dst: "10.1.0.0/16" })],
  [
    "ip rule add from 10.0.0.0/8 table 100 priority 50",
    (ns) => ns.rule.add({ from: "10.0.0.0/8", table: 100, priority: 50 }),
  ],
  [
    "ip nexthop add id 5 via 10.0.0.2 dev v0",
    (ns) => ns.nexthop.add({ id: 5, gateway: "10.0.0.2", dev: "v0" }),
  ],
  [
    "bridge fdb add 02:00:00:00:00:05 dev v2 master static",
    (ns) => ns.fdb.add("v2", { mac: "02:00:00:00:00:05", master: true, state: "static" }),
  ],
  ["ip stats set dev v0 l3_stats on", (ns) => ns.stats.set("v0", { l3Stats: true })],
  ["ip nexthop add id 6 group 5,3", (ns) => ns.nexthop.add({ id: 6, group: [{ id: 5, weight: 3 }] })],
  ["ip nexthop del id 6", (ns) => ns.nexthop.delete(6)],
  ["ip rule del priority 50", (ns) => ns.rule.delete({ priority: 50 })],
  ["ip neigh del 10.0.0.9 dev v0", (ns) => ns.neigh.delete("v0", { dst: "10.0.0.9" })],
  ["ip addr del 10.0.0.1/24 dev v0", (ns) => ns.addr.delete("v0", "10.0.0.1/24")],
  [
    "ip link property add dev v0 altname another-name",
    (ns) => ns.link.property.add("v0", { altname: "another-name" }),
  ],
  ["ip link del v2", (ns) => ns.link.delete("v2")],
];

const mpls: typeof cases = [
  [
    "ip -f mpls route add 100 via inet 10.0.0.2 dev v0",
    (ns) => ns.route.add({ family: "mpls", dst: "100", via: inet, dev: "v0" }),
  ],
  [
    "ip -f mpls route add 101 as 200/300 via inet 10.0.0.2 dev v0 ttl-propagate disabled",
    (ns) =>
      ns.route.add({ family: "mpls", dst: "101", to: "200/300", via: inet, dev: "v0", ttlPropagate: false }),
  ],
  [
    "ip -f mpls route add 102 nexthop as 200 via inet 10.0.0.2 dev v0 nexthop via inet 10.0.0.3 dev v0",
    (ns) =>
      ns.route.add({
        family: "mpls",
        dst: "102",
        nexthops: [
          { to: "200", via: inet, dev: "v0" },
          { via: { ...inet, host: "10.0.0.3" }, dev: "v0" },
        ],
      }),
  ],
  ["ip -f mpls route del 100", (ns) => ns.route.delete({ family: "mpls", dst: "100" })],
];

const noStrace = missing("strace");

describe.skipIf(noStrace !== "")(`requests of ip${noStrace}`, () => {
  const sent: Asked[] = [];
  let objects: NetnsObjects;

  beforeAll(async () => {
    const { link } = on.ns;
    await link.add({ ifname: "b0", kind: "bridge", up: true });
    await link.add({ ifname: "v0", kind: "veth", peer: { ifname: "v1", up: true, group: 7 } });
    await link.add({ ifname: "v2", kind: "veth", master: "b0", up: true, peer: { ifname: "v3", up: true } });
    if (full) await on.ns.exec("sysctl", ["-qw", "net.mpls.platform_labels=1000"]);
    // Finds links, and keeps what it is asked to send.
    const client = {
      request(request: Request<unknown>) {
        sent.push(asked(request));
        return Promise.resolve(undefined);
      },
    } as unknown as Requester;
    const session = new Session(client, "test");
    session.indexOf = async (dev) => (typeof dev === "number" ? dev : (await on.ns.link.get(dev)).ifindex);
    const finder = new Session(on.ns.client, "test");
    session.link = (dev, field) => finder.link(dev, field);
    objects = new NetnsObjects(session);
  });

  const used = new Set<Reason>();

  async function compare(command: string, ours: Verb): Promise<void> {
    sent.length = 0;
    await ours(objects);
    const [program, ...args] = command.split(" ");
    const theirs = changesOf(program!, ["-n", on.name, ...args]);
    expect(sent.map(({ type }) => type)).toEqual(theirs.map(({ type }) => type));
    const unexplained = differences(theirs[0]?.value, sent[0]?.value).filter((difference) => {
      const reason = reasons.find(
        ({ path, only = () => true }) => path.test(difference.path) && only(difference),
      );
      if (reason) used.add(reason);
      return !reason && !(empty(difference.theirs) && empty(difference.ours));
    });
    expect(unexplained).toEqual([]);
  }

  test.each(cases)("%s", compare);
  test.skipIf(!full).each(mpls)(`%s${full ? "" : onlyFull}`, compare);

  test("every reason for a difference is needed", () => {
    expect(reasons.filter((reason) => !used.has(reason)).map(({ why }) => why)).toEqual([]);
  });
});
