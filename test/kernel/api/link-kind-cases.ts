/** Links of every kind, with options that are not the kernel's own choice. */
import type { LinkAdd } from "../../../src/index.ts";

export interface Case {
  /** What is said of it beside its kind. */
  readonly what?: string;
  readonly add: LinkAdd & { kind: string };
  /** The same link as ip makes it; undefined where iproute2 6.1 cannot. */
  readonly ip?: string;
  /** Options that are sent and never reported. */
  readonly sent?: readonly string[];
}

export const local = "10.0.0.1";
export const remote = "10.0.0.2";
const local6 = "2001:db8::1";
const remote6 = "2001:db8::2";
const ends = `local ${local} remote ${remote}`;
const ends6 = `local ${local6} remote ${remote6}`;

export const cases: readonly Case[] = [
  {
    add: {
      kind: "amt",
      data: { mode: "relay", local, link: "low0", relayPort: 1000, gatewayPort: 2000, maxTunnels: 5 },
    },
    ip: `type amt mode relay local ${local} dev low0 relay_port 1000 gateway_port 2000 max_tunnels 5`,
  },
  {
    what: "gateway",
    add: { kind: "amt", data: { mode: "gateway", local, link: "low0", discovery: "10.0.0.9" } },
    ip: `type amt mode gateway local ${local} dev low0 discovery 10.0.0.9`,
  },
  {
    add: {
      kind: "bareudp",
      data: { dstport: 6635, ethertype: "mpls_uc", srcportmin: 1000, multiproto: true },
    },
    ip: "type bareudp dstport 6635 ethertype mpls_uc srcportmin 1000 multiproto",
  },
  { add: { kind: "batadv", data: { algoName: "BATMAN_V" } }, sent: ["algoName"] },
  {
    add: {
      kind: "bond",
      data: {
        mode: "active-backup",
        miimon: 100,
        updelay: 200,
        downdelay: 300,
        peerNotifyDelay: 400,
        primaryReselect: "better",
        failOverMac: "active",
        resendIgmp: 3,
        numPeerNotif: 4,
        allSlavesActive: true,
        minLinks: 2,
        lpInterval: 5,
      },
    },
    ip:
      "type bond mode active-backup miimon 100 updelay 200 downdelay 300 peer_notify_delay 400 " +
      "primary_reselect better fail_over_mac active resend_igmp 3 num_grat_arp 4 all_slaves_active 1 min_links 2 " +
      "lp_interval 5",
  },
  {
    what: "802.3ad",
    add: {
      kind: "bond",
      data: {
        mode: "802.3ad",
        miimon: 100,
        adLacpRate: "fast",
        adLacpActive: false,
        adSelect: "bandwidth",
        adActorSysPrio: 100,
        adUserPortKey: 7,
        adActorSystem: "02:00:00:00:00:09",
        xmitHashPolicy: "layer3+4",
      },
    },
    ip:
      "type bond mode 802.3ad miimon 100 lacp_rate fast lacp_active off ad_select bandwidth ad_actor_sys_prio 100 " +
      "ad_user_port_key 7 ad_actor_system 02:00:00:00:00:09 xmit_hash_policy layer3+4",
  },
  {
    what: "that asks by ARP and NDP",
    add: {
      kind: "bond",
      data: {
        mode: "active-backup",
        arpInterval: 100,
        arpIpTarget: ["10.0.0.8", "10.0.0.9"],
        nsIp6Target: ["2001:db8::8", "2001:db8::9"],
        arpValidate: "all",
        arpAllTargets: "all",
        arpMissedMax: 5,
      },
    },
    ip:
      "type bond mode active-backup arp_interval 100 arp_ip_target 10.0.0.8,10.0.0.9 " +
      "ns_ip6_target 2001:db8::8,2001:db8::9 arp_validate all arp_all_targets all arp_missed_max 5",
  },
  {
    what: "of newer kernels' options",
    add: { kind: "bond", data: { mode: "802.3ad", coupledControl: false, broadcastNeigh: true } },
  },
  { add: { kind: "bridge", data: { forwardDelay: 400, ageingTime: 6000, priority: 4096 } } },
  { add: { kind: "dummy" }, ip: "type dummy" },
  {
    add: {
      kind: "erspan",
      data: {
        local,
        remote,
        ikey: 5,
        okey: 5,
        iseq: true,
        oseq: true,
        pmtudisc: true,
        erspanVer: 1,
        erspanIndex: 123,
      },
    },
    ip: `type erspan ${ends} key 5 seq erspan_ver 1 erspan 123`,
  },
  {
    what: "version 2",
    add: {
      kind: "erspan",
      data: {
        local,
        remote,
        ikey: 5,
        okey: 5,
        iseq: true,
        oseq: true,
        pmtudisc: true,
        erspanVer: 2,
        erspanDir: 1,
        erspanHwid: 7,
      },
    },
    ip: `type erspan ${ends} key 5 seq erspan_ver 2 erspan_dir egress erspan_hwid 7`,
  },
  {
    add: {
      kind: "geneve",
      data: {
        id: 7,
        remote,
        ttl: 5,
        tos: 4,
        port: 7000,
        df: "set",
        udpCsum: true,
        udpZeroCsum6Rx: true,
      },
    },
    ip: `type geneve id 7 remote ${remote} ttl 5 tos 4 dstport 7000 df set udpcsum udp6zerocsumrx`,
  },
  {
    what: "over IPv6",
    add: { kind: "geneve", data: { id: 7, remote: remote6, ttlInherit: true, label: 0x12345 } },
    ip: `type geneve id 7 remote ${remote6} ttl inherit flowlabel 0x12345`,
  },
  { what: "external", add: { kind: "geneve", data: { external: true } }, ip: "type geneve external" },
  {
    what: "with source ports",
    add: { kind: "geneve", data: { id: 8, remote, portRange: { low: 1000, high: 2000 } } },
  },
  {
    add: {
      kind: "gre",
      data: {
        local,
        remote,
        link: "low0",
        ttl: 5,
        tos: 4,
        ikey: 5,
        okey: 6,
        iseq: true,
        oseq: true,
        icsum: true,
        ocsum: true,
        pmtudisc: true,
        fwmark: 9,
      },
    },
    ip: `type gre ${ends} dev low0 ttl 5 tos 4 ikey 5 okey 6 seq csum fwmark 9`,
  },
  {
    what: "in GUE",
    add: {
      kind: "gre",
      data: {
        local,
        remote,
        pmtudisc: false,
        ignoreDf: true,
        encap: { type: "gue", sport: 5555, dport: 6666, csum: true, csum6: false, remcsum: true },
      },
    },
    ip: `type gre ${ends} nopmtudisc ignore-df encap gue encap-sport 5555 encap-dport 6666 encap-csum encap-remcsum`,
  },
  { what: "external", add: { kind: "gretap", data: { external: true } }, ip: "type gretap external" },
  {
    add: { kind: "gretap", data: { local, remote, okey: 0xc0a80001, pmtudisc: true } },
    ip: `type gretap ${ends} okey 192.168.0.1`,
  },
  {
    add: { kind: "gtp", data: { role: "sgsn", hsize: 64, restartCount: 3, createSockets: true } },
    sent: ["createSockets"],
    ip: "type gtp role sgsn hsize 64 restart_count 3",
  },
  {
    add: { kind: "hsr", data: { slave1: "low0", slave2: "low1", multicastSpec: 5, version: 1 } },
    sent: ["multicastSpec", "version"],
    ip: "type hsr slave1 low0 slave2 low1 supervision 5 version 1",
  },
  {
    what: "PRP",
    add: { kind: "hsr", data: { slave1: "low0", slave2: "low1", proto: "prp" } },
    ip: "type hsr slave1 low0 slave2 low1 proto 1",
  },
  { add: { kind: "ifb" }, ip: "type ifb" },
  {
    add: {
      kind: "ip6erspan",
      data: {
        local: local6,
        remote: remote6,
        ttl: 64,
        encapLimit: 4,
        ikey: 5,
        okey: 5,
        iseq: true,
        oseq: true,
        erspanVer: 1,
        erspanIndex: 123,
      },
    },
    ip: `type ip6erspan ${ends6} key 5 seq erspan_ver 1 erspan 123`,
  },
  {
    add: {
      kind: "ip6gre",
      data: {
        local: local6,
        remote: remote6,
        link: "low0",
        ttl: 5,
        tclass: 0x10,
        flowlabel: 0x12345,
        encapLimit: 3,
        ikey: 6,
        okey: 6,
      },
    },
    ip: `type ip6gre ${ends6} dev low0 hoplimit 5 tclass 0x10 flowlabel 0x12345 encaplimit 3 key 6`,
  },
  {
    add: {
      kind: "ip6gretap",
      data: {
        local: local6,
        remote: remote6,
        ttl: 64,
        encapLimit: 4,
        flags: ["ign-encap-limit", "rcv-dscp-copy", "allow-local-remote"],
      },
    },
    ip: `type ip6gretap ${ends6} encaplimit none dscp inherit allow-localremote`,
  },
  {
    add: {
      kind: "ip6tnl",
      data: {
        local: local6,
        remote: remote6,
        ttl: 7,
        encapLimit: 2,
        tclass: 0x20,
        flowlabel: 1,
        flags: ["rcv-dscp-copy"],
        proto: "ipip",
        fwmark: 3,
      },
    },
    ip: `type ip6tnl ${ends6} mode ipip6 hoplimit 7 encaplimit 2 tclass 0x20 flowlabel 1 dscp inherit fwmark 3`,
  },
  {
    add: {
      kind: "ipip",
      data: {
        local,
        remote,
        ttl: 5,
        tos: 4,
        pmtudisc: true,
        fwmark: 3,
        proto: "ip",
        encap: { type: "fou", sport: 0, dport: 5555, csum: false, csum6: false, remcsum: false },
      },
    },
    ip: `type ipip ${ends} ttl 5 tos 4 mode any encap fou encap-dport 5555 fwmark 3`,
  },
  {
    add: { kind: "ipvlan", link: "low0", data: { mode: "l2", flags: ["private"] } },
    ip: "link low0 type ipvlan mode l2 private",
  },
  {
    add: { kind: "ipvtap", link: "low0", data: { mode: "l3s", flags: ["vepa"] } },
    ip: "link low0 type ipvtap mode l3s vepa",
  },
  {
    add: {
      kind: "macsec",
      link: "low0",
      data: {
        sci: "0102030405060708",
        cipherSuite: "GCM-AES-256",
        encrypt: true,
        validation: "check",
        replayProtect: true,
        window: 8,
      },
    },
    ip: "link low0 type macsec sci 0102030405060708 cipher gcm-aes-256 encrypt on validate check replay on window 8",
  },
  {
    what: "of a port",
    add: {
      kind: "macsec",
      link: "low0",
      data: { port: 5, incSci: false, es: true, protect: false, encodingSa: 2, icvLen: 12 },
    },
    sent: ["port"],
    ip: "link low0 type macsec port 5 send_sci off end_station on protect off encodingsa 2 icvlen 12",
  },
  {
    add: { kind: "macvlan", link: "low0", data: { mode: "bridge", bcqueuelen: 100 } },
    ip: "link low0 type macvlan mode bridge bcqueuelen 100",
  },
  { add: { kind: "macvtap", link: "low0", data: { mode: "vepa" } }, ip: "link low0 type macvtap mode vepa" },
  {
    add: {
      kind: "netkit",
      peer: { ifname: "k1" },
      data: { mode: "l2", policy: "blackhole", peerPolicy: "forward", scrub: "none", headroom: 32 },
    },
  },
  { add: { kind: "nlmon" }, ip: "type nlmon" },
  { add: { kind: "ovpn", data: { mode: "mp" } } },
  { add: { kind: "pfcp" }, ip: "type pfcp" },
  {
    add: {
      kind: "rmnet",
      link: "low0",
      data: { muxId: 5, flags: { flags: ["ingress-deaggregation"], mask: ["ingress-deaggregation"] } },
    },
    sent: ["flags"],
    ip: "link low0 type rmnet mux_id 5",
  },
  {
    add: { kind: "sit", data: { local, remote, ttl: 5, proto: "ipv6", pmtudisc: true } },
    ip: `type sit ${ends} ttl 5 mode ip6ip`,
  },
  {
    what: "6rd",
    add: {
      kind: "sit",
      data: {
        local,
        prefix: "2001:db8::",
        prefixlen: 32,
        relayPrefix: "10.0.0.0",
        relayPrefixlen: 8,
        ttl: 0,
        pmtudisc: true,
        proto: "ip",
      },
    },
    ip: `type sit local ${local} mode any 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8`,
  },
  {
    what: "ISATAP",
    add: { kind: "sit", data: { local, ttl: 0, flags: ["isatap"], pmtudisc: true, proto: "ip" } },
    ip: `type sit local ${local} mode any isatap`,
  },
  { add: { kind: "team" }, ip: "type team" },
  { add: { kind: "vcan" }, ip: "type vcan" },
  { add: { kind: "veth", peer: { ifname: "k1" } }, ip: "type veth peer name k1" },
  { add: { kind: "virt_wifi", link: "low0" }, ip: "link low0 type virt_wifi" },
  {
    add: {
      kind: "vlan",
      link: "low0",
      data: { id: 5, protocol: "8021ad", flags: { flags: ["gvrp"], mask: ["gvrp"] } },
    },
    sent: ["flags"],
    ip: "link low0 type vlan id 5 protocol 802.1ad gvrp on",
  },
  { add: { kind: "vrf", data: { table: 100 } }, ip: "type vrf table 100" },
  { add: { kind: "vsockmon" }, ip: "type vsockmon" },
  {
    add: { kind: "vti", data: { local, remote, link: "low0", ikey: 5, okey: 6, fwmark: 3 } },
    ip: `type vti ${ends} dev low0 ikey 5 okey 6 fwmark 3`,
  },
  {
    add: { kind: "vti6", data: { local: local6, remote: remote6, ikey: 5, okey: 5 } },
    ip: `type vti6 ${ends6} key 5`,
  },
  { add: { kind: "vxcan", peer: { ifname: "k1" } }, ip: "type vxcan peer name k1" },
  {
    add: {
      kind: "vxlan",
      data: { id: 42, link: "low0", local, remote, port: 4789, ttl: 5, learning: false },
    },
    ip: `type vxlan id 42 dev low0 ${ends} dstport 4789 ttl 5 nolearning`,
  },
  { add: { kind: "wireguard" }, ip: "type wireguard" },
  { add: { kind: "xfrm", data: { link: "low0", ifId: 7 } }, ip: "type xfrm dev low0 if_id 7" },
  { what: "external", add: { kind: "xfrm", data: { external: true } }, ip: "type xfrm external" },
];
