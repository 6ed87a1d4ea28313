import type { ClassStatsAttrs, QdiscStatsAttrs } from "../../rtnl/tc/stats.ts";
import { inWords, withoutUndefined } from "../words.ts";

/** Counters as `tc -j -s` prints them. */
export interface TcStats {
  /** Sent. */
  bytes?: number;
  /** Sent. */
  packets?: number;
  drops?: number;
  /** How often something had to wait. */
  overlimits?: number;
  requeues?: number;
  /** Waiting, bytes. */
  backlog?: number;
  /** Waiting, packets. */
  qlen?: number;
  /** Estimated bits a second, where there is an estimator. */
  rate?: number;
  /** Estimated packets a second. */
  pps?: number;
  /** Counters of its kind, by the kernel's names. */
  xstats?: object;
}

export function readStats(stats: QdiscStatsAttrs | ClassStatsAttrs | undefined): TcStats {
  if (!stats) return {};
  const { basic, pkt64, queue, rateEst, rateEst64, app } = stats;
  const estimate = rateEst64 ?? rateEst;
  return withoutUndefined<TcStats>({
    bytes: basic?.bytes === undefined ? undefined : Number(basic.bytes),
    packets: pkt64 === undefined ? basic?.packets : Number(pkt64),
    drops: queue?.drops,
    overlimits: queue?.overlimits,
    requeues: queue?.requeues,
    backlog: queue?.backlog,
    qlen: queue?.qlen,
    rate: estimate?.bps === undefined ? undefined : Number(estimate.bps) * 8,
    pps: estimate?.pps === undefined ? undefined : Number(estimate.pps),
    xstats: app === undefined || app instanceof Uint8Array ? undefined : inWords(app, {}),
  });
}
