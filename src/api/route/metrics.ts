import { InputError } from "../../netlink/errors.ts";
import { metrics as metricSet, type RouteMetrics as RtnlMetrics } from "../../rtnl/route/index.ts";

/** What the kernel should assume of the path, as `metrics` of `ip -j -d route` in one object (ip-route(8)). */
export interface RouteMetrics {
  /** Bytes. */
  mtu?: number;
  /** Bytes. */
  window?: number;
  /** Milliseconds. */
  rtt?: number;
  /** Milliseconds. */
  rttvar?: number;
  ssthresh?: number;
  cwnd?: number;
  /** Bytes. */
  advmss?: number;
  reordering?: number;
  hoplimit?: number;
  initcwnd?: number;
  /** `ecn`, `tcp_usec_ts`. */
  features?: string[];
  /** Milliseconds. It works only when locked, so that setting it locks it, as in `ip`. */
  rtoMin?: number;
  initrwnd?: number;
  quickack?: number;
  /** Algorithm for congestion control: `cubic`. */
  congestion?: string;
  fastopenNoCookie?: number;
  /** The names of those that the kernel must not change: `["mtu"]` for `mtu lock 1400`. */
  lock?: string[];
}

/** RTT is kept in 1/8 ms, its variance in 1/4 ms. */
const RTT_SCALE = 8;
const RTTVAR_SCALE = 4;
const NO_HOPLIMIT = 0xffffffff;

function wordOf(field: string): string {
  return field === "ccAlgo" ? "congestion" : field;
}

/** The metrics by their words, with their bit in `lock`. */
const lockBits: ReadonlyMap<string, number> = new Map(
  Object.entries(metricSet.attributes)
    .filter(([field]) => field !== "lock")
    .map(([field, { type }]) => [wordOf(field), (1 << type) >>> 0]),
);

export function readMetrics(metrics: RtnlMetrics): RouteMetrics {
  const {
    lock,
    rtt,
    rttvar,
    hoplimit,
    features,
    ccAlgo,
    unknown: _unknown,
    trailing: _trailing,
    ...same
  } = metrics;
  const words: RouteMetrics = { ...same };
  if (rtt !== undefined) words.rtt = Math.floor(rtt / RTT_SCALE);
  if (rttvar !== undefined) words.rttvar = Math.floor(rttvar / RTTVAR_SCALE);
  if (hoplimit !== undefined && hoplimit !== NO_HOPLIMIT) words.hoplimit = hoplimit;
  if (features !== undefined)
    words.features = features.map((feature) => String(feature).replaceAll("-", "_"));
  if (ccAlgo !== undefined) words.congestion = ccAlgo;
  if (lock !== undefined) words.lock = [...lockBits].filter(([, bit]) => lock & bit).map(([word]) => word);
  return words;
}

export function writeMetrics(metrics: RouteMetrics): RtnlMetrics {
  const { lock = [], rtt, rttvar, features, congestion, ...same } = metrics;
  if (!Array.isArray(lock)) throw new InputError("metrics.lock", "an array of metrics' names", lock);
  let bits = same.rtoMin === undefined ? 0 : lockBits.get("rtoMin")!;
  for (const [index, word] of lock.entries()) {
    const bit = lockBits.get(word);
    if (bit === undefined) {
      throw new InputError(`metrics.lock[${index}]`, `one of ${[...lockBits.keys()].join(", ")}`, word);
    }
    bits |= bit;
  }
  return {
    lock: bits === 0 ? undefined : bits >>> 0,
    ...same,
    rtt: rtt === undefined ? undefined : rtt * RTT_SCALE,
    rttvar: rttvar === undefined ? undefined : rttvar * RTTVAR_SCALE,
    features: features?.map((feature) => feature.replaceAll("_", "-")) as RtnlMetrics["features"],
    ccAlgo: congestion,
  };
}
