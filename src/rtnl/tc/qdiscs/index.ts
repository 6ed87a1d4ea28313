/** Every queueing discipline, by the kernel's name for it: the one place that knows them all. */
import { bare } from "./bare.ts";
import { cake } from "./cake.ts";
import { cakeStatsAttrs } from "./cake-stats.ts";
import { cbs } from "./cbs.ts";
import { choke, tcChokeXstats } from "./choke.ts";
import { codel, tcCodelXstats } from "./codel.ts";
import { drr, tcDrrStats } from "./drr.ts";
import { dualpi2, tcDualpi2Xstats } from "./dualpi2.ts";
import { etf } from "./etf.ts";
import { ets } from "./ets.ts";
import { fifo } from "./fifo.ts";
import { fq, tcFqQdStats } from "./fq.ts";
import { fqCodel, tcFqCodelClStats, tcFqCodelXstats } from "./fq-codel.ts";
import { fqPie, tcFqPieXstats } from "./fq-pie.ts";
import { gred } from "./gred.ts";
import { hfsc, hfscClass, tcHfscStats } from "./hfsc.ts";
import { hhf, tcHhfXstats } from "./hhf.ts";
import { htb, tcHtbXstats } from "./htb.ts";
import { mqprio } from "./mqprio.ts";
import { multiq } from "./multiq.ts";
import { netem, tcNetemXstats } from "./netem.ts";
import { pie, tcPieXstats } from "./pie.ts";
import { plug } from "./plug.ts";
import { prio } from "./prio.ts";
import { qfq, tcQfqStats } from "./qfq.ts";
import { red, tcRedXstats } from "./red.ts";
import { sfb, tcSfbXstats } from "./sfb.ts";
import { sfq, tcSfqXstats } from "./sfq.ts";
import { skbprio } from "./skbprio.ts";
import { taprio, taprioOffloadStats } from "./taprio.ts";
import { tbf } from "./tbf.ts";

/** TCA_KIND → what TCA_OPTIONS of a queueing discipline holds. */
export const qdiscKinds = {
  bfifo: fifo,
  cake,
  cbs,
  choke,
  clsact: bare,
  codel,
  drr,
  dualpi2,
  etf,
  ets,
  fq,
  fq_codel: fqCodel,
  fq_pie: fqPie,
  gred,
  hfsc,
  hhf,
  htb,
  ingress: bare,
  mq: bare,
  mqprio,
  multiq,
  netem,
  noqueue: bare,
  pfifo: fifo,
  pfifo_fast: prio,
  pfifo_head_drop: fifo,
  pie,
  plug,
  prio,
  qfq,
  red,
  sfb,
  sfq,
  skbprio,
  taprio,
  tbf,
} as const;

/** TCA_KIND → what TCA_OPTIONS of a class holds. */
export const classKinds = {
  drr,
  ets,
  hfsc: hfscClass,
  htb,
  qfq,
} as const;

/** TCA_KIND → the counters of a queueing discipline. */
export const qdiscStats = {
  cake: cakeStatsAttrs,
  choke: tcChokeXstats,
  codel: tcCodelXstats,
  dualpi2: tcDualpi2Xstats,
  fq: tcFqQdStats,
  fq_codel: tcFqCodelXstats,
  fq_pie: tcFqPieXstats,
  hhf: tcHhfXstats,
  netem: tcNetemXstats,
  pie: tcPieXstats,
  red: tcRedXstats,
  sfb: tcSfbXstats,
  sfq: tcSfqXstats,
  taprio: taprioOffloadStats,
} as const;

/** TCA_KIND → the counters of a class. */
export const classStats = {
  cake: cakeStatsAttrs,
  drr: tcDrrStats,
  fq_codel: tcFqCodelClStats,
  hfsc: tcHfscStats,
  htb: tcHtbXstats,
  qfq: tcQfqStats,
  sfq: tcSfqXstats,
  taprio: taprioOffloadStats,
} as const;
