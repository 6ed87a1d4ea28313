/** What tc makes, with options that are not the default, and what the kernel then says. */
export interface Case {
  readonly kind: string;
  /** tc's words. */
  readonly make: string;
  readonly options?: object;
  /** What is sent otherwise than it is reported. */
  readonly send?: object;
  /** Why the library does not make it again: the kernel does not report all that it takes. */
  readonly once?: string;
}

/** Options of a Geneve header as the kernel reports them, and as it takes them. */
const twoOptions = {
  class: [0x102, 0x103],
  type: [0x80, 0x81],
  data: [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8, 5, 6, 7, 8)],
};
const oneByOne = [0, 1].map((n) => ({
  class: [twoOptions.class[n]],
  type: [twoOptions.type[n]],
  data: [twoOptions.data[n]],
}));

export const qdiscs: readonly Case[] = [
  {
    kind: "htb",
    make: "htb default 30 r2q 5",
    options: { init: { defcls: 0x30, rate2quantum: 5 } },
    send: { init: { version: 3, defcls: 0x30, rate2quantum: 5 } },
  },
  {
    kind: "tbf",
    make: "tbf rate 1mbit burst 10k latency 70ms",
    options: {
      parms: { rate: { rate: 125_000, linklayer: "ethernet" }, buffer: (10_240 / 125_000) * 15_625_000 },
    },
  },
  {
    kind: "tbf",
    make: "tbf rate 40gbit burst 100mb limit 200mb peakrate 80gbit mtu 1500",
    options: { rate64: 5_000_000_000n, prate64: 10_000_000_000n },
  },
  {
    kind: "fq_codel",
    make: "fq_codel limit 100 target 3ms interval 30ms noecn ce_threshold 5ms memory_limit 1mb",
    options: { limit: 100, ecn: 0, memoryLimit: 2 ** 20 },
    send: { target: 3000, interval: 30_000, ceThreshold: 5000 },
  },
  {
    kind: "fq",
    make: "fq limit 2000 flow_limit 50 ce_threshold 3ms horizon 5s horizon_cap maxrate 1mbit",
    options: {
      plimit: 2000,
      flowPlimit: 50,
      ceThreshold: 3000,
      horizon: 5_000_000,
      horizonDrop: false,
      flowMaxRate: 125_000,
    },
  },
  {
    kind: "cake",
    make: "cake bandwidth 10mbit diffserv4 nat overhead 18 ack-filter rtt 50ms dual-srchost",
    options: {
      baseRate64: 1_250_000n,
      diffservMode: "diffserv4",
      nat: 1,
      overhead: 18,
      ackFilter: "filter",
      rtt: 50_000,
      flowMode: "dual-src",
    },
  },
  {
    kind: "netem",
    make: "netem delay 10ms 2ms 25% loss 1% duplicate 0.5% reorder 10% 50% corrupt 0.1% rate 1mbit limit 77 ecn slot 800us 1ms packets 3",
    options: {
      latency64: 10_000_000n,
      jitter64: 2_000_000n,
      limit: 77,
      randomLoss: Math.round(0.01 * 0xffffffff),
      corr: { delayCorr: Math.round(0.25 * 0xffffffff) },
      rate: { rate: 125_000 },
      slot: { minDelay: 800_000n, maxDelay: 1_000_000n, maxPackets: 3 },
      ecn: 1,
    },
  },
  {
    kind: "netem",
    make: "netem loss gemodel 1% 10% 70% 0.1%",
    options: { loss: { ge: { p: Math.round(0.01 * 0xffffffff) } } },
  },
  {
    kind: "prio",
    make: "prio bands 4 priomap 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3",
    options: { bands: 4, priomap: [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3] },
  },
  { kind: "pfifo_fast", make: "pfifo_fast", options: { bands: 3 } },
  {
    kind: "sfq",
    make: "sfq perturb 10 quantum 3000 limit 100",
    options: { v0: { quantum: 3000, perturbPeriod: 10, limit: 100 } },
  },
  {
    kind: "mqprio",
    make: "mqprio num_tc 2 map 0 0 1 1 queues 1@0 1@1 hw 0",
    options: { numTc: 2, prioTcMap: [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], hw: 0 },
    send: { mode: undefined, shaper: undefined, tcEntry: undefined },
  },
  {
    kind: "taprio",
    make: "taprio num_tc 2 map 0 1 queues 1@0 1@1 base-time 1 sched-entry S 01 300000 sched-entry S 02 400000 clockid CLOCK_TAI",
    options: {
      schedClockid: 11,
      schedCycleTime: 700_000n,
      schedEntryList: {
        entry: [
          { cmd: "set-gates", gateMask: 1, interval: 300_000 },
          { gateMask: 2, interval: 400_000 },
        ],
      },
    },
    once: "the cycle time is part of a schedule that the kernel also adds up itself",
  },
  {
    kind: "red",
    make: "red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 ecn bandwidth 10mbit",
    options: { parms: { limit: 400_000, qthMin: 30_000, qthMax: 90_000, flags: ["ecn"] } },
    once: "the table of idle times is not reported",
  },
  {
    kind: "choke",
    make: "choke limit 100 min 10 max 30 bandwidth 10mbit ecn",
    options: { parms: { limit: 100, qthMin: 10, qthMax: 30, flags: ["ecn"] } },
    once: "the table of idle times is not reported",
  },
  {
    kind: "gred",
    make: "gred setup vqs 4 default 1 grio",
    options: { dps: { dps: 4, defDp: 1, grio: 1 } },
    once: "made in two steps",
  },
  {
    kind: "ets",
    make: "ets bands 4 strict 1 quanta 4000 3000 2000",
    options: { nbands: 4, nstrict: 1, quanta: { quantaBand: [4000, 3000, 2000] } },
  },
  {
    kind: "codel",
    make: "codel limit 100 target 4ms interval 40ms ecn ce_threshold 8ms",
    options: { limit: 100, ecn: 1 },
    send: { target: 4000, interval: 40_000, ceThreshold: 8000 },
  },
  {
    kind: "pie",
    make: "pie limit 100 target 20ms tupdate 30ms alpha 3 beta 30 ecn",
    options: { limit: 100, target: 20_000, tupdate: 30_000, alpha: 3, beta: 30, ecn: 1 },
  },
  {
    kind: "fq_pie",
    make: "fq_pie limit 100 flows 64 target 10ms ecn_prob 20",
    options: { limit: 100, flows: 64, target: 10_000, ecnProb: 20 },
  },
  { kind: "drr", make: "drr" },
  { kind: "qfq", make: "qfq" },
  { kind: "hfsc", make: "hfsc default 7", options: { defcls: 7 } },
  {
    kind: "hhf",
    make: "hhf limit 500 quantum 2000 evict_timeout 2s",
    options: { backlogLimit: 500, quantum: 2000, evictTimeout: 2_000_000 },
  },
  {
    kind: "cbs",
    make: "cbs idleslope 98688 sendslope -901312 hicredit 153 locredit -1389",
    options: { parms: { idleslope: 98_688, sendslope: -901_312, hicredit: 153, locredit: -1389 } },
  },
  {
    kind: "etf",
    make: "etf clockid CLOCK_TAI delta 200000 deadline_mode",
    options: { parms: { clockid: 11, delta: 200_000, flags: ["deadline-mode-on"] } },
  },
  { kind: "sfb", make: "sfb limit 500 max 20", options: { parms: { limit: 500, max: 20 } } },
  { kind: "plug", make: "plug limit 10000", once: "its options are not reported" },
  { kind: "multiq", make: "multiq", options: { bands: 8 } },
  { kind: "pfifo", make: "pfifo limit 10", options: { limit: 10 } },
  { kind: "bfifo", make: "bfifo limit 10000", options: { limit: 10_000 } },
  { kind: "pfifo_head_drop", make: "pfifo_head_drop limit 5", options: { limit: 5 } },
  { kind: "skbprio", make: "skbprio limit 10", options: { limit: 10 } },
  { kind: "mq", make: "mq" },
  { kind: "noqueue", make: "noqueue" },
];

export const classes: readonly (Case & { readonly qdisc: string })[] = [
  {
    kind: "htb",
    qdisc: "htb",
    make: "htb rate 1mbit ceil 2mbit burst 10k cburst 20k prio 3 quantum 2000",
    options: { parms: { rate: { rate: 125_000 }, ceil: { rate: 250_000 }, prio: 3, quantum: 2000 } },
  },
  {
    kind: "htb",
    qdisc: "htb",
    make: "htb rate 40gbit ceil 80gbit",
    options: { rate64: 5_000_000_000n, ceil64: 10_000_000_000n },
  },
  {
    kind: "hfsc",
    qdisc: "hfsc",
    make: "hfsc sc m1 2mbit d 10ms m2 1mbit ul rate 3mbit",
    options: { rsc: { m1: 250_000, d: 10_000, m2: 125_000 }, usc: { m2: 375_000 } },
  },
  { kind: "drr", qdisc: "drr", make: "drr quantum 3000", options: { quantum: 3000 } },
  { kind: "qfq", qdisc: "qfq", make: "qfq weight 10 maxpkt 1400", options: { weight: 10, lmax: 1400 } },
  { kind: "ets", qdisc: "ets bands 2 quanta 4000 3000", make: "", options: { quantaBand: [4000] } },
  { kind: "prio", qdisc: "prio", make: "" },
  { kind: "mqprio", qdisc: "mqprio num_tc 2 map 0 0 1 1 queues 1@0 1@1 hw 0", make: "" },
  {
    kind: "red",
    qdisc: "red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 bandwidth 10mbit",
    make: "",
  },
];

const drop = { act: [{ kind: "gact", options: { parms: { action: "shot" } } }] };

export const filters: readonly (Case & { readonly protocol?: string })[] = [
  {
    kind: "u32",
    make: "u32 match ip dst 10.0.0.0/8 match ip dport 80 0xffff action drop",
    options: {
      sel: {
        nkeys: 2,
        flags: ["terminal"],
        keys: [
          { mask: 0xff000000, val: 0x0a000000, off: 16 },
          { mask: 0xffff, val: 80, off: 20 },
        ],
      },
      ...drop,
    },
  },
  {
    kind: "u32",
    make: "u32 match mark 5 0xff skip_hw classid 1:7",
    options: { mark: { val: 5, mask: 0xff }, classid: 0x10007, flags: ["skip-hw", "not-in-hw"] },
  },
  {
    kind: "flower",
    make: "flower skip_hw dst_mac 02:00:00:00:00:01/ff:ff:ff:00:00:00 src_ip 10.0.0.0/8 ip_proto tcp dst_port 80-90 tcp_flags 0x2/0x12 ip_flags nofrag ct_state +trk+est ct_zone 4 ct_mark 7/0xf action drop",
    options: {
      keyEthDst: "02:00:00:00:00:01",
      keyEthDstMask: "ff:ff:ff:00:00:00",
      keyIpv4Src: "10.0.0.0",
      keyIpv4SrcMask: "255.0.0.0",
      keyIpProto: 6,
      keyPortDstMin: 80,
      keyPortDstMax: 90,
      keyTcpFlags: 2,
      keyTcpFlagsMask: 0x12,
      keyFlags: [],
      keyFlagsMask: ["frag"],
      keyCtState: ["established", "tracked"],
      keyCtZone: 4,
      keyCtMark: 7,
      keyCtMarkMask: 0xf,
      ...drop,
    },
  },
  {
    kind: "flower",
    make: "flower enc_key_id 7 enc_dst_ip 10.0.0.1 enc_dst_port 4789 enc_tos 3 enc_ttl 64 geneve_opts 0102:80:01020304,0103:81:0506070805060708 action drop",
    options: {
      keyEncKeyId: 7,
      keyEncIpv4Dst: "10.0.0.1",
      keyEncUdpDstPort: 4789,
      keyEncOpts: { geneve: [twoOptions] },
    },
    send: { keyEncOpts: { geneve: oneByOne }, keyEncOptsMask: undefined },
  },
  {
    kind: "flower",
    make: "flower enc_key_id 7 erspan_opts 1:65792:0:0 action drop",
    options: { keyEncOpts: { erspan: { ver: 1, index: 65_792 } } },
  },
  {
    kind: "flower",
    make: "flower vlan_id 5 vlan_prio 3 vlan_ethtype ipv4 action drop",
    protocol: "802.1Q",
    options: { keyVlanId: 5, keyVlanPrio: 3, keyVlanEthType: 0x800 },
    // Reported is what is behind the tag.
    send: { keyEthType: 0x8100 },
  },
  {
    kind: "flower",
    make: "flower arp_op request arp_sip 10.0.0.0/8 arp_sha 02:00:00:00:00:01 action drop",
    protocol: "arp",
    options: {
      keyArpOp: 1,
      keyArpSip: "10.0.0.0",
      keyArpSipMask: "255.0.0.0",
      keyArpSha: "02:00:00:00:00:01",
    },
  },
  {
    kind: "flower",
    make: "flower mpls lse depth 1 label 100 ttl 5 lse depth 2 label 200 bos 1 action drop",
    protocol: "mpls_uc",
    options: {
      keyMplsOpts: {
        lse: [
          { lseDepth: 1, lseLabel: 100, lseTtl: 5 },
          { lseDepth: 2, lseLabel: 200, lseBos: 1 },
        ],
      },
    },
  },
  {
    kind: "flower",
    make: "flower mpls_label 77 mpls_tc 3 action drop",
    protocol: "mpls_uc",
    options: { keyMplsLabel: 77, keyMplsTc: 3 },
  },
  {
    kind: "flower",
    make: "flower ip_proto icmpv6 type 135 code 0 src_ip 2001:db8::/32 action drop",
    protocol: "ipv6",
    options: { keyIcmpv6Type: 135, keyIpv6Src: "2001:db8::", keyIpv6SrcMask: "ffff:ffff::" },
  },
  { kind: "matchall", make: "matchall skip_hw action drop", options: drop },
  {
    kind: "basic",
    make: "basic match 'meta(priority eq 6) and cmp(u16 at 2 layer 1 mask 0xff00 gt 20)' action drop",
    options: {
      ematches: {
        treeHdr: { nmatches: 2 },
        treeList: [
          { kind: "meta", flags: ["and"] },
          { kind: "cmp", match: { val: 20, mask: 0xff00, off: 2 } },
        ],
      },
      ...drop,
    },
  },
  {
    kind: "basic",
    make: "basic match 'nbyte(abc at 0 layer 2) or u32(u32 0x0a000000 0xff000000 at 16)' action drop",
    options: {
      ematches: {
        treeList: [{ kind: "nbyte" }, { kind: "u32", match: { val: 0x0a000000, mask: 0xff000000, off: 16 } }],
      },
    },
  },
  { kind: "route", make: "route to 5 classid 1:1", options: { to: 5, classid: 0x10001 } },
  {
    kind: "bpf",
    make: "bpf bytecode '1,6 0 0 4294967295' action drop",
    options: { opsLen: 1, ops: Uint8Array.of(6, 0, 0, 0, 255, 255, 255, 255) },
  },
];

export const actions: readonly Case[] = [
  {
    kind: "mirred",
    make: "mirred egress redirect dev d1",
    options: { parms: { eaction: "egress-redir", action: "stolen" } },
  },
  {
    kind: "gact",
    make: "gact drop random determ pass 5",
    options: { parms: { action: "shot" }, prob: { ptype: "determ", pval: 5, paction: "ok" } },
  },
  {
    kind: "vlan",
    make: "vlan push id 5 protocol 802.1ad priority 3",
    options: { parms: { vAction: "push" }, pushVlanId: 5, pushVlanPriority: 3, pushVlanProtocol: "8021ad" },
  },
  {
    kind: "vlan",
    make: "vlan push_eth dst_mac 02:00:00:00:00:01 src_mac 02:00:00:00:00:02",
    options: { pushEthDst: "02:00:00:00:00:01", pushEthSrc: "02:00:00:00:00:02" },
  },
  {
    kind: "nat",
    make: "nat ingress 10.0.0.0/24 192.168.0.0",
    options: { parms: { oldAddr: "10.0.0.0", newAddr: "192.168.0.0", mask: "255.255.255.0", flags: 0 } },
  },
  {
    kind: "pedit",
    make: "pedit ex munge ip ttl set 5 munge eth dst set 02:00:00:00:00:01",
    options: {
      parmsEx: { nkeys: 3 },
      keysEx: { keyEx: [{ htype: "ip4", cmd: "set" }, { htype: "eth" }, { htype: "eth" }] },
    },
  },
  {
    kind: "police",
    make: "police rate 1mbit burst 10k mtu 2k conform-exceed drop/pipe",
    options: {
      tbf: { rate: { rate: 125_000 }, action: "shot", burst: (10_240 / 125_000) * 15_625_000, mtu: 2048 },
      result: "pipe",
    },
    once: "the rate table is not reported",
  },
  {
    kind: "police",
    make: "police pkts_rate 1000 pkts_burst 50 drop",
    options: { pktrate64: 1000n },
    once: "tc prints no more of it",
  },
  {
    kind: "skbedit",
    make: "skbedit priority 5 mark 7/0xff queue_mapping 3 ptype host",
    options: { priority: 5, mark: 7, mask: 0xff, queueMapping: 3, ptype: 0 },
  },
  {
    kind: "tunnel_key",
    make: "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 dst_port 4789 tos 3 ttl 64 nocsum",
    options: {
      parms: { tAction: "set" },
      encIpv4Src: "1.1.1.1",
      encIpv4Dst: "2.2.2.2",
      encKeyId: 7,
      encDstPort: 4789,
      encTos: 3,
      encTtl: 64,
      noCsum: true,
    },
  },
  {
    kind: "tunnel_key",
    make: "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 geneve_opts 0102:80:01020304,0103:81:0506070805060708",
    options: { encOpts: { geneve: [twoOptions] } },
    send: { encOpts: { geneve: oneByOne } },
  },
  { kind: "tunnel_key", make: "tunnel_key unset", options: { parms: { tAction: "release" } } },
  {
    kind: "ct",
    make: "ct commit zone 3 mark 5/0xff nat src addr 1.1.1.1-1.1.1.5 port 100-200",
    options: {
      action: ["commit", "nat", "nat-src"],
      zone: 3,
      mark: 5,
      markMask: 0xff,
      natIpv4Min: "1.1.1.1",
      natIpv4Max: "1.1.1.5",
      natPortMin: 100,
      natPortMax: 200,
    },
  },
  {
    kind: "mpls",
    make: "mpls push protocol mpls_uc label 5 ttl 60 tc 3",
    options: { parms: { mAction: "push" }, proto: 0x8847, label: 5, ttl: 60, tc: 3 },
  },
  { kind: "csum", make: "csum ip and tcp", options: { parms: { updateFlags: ["ipv4hdr", "tcp"] } } },
  { kind: "bpf", make: "bpf bytecode '1,6 0 0 4294967295'", options: { opsLen: 1 } },
  { kind: "connmark", make: "connmark zone 5", options: { parms: { zone: 5 } } },
  {
    kind: "ctinfo",
    make: "ctinfo dscp 0xfc000000 0x01000000",
    options: { parmsDscpMask: 0xfc000000, parmsDscpStatemask: 0x01000000 },
  },
  {
    kind: "gate",
    make: "gate clockid CLOCK_TAI sched-entry open 200000000 -1 -1 sched-entry close 100000000 -1 -1",
    options: {
      clockid: 11,
      cycleTime: 300_000_000n,
      entryList: { entry: [{ gate: true, interval: 200_000_000, ipv: -1 }, { interval: 100_000_000 }] },
    },
  },
  {
    kind: "ife",
    make: "ife encode type 0xed3e allow mark use prio 5 dst 02:00:00:00:00:01",
    options: { parms: { flags: 1 }, dmac: "02:00:00:00:00:01", metalst: { skbmark: true, prio: 5 } },
  },
  {
    kind: "sample",
    make: "sample rate 5 group 3 trunc 100",
    options: { rate: 5, psampleGroup: 3, truncSize: 100 },
  },
  { kind: "simple", make: "simple sdata hello", options: { data: "hello" } },
  {
    kind: "skbmod",
    make: "skbmod set dmac 02:00:00:00:00:01 etype 0x800",
    options: { dmac: "02:00:00:00:00:01", etype: 0x800 },
  },
];
