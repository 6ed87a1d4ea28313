/** Links: their making with every option, and their changes. */
import type { LinkAdd } from "../../../../src/index.ts";
import type { RequestCase } from "../../support/requests.ts";

let count = 0;
/** A new link, by words of ip-link(8) and in the library's. */
function kind(words: string, link: LinkAdd): RequestCase {
  const ifname = `o${count++}`;
  return [`ip link add ${ifname} ${words}`, (ns) => ns.link.add({ ...link, ifname } as LinkAdd)];
}

const bridge = (option: string, data: object): RequestCase => [
  `ip link set b1 type bridge ${option}`,
  (ns) => ns.link.set("b1", { kind: "bridge", data }),
];
const port = (option: string, slaveData: object): RequestCase => [
  `ip link set p0 type bridge_slave ${option}`,
  (ns) => ns.link.set("p0", { slaveKind: "bridge", slaveData }),
];
const set = (option: string, settings: object): RequestCase => [
  `ip link set dev v0 ${option}`,
  (ns) => ns.link.set("v0", settings),
];

export const linkKinds: readonly RequestCase[] = [
  kind("type vxlan id 1 group 239.1.1.1 dev low0 ttl auto tos inherit", {
    kind: "vxlan",
    data: { id: 1, group: "239.1.1.1", link: "low0", ttl: 0, tos: 1 },
  }),
  kind(
    "type vxlan id 2 remote 2001:db8::2 local 2001:db8::1 srcport 1000 2000 dstport 4800 flowlabel 0x12345",
    {
      kind: "vxlan",
      data: {
        id: 2,
        remote: "2001:db8::2",
        local: "2001:db8::1",
        portRange: { low: 1000, high: 2000 },
        port: 4800,
        label: 0x12345,
      },
    },
  ),
  kind("type vxlan id 3 dstport 4801 proxy rsc l2miss l3miss ageing 600 maxaddress 100 udpcsum", {
    kind: "vxlan",
    data: {
      id: 3,
      port: 4801,
      proxy: true,
      rsc: true,
      l2miss: true,
      l3miss: true,
      ageing: 600,
      limit: 100,
      udpCsum: true,
    },
  }),
  kind(
    "type vxlan id 4 dstport 4802 udp6zerocsumtx udp6zerocsumrx remcsumtx remcsumrx gbp df set ttl inherit",
    {
      kind: "vxlan",
      data: {
        id: 4,
        port: 4802,
        udpZeroCsum6Tx: true,
        udpZeroCsum6Rx: true,
        remcsumTx: true,
        remcsumRx: true,
        gbp: true,
        df: "set",
        ttlInherit: true,
      },
    },
  ),
  kind("type vxlan dstport 4803 external vnifilter", {
    kind: "vxlan",
    data: { port: 4803, external: true, vnifilter: true },
  }),
  [
    "ip link add link v1 made_mv type macvlan",
    (ns) => ns.link.add({ ifname: "made_mv", link: "v1", kind: "macvlan" }),
  ],
  kind("type vxlan dstport 4804 gpe external", {
    kind: "vxlan",
    data: { port: 4804, gpe: true, external: true },
  }),
  kind(
    "link low1 type vlan id 7 reorder_hdr off loose_binding on egress-qos-map 1:2 3:4 ingress-qos-map 2:1",
    {
      kind: "vlan",
      link: "low1",
      data: {
        id: 7,
        flags: { flags: ["loose-binding"], mask: ["reorder-hdr", "loose-binding"] },
        egressQos: {
          mapping: [
            { from: 1, to: 2 },
            { from: 3, to: 4 },
          ],
        },
        ingressQos: { mapping: [{ from: 2, to: 1 }] },
      } as never,
    },
  ),
  kind("link low1 type macvlan mode passthru nopromisc", {
    kind: "macvlan",
    link: "low1",
    data: { mode: "passthru", flags: ["nopromisc"] },
  } as never),
  kind(
    "mtu 1400 address 02:00:00:00:00:77 txqueuelen 50 group 9 index 900 numtxqueues 2 numrxqueues 3 type dummy",
    {
      kind: "dummy",
      mtu: 1400,
      address: "02:00:00:00:00:77",
      txqlen: 50,
      group: 9,
      ifindex: 900,
      numTxQueues: 2,
      numRxQueues: 3,
    },
  ),
  kind("type veth peer name o_peer mtu 1300 address 02:00:00:00:00:78", {
    kind: "veth",
    peer: { ifname: "o_peer", mtu: 1300, address: "02:00:00:00:00:78" },
  }),
  [
    "ip link add b1 type bridge vlan_filtering 1 stp_state 1 priority 100",
    (ns) =>
      ns.link.add({ ifname: "b1", kind: "bridge", data: { vlanFiltering: 1, stpState: 1, priority: 100 } }),
  ],
  bridge("forward_delay 400 hello_time 300 max_age 700 ageing_time 6000", {
    forwardDelay: 400,
    helloTime: 300,
    maxAge: 700,
    ageingTime: 6000,
  }),
  bridge("vlan_protocol 802.1ad vlan_default_pvid 5 vlan_stats_enabled 1 vlan_stats_per_port 1", {
    vlanProtocol: "8021ad",
    vlanDefaultPvid: 5,
    vlanStatsEnabled: 1,
    vlanStatsPerPort: 1,
  }),
  bridge("group_fwd_mask 8 group_address 01:80:c2:00:00:04", {
    groupFwdMask: 8,
    groupAddr: "01:80:c2:00:00:04",
  }),
  bridge("mcast_snooping 1 mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_max 1024", {
    mcastSnooping: 1,
    mcastRouter: 2,
    mcastQueryUseIfaddr: 1,
    mcastQuerier: 1,
    mcastHashMax: 1024,
  }),
  bridge("mcast_last_member_count 3 mcast_startup_query_count 4 mcast_last_member_interval 110", {
    mcastLastMemberCnt: 3,
    mcastStartupQueryCnt: 4,
    mcastLastMemberIntvl: 110,
  }),
  bridge("mcast_membership_interval 26100 mcast_querier_interval 25600 mcast_query_interval 12600", {
    mcastMembershipIntvl: 26100,
    mcastQuerierIntvl: 25600,
    mcastQueryIntvl: 12600,
  }),
  bridge("mcast_query_response_interval 1100 mcast_startup_query_interval 3200 mcast_stats_enabled 1", {
    mcastQueryResponseIntvl: 1100,
    mcastStartupQueryIntvl: 3200,
    mcastStatsEnabled: 1,
  }),
  bridge(
    "mcast_igmp_version 3 mcast_mld_version 2 nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 1",
    {
      mcastIgmpVersion: 3,
      mcastMldVersion: 2,
      nfCallIptables: 1,
      nfCallIp6tables: 1,
      nfCallArptables: 1,
    },
  ),
  bridge("no_linklocal_learn 1 mcast_vlan_snooping 1", {
    multiBoolopt: {
      optval: ["no-ll-learn", "mcast-vlan-snooping"],
      optmask: ["no-ll-learn", "mcast-vlan-snooping"],
    },
  }),
  bridge("fdb_flush", { fdbFlush: true }),
  port("state 3 priority 5 cost 7 hairpin on guard on root_block on fastleave on", {
    state: "forwarding",
    priority: 5,
    cost: 7,
    hairpin: true,
    guard: true,
    rootBlock: true,
    fastleave: true,
  }),
  port("learning off flood off mcast_flood off bcast_flood off proxy_arp on proxy_arp_wifi on", {
    learning: false,
    flood: false,
    mcastFlood: false,
    bcastFlood: false,
    proxyArp: true,
    proxyArpWifi: true,
  }),
  port(
    "mcast_router 1 mcast_fast_leave on mcast_to_unicast on group_fwd_mask 8 neigh_suppress on vlan_tunnel on",
    {
      multicastRouter: 1,
      fastleave: true,
      mcastToUnicast: true,
      groupFwdMask: 8,
      neighSuppress: true,
      vlanTunnel: true,
    },
  ),
  port("isolated on locked off", {
    isolated: true,
    locked: false,
  }),
];

export const links: readonly RequestCase[] = [
  set("mtu 1400", { mtu: 1400 }),
  set("txqueuelen 5 mtu 1450", { txqlen: 5, mtu: 1450 }),
  set("up", { up: true }),
  set("promisc on allmulticast on multicast off", { promisc: true, allmulticast: true, multicast: false }),
  set("promisc off allmulticast off multicast on arp off", {
    promisc: false,
    allmulticast: false,
    multicast: true,
    arp: false,
  }),
  set("arp on dynamic on trailers off", { arp: true, dynamic: true, trailers: false }),
  set("address 02:00:00:00:00:10", { address: "02:00:00:00:00:10" }),
  set("broadcast ff:ff:ff:ff:ff:fe", { broadcast: "ff:ff:ff:ff:ff:fe" }),
  set("master b1", { master: "b1" }),
  set("nomaster", { master: null }),
  set("alias some-words", { ifalias: "some-words" }),
  // The longest, without room for a NUL.
  set(`alias ${"x".repeat(255)}`, { ifalias: "x".repeat(255) }),
  set("group 7", { group: 7 }),
  set("addrgenmode none", { inet6AddrGenMode: "none" }),
  set("addrgenmode eui64", { inet6AddrGenMode: "eui64" }),
  set("mode dormant", { linkmode: "DORMANT" }),
  set("state UP mode default", { operstate: "UP", linkmode: "DEFAULT" }),
  set("gso_max_size 65000 gso_max_segs 100 gro_max_size 65000", {
    gsoMaxSize: 65000,
    gsoMaxSegs: 100,
    groMaxSize: 65000,
  }),
  [
    "ip link set made_mv protodown on protodown_reason 5 on",
    (ns) => ns.link.set("made_mv", { protoDown: true, protoDownReason: { 5: true } }),
  ],
  [
    "ip link set made_mv protodown_reason 5 off",
    (ns) => ns.link.set("made_mv", { protoDownReason: { 5: false } }),
  ],
  ["ip link set made_mv protodown off", (ns) => ns.link.set("made_mv", { protoDown: false })],
  ["ip link set low1 name lower", (ns) => ns.link.set("low1", { ifname: "lower" })],
  ["ip link set group 7 mtu 1400", (ns) => ns.link.set({ group: 7 }, { mtu: 1400 })],
  [
    "ip link property add dev v0 altname one altname a-name-too-long-for-a-name",
    (ns) => ns.link.property.add("v0", { altname: ["one", "a-name-too-long-for-a-name"] }),
  ],
  [
    "ip link set a-name-too-long-for-a-name mtu 1300",
    (ns) => ns.link.set("a-name-too-long-for-a-name", { mtu: 1300 }),
  ],
  ["ip link property del dev v0 altname one", (ns) => ns.link.property.delete("v0", { altname: "one" })],
  ["ip stats set dev v0 l3_stats on", (ns) => ns.stats.set("v0", { l3Stats: true })],
  ["ip link del o_peer", (ns) => ns.link.delete("o_peer")],
  [
    "ip ntable change name arp_cache dev v0 retrans 500 base_reachable 40000 queue 31",
    (ns) =>
      ns.ntable.change(
        { family: "inet", name: "arp_cache", dev: "v0" },
        { retrans: 500, baseReachable: 40000, queue: 31 },
      ),
  ],
  [
    "ip ntable change name ndisc_cache dev v0 ucast_probes 4 app_probes 2 locktime 1500 proxy_delay 900",
    (ns) =>
      ns.ntable.change(
        { family: "inet6", name: "ndisc_cache", dev: "v0" },
        { ucastProbes: 4, appProbes: 2, locktime: 1500, proxyDelay: 900 },
      ),
  ],
];
