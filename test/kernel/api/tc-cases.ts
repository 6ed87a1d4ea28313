/** What tc and the library say of the same thing, with options that are not the default. */
import type { TcAction } from "../../../src/api/action/action.ts";
import type { TcClassAdd } from "../../../src/api/class/class.ts";
import type { TcFilterAdd } from "../../../src/api/filter/filter.ts";
import type { QdiscAdd } from "../../../src/api/qdisc/qdisc.ts";

interface Words {
  /** tc's words. */
  readonly make: string;
  /** What is read, where it is not what was given. */
  readonly reads?: object;
  /** Why tc does not print the same. */
  readonly differs?: string;
}

const PRIOMAP = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3];

/** A millisecond of codel is 1,024,000 ns to the kernel, which reports 999 µs for it. */
export const qdiscs: readonly (Words & QdiscAdd)[] = [
  {
    kind: "htb",
    make: "htb default 30 r2q 5 direct_qlen 77",
    options: { default: 0x30, r2q: 5, directQlen: 77 },
    reads: { default: 0x30, r2q: 5, directQlen: 77, directPacketsStat: 0, ver: "3.17" },
  },
  {
    kind: "tbf",
    make: "tbf rate 1mbit burst 10k latency 70ms",
    options: { rate: 1_000_000, burst: 10_240, lat: 70_000 },
    reads: { rate: 1_000_000, burst: 10_240, lat: 70_000, limit: 18_990, linklayer: "ethernet" },
  },
  {
    kind: "tbf",
    make: "tbf rate 40gbit burst 100mb limit 200mb peakrate 80gbit mtu 1500",
    options: { rate: 40e9, burst: 104_857_600, limit: 209_715_200, peakrate: 80e9, mtu: 1500 },
    // A tick at 40 Gbit/s is 320 bytes.
    reads: { rate: 40e9, limit: 209_715_200, peakrate: 80e9 },
  },
  {
    kind: "tbf",
    make: "tbf rate 512kbit burst 2000 limit 30000 mpu 64 overhead 10 linklayer atm",
    options: { rate: 512_000, burst: 2000, limit: 30_000, mpu: 64, overhead: 10, linklayer: "atm" },
    reads: { rate: 512_000, limit: 30_000, mpu: 64, overhead: 10, linklayer: "atm" },
  },
  {
    kind: "fq_codel",
    make: "fq_codel limit 100 target 3ms interval 30ms noecn ce_threshold 5ms memory_limit 1mb drop_batch 9",
    options: {
      limit: 100,
      target: 3000,
      interval: 30_000,
      ecn: false,
      ceThreshold: 5000,
      memoryLimit: 2 ** 20,
      dropBatch: 9,
    },
    reads: { limit: 100, target: 2999, interval: 29_999, ecn: false, ceThreshold: 4999, dropBatch: 9 },
  },
  {
    kind: "codel",
    make: "codel limit 100 target 4ms interval 40ms ecn ce_threshold 8ms",
    options: { limit: 100, target: 4000, interval: 40_000, ecn: true, ceThreshold: 8000 },
    reads: { limit: 100, target: 3999, interval: 39_999, ecn: true, ceThreshold: 7999 },
  },
  {
    kind: "pie",
    make: "pie limit 100 target 20ms tupdate 30ms alpha 3 beta 30 ecn bytemode",
    options: {
      limit: 100,
      target: 20_000,
      tupdate: 30_000,
      alpha: 3,
      beta: 30,
      ecn: true,
      bytemode: true,
    },
  },
  {
    kind: "fq_pie",
    make: "fq_pie limit 100 flows 64 target 10ms ecn_prob 20 ecn",
    options: { limit: 100, flows: 64, target: 10_000, ecnProb: 20, ecn: true },
  },
  {
    kind: "fq",
    make: "fq limit 2000 flow_limit 50 buckets 512 nopacing ce_threshold 3ms horizon 5s horizon_cap maxrate 1mbit",
    options: {
      limit: 2000,
      flowLimit: 50,
      buckets: 512,
      pacing: false,
      ceThreshold: 3000,
      horizon: 5_000_000,
      horizonDrop: false,
      maxrate: 1_000_000,
    },
  },
  {
    kind: "cake",
    make: "cake bandwidth 10mbit diffserv4 nat wash ingress overhead 18 mpu 64 ack-filter rtt 50ms dual-srchost atm memlimit 2mb no-split-gso fwmark 0xff",
    options: {
      bandwidth: 10_000_000,
      diffserv: "diffserv4",
      nat: true,
      wash: true,
      ingress: true,
      overhead: 18,
      mpu: 64,
      ackFilter: "enabled",
      rtt: 50_000,
      flowmode: "dual-srchost",
      atm: "atm",
      memlimit: 2 ** 21,
      splitGso: false,
      fwmark: 0xff,
    },
  },
  {
    kind: "netem",
    make: "netem delay 10ms 2ms 25% loss 1% duplicate 0.5% reorder 10% 50% corrupt 0.1% rate 1mbit 10 20 -3 limit 77 ecn slot 800us 1ms packets 3",
    options: {
      limit: 77,
      delay: { delay: 10_000, jitter: 2000, correlation: 0.25 },
      lossRandom: { loss: 0.01 },
      duplicate: { duplicate: 0.005 },
      reorder: { reorder: 0.1, correlation: 0.5 },
      corrupt: { corrupt: 0.001 },
      rate: { rate: 1_000_000, packetoverhead: 10, cellsize: 20, celloverhead: -3 },
      ecn: true,
      slot: { minDelay: 800, maxDelay: 1000, packets: 3 },
    },
  },
  {
    kind: "netem",
    make: "netem delay 10ms 2ms distribution pareto loss gemodel 1% 10% 70% 0.1% rate 40gbit",
    options: {
      delay: { delay: 10_000, jitter: 2000, distribution: "pareto" },
      lossGemodel: { p: 0.01, r: 0.1, h: 0.3, k1: 0.001 },
      rate: { rate: 40e9 },
    },
    reads: {
      delay: { delay: 10_000, jitter: 2000 },
      lossGemodel: { p: 0.01, r: 0.1, h: 0.3, k1: 0.001 },
      rate: { rate: 40e9 },
    },
  },
  {
    kind: "netem",
    make: "netem loss state 1% 10% 70% 2% 3% slot distribution normal 1ms 100us bytes 9000",
    options: {
      lossState: { p13: 0.01, p31: 0.1, p32: 0.7, p23: 0.02, p14: 0.03 },
      slot: { distribution: "normal", delay: 1000, jitter: 100, bytes: 9000 },
    },
    reads: {
      lossState: { p13: 0.01, p31: 0.1, p32: 0.7, p23: 0.02, p14: 0.03 },
      slot: { delay: 1000, jitter: 100, bytes: 9000 },
    },
  },
  {
    kind: "prio",
    make: "prio bands 4 priomap 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3",
    options: { bands: 4, priomap: PRIOMAP },
  },
  {
    kind: "prio",
    make: "prio bands 5",
    options: { bands: 5 },
    reads: { bands: 5, priomap: [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1] },
  },
  {
    kind: "sfq",
    make: "sfq perturb 10 quantum 3000 limit 100 depth 60 divisor 512 headdrop",
    options: { perturb: 10, quantum: 3000, limit: 100, depth: 60, divisor: 512, headdrop: true },
  },
  {
    kind: "sfq",
    make: "sfq limit 3000 flows 512 divisor 16384 redflowlimit 100000 min 8000 max 60000 probability 0.2 ecn headdrop",
    options: {
      limit: 3000,
      flows: 512,
      divisor: 16_384,
      redflowlimit: 100_000,
      min: 8000,
      max: 60_000,
      probability: 0.2,
      ecn: true,
      headdrop: true,
    },
    reads: { limit: 3000, min: 8000, max: 60_000, probability: 0.2, ecn: true, headdrop: true },
  },
  {
    kind: "mqprio",
    make: "mqprio num_tc 2 map 0 0 1 1 queues 1@0 1@1 hw 0",
    options: {
      tc: 2,
      map: [0, 0, 1, 1],
      queues: [
        { offset: 0, count: 1 },
        { offset: 1, count: 1 },
      ],
      hw: false,
    },
    reads: {
      tc: 2,
      map: [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      queues: [
        { offset: 0, count: 1 },
        { offset: 1, count: 1 },
      ],
      hw: false,
    },
  },
  {
    kind: "taprio",
    make: "taprio num_tc 2 map 0 1 queues 1@0 1@1 base-time 1 sched-entry S 01 300000 sched-entry S 02 400000 clockid CLOCK_TAI",
    options: {
      tc: 2,
      map: [0, 1],
      queues: [
        { offset: 0, count: 1 },
        { offset: 1, count: 1 },
      ],
      clockid: "TAI",
      baseTime: 1,
      schedule: [
        { cmd: "S", gatemask: 1, interval: 300_000 },
        { gatemask: 2, interval: 400_000 },
      ],
    },
    reads: {
      tc: 2,
      clockid: "TAI",
      baseTime: 1,
      cycleTime: 700_000,
      schedule: [
        { index: 0, cmd: "S", gatemask: 1, interval: 300_000 },
        { index: 1, cmd: "S", gatemask: 2, interval: 400_000 },
      ],
    },
  },
  {
    kind: "red",
    make: "red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 ecn bandwidth 10mbit probability 0.1",
    options: {
      limit: 400_000,
      min: 30_000,
      max: 90_000,
      avpkt: 1000,
      burst: 55,
      ecn: true,
      bandwidth: 10_000_000,
      probability: 0.1,
    },
    reads: {
      limit: 400_000,
      min: 30_000,
      max: 90_000,
      ecn: true,
      harddrop: false,
      ewma: 5,
      probability: 0.1,
      scellLog: 15,
    },
  },
  {
    kind: "red",
    make: "red limit 400000 avpkt 500 bandwidth 100mbit ecn nodrop adaptive",
    options: { limit: 400_000, avpkt: 500, bandwidth: 100_000_000, ecn: true, nodrop: true, adaptive: true },
    reads: { limit: 400_000, min: 33_333, max: 100_000, ecn: true, nodrop: true, adaptive: true },
  },
  {
    kind: "choke",
    make: "choke limit 100 min 10 max 30 bandwidth 10mbit ecn",
    options: { limit: 100, min: 10, max: 30, bandwidth: 10_000_000, ecn: true },
    reads: { limit: 100, min: 10, max: 30, ecn: true, ewma: 3, probability: 0.02, scellLog: 13 },
  },
  {
    kind: "gred",
    make: "gred setup vqs 4 default 1 grio limit 60000 ecn",
    options: { dpCnt: 4, dpDefault: 1, grio: true, limit: 60_000, ecn: true },
  },
  {
    kind: "ets",
    make: "ets bands 4 strict 1 quanta 4000 3000 2000 priomap 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3",
    options: { bands: 4, strict: 1, quanta: [4000, 3000, 2000], priomap: PRIOMAP },
  },
  { kind: "drr", make: "drr" },
  { kind: "qfq", make: "qfq" },
  { kind: "hfsc", make: "hfsc default 7", options: { default: 7 } },
  {
    kind: "hhf",
    make: "hhf limit 500 quantum 2000 reset_timeout 50ms admit_bytes 9000 evict_timeout 2s non_hh_weight 3",
    options: {
      limit: 500,
      quantum: 2000,
      resetTimeout: 50_000,
      admitBytes: 9000,
      evictTimeout: 2_000_000,
      nonHhWeight: 3,
    },
  },
  {
    kind: "cbs",
    make: "cbs idleslope 98688 sendslope -901312 hicredit 153 locredit -1389",
    options: { idleslope: 98_688, sendslope: -901_312, hicredit: 153, locredit: -1389 },
  },
  {
    kind: "etf",
    make: "etf clockid CLOCK_TAI delta 200000 deadline_mode skip_sock_check",
    options: { clockid: "TAI", delta: 200_000, deadlineMode: true, skipSockCheck: true },
    reads: { clockid: "TAI", delta: 200_000, deadlineMode: true, skipSockCheck: true, offload: false },
  },
  {
    kind: "sfb",
    make: "sfb limit 500 max 20 rehash 300000 db 30000 penalty_rate 5 penalty_burst 7",
    options: { limit: 500, max: 20, rehash: 300_000_000, db: 30_000_000, penaltyRate: 5, penaltyBurst: 7 },
    reads: { limit: 500, max: 20, target: 16, rehash: 300_000_000, increment: 33 / 65_535 },
  },
  { kind: "multiq", make: "multiq", reads: { bands: 8, maxBands: 8 } },
  { kind: "pfifo", make: "pfifo limit 10", options: { limit: 10 } },
  { kind: "bfifo", make: "bfifo limit 10000", options: { limit: 10_000 } },
  { kind: "pfifo_head_drop", make: "pfifo_head_drop limit 5", options: { limit: 5 } },
  { kind: "skbprio", make: "skbprio limit 10", options: { limit: 10 } },
  { kind: "plug", make: "plug limit 10000", options: { limit: 10_000 }, reads: {} },
  { kind: "mq", make: "mq" },
  { kind: "noqueue", make: "noqueue" },
  { kind: "pfifo_fast", make: "pfifo_fast", reads: { bands: 3 } },
];

export const classes: readonly (Words & Omit<TcClassAdd, "classid"> & { readonly below: string })[] = [
  {
    kind: "htb",
    below: "htb",
    make: "htb rate 1mbit ceil 2mbit burst 10k cburst 20k prio 3 quantum 2000",
    options: {
      rate: 1_000_000,
      ceil: 2_000_000,
      burst: 10_240,
      cburst: 20_480,
      prio: 3,
      quantum: 2000,
    },
    reads: {
      rate: 1_000_000,
      ceil: 2_000_000,
      burst: 10_240,
      cburst: 20_480,
      prio: 3,
      quantum: 2000,
      linklayer: "ethernet",
      level: 0,
    },
  },
  {
    kind: "htb",
    below: "htb",
    make: "htb rate 40gbit ceil 80gbit",
    options: { rate: 40e9, ceil: 80e9 },
    reads: { rate: 40e9, ceil: 80e9 },
    differs: "tc 6.1 takes a burst for so many whole microseconds, here none",
  },
  {
    kind: "htb",
    below: "htb",
    make: "htb rate 10mbit mtu 9000 overhead 24 mpu 84 linklayer atm",
    options: { rate: 10_000_000, mtu: 9000, overhead: 24, mpu: 84, linklayer: "atm" },
    reads: { rate: 10_000_000, ceil: 10_000_000, burst: 9000, overhead: 24, mpu: 84, linklayer: "atm" },
  },
  {
    kind: "hfsc",
    below: "hfsc",
    make: "hfsc sc m1 2mbit d 10ms m2 1mbit ul rate 3mbit",
    options: { sc: { m1: 2_000_000, d: 10_000, m2: 1_000_000 }, ul: { m2: 3_000_000 } },
  },
  {
    kind: "hfsc",
    below: "hfsc",
    make: "hfsc rt m1 2mbit d 10ms m2 1mbit ls rate 3mbit",
    options: { rt: { m1: 2_000_000, d: 10_000, m2: 1_000_000 }, ls: { m2: 3_000_000 } },
  },
  { kind: "drr", below: "drr", make: "drr quantum 3000", options: { quantum: 3000 } },
  { kind: "qfq", below: "qfq", make: "qfq weight 10 maxpkt 1400", options: { weight: 10, maxpkt: 1400 } },
];

/** With `type` of the verdict where that is not the default of the kind. */
export const actions: readonly (Words & { readonly action: TcAction })[] = [
  {
    make: "mirred egress redirect dev d1",
    action: { kind: "mirred", mirredAction: "redirect", direction: "egress", toDev: "d1" },
    reads: { mirredAction: "redirect", direction: "egress", toDev: "d1", controlAction: { type: "stolen" } },
  },
  {
    make: "mirred ingress mirror dev d1 pass",
    action: {
      kind: "mirred",
      mirredAction: "mirror",
      direction: "ingress",
      toDev: "d1",
      controlAction: { type: "pass" },
    },
  },
  {
    make: "gact drop random determ pass 5",
    action: {
      kind: "gact",
      controlAction: { type: "drop" },
      prob: { randomType: "determ", controlAction: { type: "pass" }, val: 5 },
    },
  },
  { make: "gact jump 2", action: { kind: "gact", controlAction: { type: "jump", jump: 2 } } },
  { make: "gact continue index 9", action: { kind: "gact", controlAction: { type: "continue" }, index: 9 } },
  {
    make: "vlan push id 5 protocol 802.1ad priority 3",
    action: { kind: "vlan", vlanAction: "push", id: 5, protocol: "802.1ad", priority: 3 },
  },
  {
    make: "vlan modify id 6 priority 1 reclassify",
    action: { kind: "vlan", vlanAction: "modify", id: 6, priority: 1, controlAction: { type: "reclassify" } },
  },
  { make: "vlan pop", action: { kind: "vlan", vlanAction: "pop" } },
  {
    make: "vlan push_eth dst_mac 02:00:00:00:00:01 src_mac 02:00:00:00:00:02",
    action: {
      kind: "vlan",
      vlanAction: "push_eth",
      dstMac: "02:00:00:00:00:01",
      srcMac: "02:00:00:00:00:02",
    },
  },
  {
    make: "nat ingress 10.0.0.0/24 192.168.0.0",
    action: { kind: "nat", direction: "ingress", oldAddr: "10.0.0.0/24", newAddr: "192.168.0.0" },
  },
  {
    make: "nat egress 10.0.0.1 192.168.0.1 pipe",
    action: {
      kind: "nat",
      direction: "egress",
      oldAddr: "10.0.0.1",
      newAddr: "192.168.0.1",
      controlAction: { type: "pipe" },
    },
  },
  {
    make: "pedit ex munge ip ttl set 5 munge eth dst set 02:00:00:00:00:01 munge ip ttl add 0xff pipe",
    action: {
      kind: "pedit",
      controlAction: { type: "pipe" },
      keys: [
        { htype: "ipv4", offset: 8, val: 0x05000000, mask: 0x00ffffff },
        { htype: "eth", offset: 0, val: 0x02000000, mask: 0 },
        { htype: "eth", offset: 4, val: 0x00010000, mask: 0x0000ffff },
        { htype: "ipv4", offset: 8, cmd: "add", val: 0xff000000, mask: 0x00ffffff },
      ],
    },
  },
  {
    make: "pedit ex munge ip dst set 10.0.0.1 munge ip tos set 0x10 munge eth src set 02:00:00:00:00:01 munge tcp dport set 8080 munge ip6 src set fd00::1 munge ip6 hoplimit add 0xff",
    action: {
      kind: "pedit",
      keys: [
        { htype: "ipv4", field: "dst", val: "10.0.0.1" },
        { htype: "ipv4", field: "dsfield", val: 0x10 },
        { htype: "eth", field: "src", val: "02:00:00:00:00:01" },
        { htype: "tcp", field: "dport", val: 8080 },
        { htype: "ipv6", field: "src", val: "fd00::1" },
        { htype: "ipv6", field: "hoplimit", cmd: "add", val: 0xff },
      ],
    },
    reads: {},
  },
  {
    make: "police rate 1mbit burst 10k mtu 2k conform-exceed drop/pipe",
    action: {
      kind: "police",
      rate: 1_000_000,
      burst: 10_240,
      mtu: 2048,
      controlAction: { type: "drop" },
      result: { type: "pipe" },
    },
  },
  {
    make: "police rate 40gbit burst 100mb peakrate 80gbit mtu 9000 overhead 24 drop",
    action: {
      kind: "police",
      rate: 40e9,
      burst: 104_857_600,
      peakrate: 80e9,
      mtu: 9000,
      overhead: 24,
      controlAction: { type: "drop" },
    },
    reads: { rate: 40e9, peakrate: 80e9, mtu: 9000, overhead: 24, controlAction: { type: "drop" } },
    differs: "tc 6.1 takes a burst for so many whole microseconds",
  },
  {
    make: "police pkts_rate 1000 pkts_burst 50 drop",
    action: { kind: "police", pktsRate: 1000, pktsBurst: 50, controlAction: { type: "drop" } },
  },
  {
    make: "skbedit priority 1:10 mark 7/0xff queue_mapping 3 ptype otherhost",
    action: {
      kind: "skbedit",
      priority: "1:10",
      mark: 7,
      mask: 0xff,
      queueMapping: 3,
      ptype: "otherhost",
    },
  },
  {
    make: "gact drop cookie c0ffee hw_stats delayed no_percpu skip_hw",
    action: {
      kind: "gact",
      controlAction: { type: "drop" },
      cookie: "c0ffee",
      noPercpu: true,
      skipHw: true,
      hwStats: ["delayed"],
    },
  },
  { make: "skbedit inheritdsfield", action: { kind: "skbedit", inheritdsfield: true } },
  {
    make: "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 dst_port 4789 tos 3 ttl 64 nocsum",
    action: {
      kind: "tunnel_key",
      mode: "set",
      srcIp: "1.1.1.1",
      dstIp: "2.2.2.2",
      keyId: 7,
      dstPort: 4789,
      tos: 3,
      ttl: 64,
      csum: false,
    },
  },
  {
    make: "tunnel_key set src_ip fd00::1 dst_ip fd00::2 id 7 geneve_opts 0102:80:01020304,0103:81:0506070805060708",
    action: {
      kind: "tunnel_key",
      mode: "set",
      srcIp: "fd00::1",
      dstIp: "fd00::2",
      keyId: 7,
      geneveOpts: [
        { class: 0x102, type: 0x80, data: Uint8Array.of(1, 2, 3, 4) },
        { class: 0x103, type: 0x81, data: Uint8Array.of(5, 6, 7, 8, 5, 6, 7, 8) },
      ],
    },
  },
  {
    make: "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 vxlan_opts 257",
    action: {
      kind: "tunnel_key",
      mode: "set",
      srcIp: "1.1.1.1",
      dstIp: "2.2.2.2",
      keyId: 7,
      vxlanOpts: { gbp: 257 },
    },
  },
  {
    make: "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 erspan_opts 2:0:1:3",
    action: {
      kind: "tunnel_key",
      mode: "set",
      srcIp: "1.1.1.1",
      dstIp: "2.2.2.2",
      keyId: 7,
      erspanOpts: { ver: 2, dir: 1, hwid: 3 },
    },
  },
  { make: "tunnel_key unset", action: { kind: "tunnel_key", mode: "unset" } },
  {
    make: "ct commit zone 3 mark 5/0xff nat src addr 1.1.1.1-1.1.1.5 port 100-200",
    action: {
      kind: "ct",
      action: "commit",
      zone: 3,
      mark: 5,
      markMask: 0xff,
      nat: { type: "src", addr: "1.1.1.1-1.1.1.5", port: "100-200" },
    },
  },
  {
    make: "ct commit force label 01000000000000000000000000000000/ff000000000000000000000000000000 nat dst addr fd00::1 port 80",
    action: {
      kind: "ct",
      action: "force",
      label: "01000000000000000000000000000000",
      labelMask: "ff000000000000000000000000000000",
      nat: { type: "dst", addr: "fd00::1", port: "80" },
    },
  },
  { make: "ct nat pipe", action: { kind: "ct", nat: {} } },
  { make: "ct clear", action: { kind: "ct", action: "clear" } },
  {
    make: "mpls push protocol mpls_uc label 5 ttl 60 tc 3",
    action: { kind: "mpls", mplsAction: "push", protocol: "mpls_uc", label: 5, ttl: 60, tc: 3 },
  },
  { make: "mpls pop protocol ip", action: { kind: "mpls", mplsAction: "pop", protocol: "ip" } },
  { make: "mpls dec_ttl", action: { kind: "mpls", mplsAction: "dec_ttl" } },
  { make: "csum ip and tcp", action: { kind: "csum", csum: ["iph", "tcp"] } },
  {
    make: "bpf bytecode '1,6 0 0 4294967295'",
    action: { kind: "bpf", bytecode: [{ code: 6, jt: 0, jf: 0, k: 0xffffffff }] },
  },
  { make: "connmark zone 5", action: { kind: "connmark", zone: 5 } },
  {
    make: "ctinfo dscp 0xfc000000 0x01000000 cpmark 0x00ffffff zone 3",
    action: { kind: "ctinfo", dscpmask: 0xfc000000, dscpstatemask: 0x01000000, cpmark: 0xffffff, zone: 3 },
  },
  {
    make: "gate clockid CLOCK_TAI priority 2 base-time 1000000000000 cycle-time-ext 1000 sched-entry open 200000000 5 9000 sched-entry close 100000000 -1 -1",
    action: {
      kind: "gate",
      clockid: "TAI",
      priority: 2,
      baseTime: 1_000_000_000_000,
      cycleTimeExt: 1000,
      schedule: [
        { gateState: "open", interval: 200_000_000, ipv: 5, maxOctets: 9000 },
        { gateState: "close", interval: 100_000_000 },
      ],
    },
    reads: {
      clockid: "TAI",
      priority: 2,
      cycleTime: 300_000_000,
      schedule: [
        { number: 0, gateState: "open", interval: 200_000_000, ipv: 5, maxOctets: 9000 },
        { number: 1, gateState: "close", interval: 100_000_000, ipv: -1, maxOctets: -1 },
      ],
    },
  },
  {
    make: "ife encode type 0xed3e allow mark use prio 5 dst 02:00:00:00:00:01",
    action: { kind: "ife", mode: "encode", type: 0xed3e, mark: "allow", prio: 5, dst: "02:00:00:00:00:01" },
  },
  { make: "sample rate 5 group 3 trunc 100", action: { kind: "sample", rate: 5, group: 3, truncSize: 100 } },
  { make: "simple sdata hello", action: { kind: "simple", sdata: "hello" } },
  {
    make: "skbmod set dmac 02:00:00:00:00:01 etype 0x800",
    action: { kind: "skbmod", dmac: "02:00:00:00:00:01", etype: 0x800 },
  },
  { make: "skbmod swap mac", action: { kind: "skbmod", swapMac: true } },
];

const drop: TcAction[] = [{ kind: "gact", controlAction: { type: "drop" } }];

/** Below `ingress`, preference 5. */
export const filters: readonly (Words & TcFilterAdd)[] = [
  {
    kind: "u32",
    protocol: "ip",
    make: "u32 match ip dst 10.0.0.0/8 match ip dport 80 0xffff action drop",
    options: {
      match: [
        { value: 0x0a000000, mask: 0xff000000, off: 16 },
        { value: 80, mask: 0xffff, off: 20 },
      ],
      actions: drop,
    },
  },
  {
    kind: "u32",
    protocol: "ip",
    make: "u32 match mark 5 0xff skip_hw classid 1:7",
    options: { fwmarkValue: 5, fwmarkMask: 0xff, skipHw: true, classid: "1:7" },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower skip_hw dst_mac 02:00:00:00:00:01/ff:ff:ff:00:00:00 src_ip 10.0.0.0/8 ip_proto tcp dst_port 80-90 tcp_flags 0x2/0x12 ip_flags nofrag ct_state +trk+est-new ct_zone 4 ct_mark 7/0xf ct_label 01000000000000000000000000000000/ff000000000000000000000000000000 classid 1:7 action drop",
    options: {
      skipHw: true,
      classid: "1:7",
      keys: {
        dstMac: "02:00:00:00:00:01/24",
        srcIp: "10.0.0.0/8",
        ipProto: "tcp",
        dstPort: { start: 80, end: 90 },
        tcpFlags: 2,
        tcpFlagsMask: 0x12,
        ipFlags: { frag: false },
        ctState: "-new+est+trk",
        ctZone: 4,
        ctMark: 7,
        ctMarkMask: 0xf,
        ctLabel: "01000000000000000000000000000000",
        ctLabelMask: "ff000000000000000000000000000000",
      },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower ip_proto udp src_port 53/0xff dst_port 5353 ip_tos 0x10/0xf0 ip_ttl 64 indev d0 action drop",
    options: {
      indev: "d0",
      keys: {
        ipProto: "udp",
        srcPort: 53,
        srcPortMask: 0xff,
        dstPort: 5353,
        ipTos: 0x10,
        ipTosMask: 0xf0,
        ipTtl: 64,
      },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower enc_key_id 7 enc_dst_ip 10.0.0.1 enc_src_ip 10.1.0.0/16 enc_dst_port 4789 enc_tos 3 enc_ttl 64 geneve_opts 0102:80:01020304,0103:81:0506070805060708  action drop",
    options: {
      keys: {
        encKeyId: 7,
        encDstIp: "10.0.0.1",
        encSrcIp: "10.1.0.0/16",
        encDstPort: 4789,
        encTos: 3,
        encTtl: 64,
        geneveOpts: [
          { class: 0x102, type: 0x80, data: Uint8Array.of(1, 2, 3, 4) },
          { class: 0x103, type: 0x81, data: Uint8Array.of(5, 6, 7, 8, 5, 6, 7, 8) },
        ],
      },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower enc_key_id 7 geneve_opts 0102:80:01020304/ffff:ff:ff000000 action drop",
    options: {
      keys: {
        encKeyId: 7,
        geneveOpts: [{ class: 0x102, type: 0x80, data: Uint8Array.of(1, 2, 3, 4) }],
        geneveOptsMask: [{ class: 0xffff, type: 0xff, data: Uint8Array.of(255, 0, 0, 0) }],
      },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower enc_key_id 7 vxlan_opts 257/65535 action drop",
    options: {
      keys: { encKeyId: 7, vxlanOpts: { gbp: 257 }, vxlanOptsMask: { gbp: 0xffff } },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ip",
    make: "flower enc_key_id 7 erspan_opts 1:65792:0:0 action drop",
    options: { keys: { encKeyId: 7, erspanOpts: { ver: 1, index: 65_792 } }, actions: drop },
  },
  {
    kind: "flower",
    protocol: "802.1Q",
    make: "flower vlan_id 5 vlan_prio 3 vlan_ethtype ipv4 src_ip 10.0.0.0/8 action drop",
    options: {
      keys: { vlanId: 5, vlanPrio: 3, vlanEthtype: "ip", srcIp: "10.0.0.0/8" },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "802.1ad",
    make: "flower vlan_id 5 vlan_ethtype 802.1Q cvlan_id 6 cvlan_prio 2 cvlan_ethtype ipv6 action drop",
    options: {
      keys: { vlanId: 5, vlanEthtype: "802.1Q", cvlanId: 6, cvlanPrio: 2, cvlanEthtype: "ipv6" },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "arp",
    make: "flower arp_op request arp_sip 10.0.0.0/8 arp_tip 10.0.0.7 arp_sha 02:00:00:00:00:01 action drop",
    options: {
      keys: { arpOp: 1, arpSip: "10.0.0.0/8", arpTip: "10.0.0.7", arpSha: "02:00:00:00:00:01" },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "mpls_uc",
    make: "flower mpls lse depth 1 label 100 ttl 5 lse depth 2 label 200 bos 1 action drop",
    options: {
      keys: {
        mpls: [
          { depth: 1, label: 100, ttl: 5 },
          { depth: 2, label: 200, bos: 1 },
        ],
      },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "mpls_uc",
    make: "flower mpls_label 77 mpls_tc 3 action drop",
    options: { keys: { mplsLabel: 77, mplsTc: 3 }, actions: drop },
  },
  {
    kind: "flower",
    protocol: "ipv6",
    make: "flower ip_proto icmpv6 type 135 code 0 src_ip 2001:db8::/32 action drop",
    options: {
      keys: { ipProto: "icmpv6", icmpType: 135, icmpCode: 0, srcIp: "2001:db8::/32" },
      actions: drop,
    },
  },
  {
    kind: "flower",
    protocol: "ppp_ses",
    make: "flower pppoe_sid 5 ppp_proto ip action drop",
    options: { keys: { pppoeSid: 5, pppProto: 0x21 }, actions: drop },
  },
  {
    kind: "matchall",
    protocol: "all",
    make: "matchall action goto chain 42",
    options: { actions: [{ kind: "gact", controlAction: { type: "goto", chain: 42 } }] },
  },
  {
    kind: "matchall",
    protocol: "all",
    make: "matchall skip_hw classid 1:7 action mirred egress mirror dev d1 action gact pass",
    options: {
      skipHw: true,
      classid: "1:7",
      actions: [
        { kind: "mirred", mirredAction: "mirror", toDev: "d1" },
        { kind: "gact", controlAction: { type: "pass" } },
      ],
    },
  },
  {
    kind: "basic",
    protocol: "ip",
    make: "basic match 'meta(priority eq 6) and cmp(u16 at 2 layer 1 mask 0xff00 gt 20)' classid 1:7 action drop",
    options: {
      classid: "1:7",
      ematches: {
        treeHdr: { nmatches: 2 },
        treeList: [
          {
            kind: "meta",
            flags: ["and"],
            match: {
              hdr: { left: { kind: 0x1006 }, right: { kind: 0x1000 } },
              lvalue: new Uint8Array(4),
              rvalue: Uint8Array.of(6, 0, 0, 0),
            },
          },
          {
            kind: "cmp",
            match: { val: 20, mask: 0xff00, off: 2, alignFlags: 2, layerOpnd: 0x11 },
          },
        ],
      },
      actions: drop,
    },
    reads: { classid: "1:7", ematches: { treeHdr: { nmatches: 2 } }, actions: drop },
  },
  {
    kind: "bpf",
    protocol: "ip",
    make: "bpf bytecode '1,6 0 0 4294967295' classid 1:7 action drop",
    options: { bytecode: [{ code: 6, jt: 0, jf: 0, k: 0xffffffff }], classid: "1:7", actions: drop },
  },
  {
    kind: "fw",
    protocol: "ip",
    handle: 5,
    make: "handle 5/0xff fw classid 1:7 action drop",
    options: { mask: 0xff, classid: "1:7", actions: drop },
  },
  {
    kind: "flow",
    protocol: "ip",
    handle: 3,
    make: "handle 3 flow hash keys src,dst,proto,proto-src,proto-dst divisor 64 perturb 10 baseclass 1:4",
    options: {
      keys: ["src", "dst", "proto", "proto-src", "proto-dst"],
      mode: "hash",
      divisor: 64,
      perturb: 10,
      baseclass: "1:4",
    },
  },
  {
    kind: "flow",
    protocol: "ip",
    handle: 3,
    make: "handle 3 flow map key dst and 0xff divisor 256 baseclass 1:4",
    options: { keys: ["dst"], mode: "map", mask: 0xff, xor: 0, divisor: 256, baseclass: "1:4" },
  },
  {
    kind: "cgroup",
    protocol: "ip",
    handle: 1,
    make: "handle 1 cgroup action drop",
    options: { actions: drop },
  },
  {
    kind: "route",
    protocol: "ip",
    make: "route to 5 classid 1:1 action drop",
    options: { to: 5, classid: "1:1", actions: drop },
  },
  {
    kind: "route",
    protocol: "ip",
    make: "route fromif d1 classid 1:1",
    options: { iif: "d1", classid: "1:1" },
  },
];
