/** What tc and the library say of the same thing, with options that are not the default. */
import type { TcClassAdd } from "../../../src/api/class/class.ts";
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
