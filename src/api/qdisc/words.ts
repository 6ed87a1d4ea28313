/** Where `tc -j -d qdisc` has other words than the kernel for a kind's options. */
import type { qdiscKinds } from "../../rtnl/tc/qdiscs/index.ts";
import { clock } from "../tc/clock.ts";
import { bool, has, oneOf, power, type Rules, rule, share, unless } from "../tc/rules.ts";

export type QdiscKinds = typeof qdiscKinds;

/** All ones in 32 bits: no limit. */
const NONE = 0xffffffff;

const pie = {
  ecn: bool("ecn"),
  bytemode: bool("bytemode"),
  dqRateEstimator: bool("dqRateEstimator"),
} as const;

export const qdiscRules = {
  cake: {
    /** Bits a second; 0 does not shape. */
    bandwidth: "baseRate64",
    diffserv: "diffservMode",
    flowmode: oneOf("flowMode", {
      flowblind: "none",
      srchost: "src-ip",
      dsthost: "dst-ip",
      hosts: "hosts",
      flows: "flows",
      "dual-srchost": "dual-src",
      "dual-dsthost": "dual-dst",
      "triple-isolate": "triple",
    }),
    /** Framing that is compensated for. */
    atm: oneOf("atm", { noatm: "none", atm: "atm", ptm: "ptm" }),
    ackFilter: oneOf("ackFilter", { disabled: "none", enabled: "filter", aggressive: "aggressive" }),
    /** Follows the capacity of ingress traffic. */
    autorate: bool("autorate"),
    /** Looks behind network address translation. */
    nat: bool("nat"),
    /** Clears the DSCP field. */
    wash: bool("wash"),
    /** Drops count as having used the link. */
    ingress: bool("ingress"),
    /** Segments large packets. */
    splitGso: bool("splitGso"),
    /** No compensation of overhead. */
    raw: {
      at: "raw",
      read: (value: number | undefined) => value !== undefined,
      write: (word: boolean) => (word ? 0 : undefined),
    },
    /** Bytes. */
    memlimit: "memory",
  },
  cbs: {
    /** Leaves it to the hardware. */
    offload: "parms.offload",
    /** Bytes. */
    hicredit: "parms.hicredit",
    /** Bytes, negative. */
    locredit: "parms.locredit",
    /** kbit/s, as tc has it. */
    idleslope: "parms.idleslope",
    /** kbit/s, negative. */
    sendslope: "parms.sendslope",
  },
  codel: { ecn: bool("ecn") },
  etf: {
    clockid: clock("parms.clockid"),
    /** How long before its time a packet is sent, ns. */
    delta: "parms.delta",
    /** The hardware keeps the times. */
    offload: has("parms.flags", "offload-on"),
    /** The time is a deadline: as soon as possible, not later. */
    deadlineMode: has("parms.flags", "deadline-mode-on"),
    skipSockCheck: has("parms.flags", "skip-sock-check"),
  },
  ets: {
    bands: "nbands",
    /** Bands of strict priority, before the others. */
    strict: "nstrict",
    /** Bytes in a row of each of the bands that share. */
    quanta: "quanta.quantaBand",
    /** Band of each priority of a packet. */
    priomap: "priomap.priomapBand",
  },
  fq: {
    /** Of all flows, packets. */
    limit: "plimit",
    /** Of each flow, packets. */
    flowLimit: "flowPlimit",
    /** Size of the hash table. */
    buckets: power("bucketsLog"),
    /** Keeps to the rates of flows. */
    pacing: bool("rateEnable"),
    /** Of each flow, bits a second. */
    maxrate: unless("flowMaxRate", NONE * 8),
    /** µs */
    refillDelay: "flowRefillDelay",
    /** Marks what was delayed longer, µs. */
    ceThreshold: unless("ceThreshold", NONE),
    /** Of the three bands. */
    bands: "priomap.bands",
    /** Band of each priority of a packet. */
    priomap: "priomap.priomap",
  },
  fq_codel: {
    ecn: bool("ecn"),
    /** Packets. */
    dropBatch: "dropBatchSize",
  },
  fq_pie: pie,
  hfsc: {
    /** Minor number of the class for packets that no filter takes. */
    default: "defcls",
  },
  hhf: {
    /** Packets. */
    limit: "backlogLimit",
    /** Heavy hitters that are tracked. */
    hhLimit: "hhFlowsLimit",
  },
  htb: {
    /** Minor number of the class for packets that no filter takes: 0x30 of `1:30`. */
    default: "init.defcls",
    /** A quantum that is not given is the rate divided by this. */
    r2q: "init.rate2quantum",
    /** Packets that no class took; only read. */
    directPacketsStat: "init.directPkts",
    /** What the kernel implements, 3.17 as 0x30011; only read. */
    ver: rule(
      "init.version",
      (value: number) => `${value >>> 16}.${value & 0xffff}`,
      (word) => Number.parseInt(word, 10),
    ),
  },
  pie,
  sfb: {
    /** How often the hash changes, µs. */
    rehash: "parms.rehashInterval",
    /** How long the new hash learns before, µs. */
    db: "parms.warmupTime",
    /** Packets. */
    limit: "parms.limit",
    /** Of a bucket, packets. */
    max: "parms.max",
    /** Where the probability stays as it is, packets. */
    target: "parms.binSize",
    /** Step of the probability, a fraction. */
    increment: share("parms.increment", 0xffff),
    decrement: share("parms.decrement", 0xffff),
    /** Of flows that do not respond, packets a second. */
    penaltyRate: "parms.penaltyRate",
    penaltyBurst: "parms.penaltyBurst",
  },
} as const satisfies { [K in keyof QdiscKinds]?: Rules };

const PRIOMAP = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

/**
 * What a kind is given where tc gives it too: mostly because the kernel has one struct for all options, and takes zero for
 * what is missing.
 */
export const qdiscDefaults: { readonly [K in keyof QdiscKinds]?: (words: object) => object } = {
  cake: ({ rtt }: { rtt?: number }) =>
    rtt === undefined ? {} : { target: Math.max(1, Math.floor(rtt / 20)) },
  htb: () => ({ ver: "3", r2q: 10 }),
  multiq: () => ({ bands: 0 }),
  // A limit alone is no order to hold packets back.
  plug: ({ limit }: { limit?: number }) => (limit === undefined ? {} : { action: "limit" }),
  prio: () => ({ bands: 3, priomap: PRIOMAP }),
  sfb: ({ max = 25 }: { max?: number }) => ({
    ...{ rehash: 600_000_000, db: 60_000_000, limit: 1000, max, target: Math.floor((max * 4 + 3) / 5) },
    ...{ increment: 0.0005, decrement: 0.00005, penaltyRate: 10, penaltyBurst: 20 },
  }),
};
