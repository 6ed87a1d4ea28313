import type { HtbAttrs } from "../../../rtnl/tc/qdiscs/htb.ts";
import {
  bytesIn,
  type Framing,
  framingFrom,
  kernelRate,
  rateFrom,
  rateGiven,
  sizeGiven,
  timeOf,
} from "../../tc/rate.ts";
import { onlyWords, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";

/** Options of a class of HTB (tc-htb(8)). */
export interface HtbClassOptions extends Framing {
  /** What the class is sure of, bits a second. */
  rate?: number;
  /** What it may have when others leave it, bits a second; default `rate`. */
  ceil?: number;
  /** Bytes that may go at once; default one packet and what a timer's tick lets through. */
  burst?: number;
  /** The same at `ceil`. Both are read back as exact as ticks of 64 ns at that rate are. */
  cburst?: number;
  /** The lowest number borrows first. */
  prio?: number;
  /** Bytes in a row when borrowing; default the rate divided by the queueing discipline's `r2q`. */
  quantum?: number;
  /** Largest packet, bytes; only given. */
  mtu?: number;
  /** 0 is a leaf; only read. */
  level?: number;
}

/** What tc takes for the largest packet. */
const MTU = 1600;

/** What a nanosecond timer lets through, and one packet. */
function defaultBurst(rate: number, mtu: number): number {
  return Math.floor(rate / 8e9) + mtu;
}

const known = [
  ...["rate", "ceil", "burst", "cburst", "prio", "quantum", "mtu", "level"],
  ...["overhead", "mpu", "linklayer"],
];

export const htbClass: Translation<HtbClassOptions> = {
  paths: {
    rate: "rate64",
    ceil: "ceil64",
    burst: "parms.buffer",
    cburst: "parms.cbuffer",
    prio: "parms.prio",
    quantum: "parms.quantum",
    overhead: "parms.rate.overhead",
    mpu: "parms.rate.mpu",
    linklayer: "parms.rate.linklayer",
  },
  write(words, path) {
    onlyWords(words, path, known);
    const { overhead, mpu, linklayer, prio, quantum, mtu = MTU } = words;
    const framing = { overhead, mpu, linklayer };
    const rate = rateGiven(words.rate, `${path}rate`);
    const ceil = rateGiven(words.ceil ?? rate, `${path}ceil`);
    const burst = sizeGiven(words.burst ?? defaultBurst(rate, mtu), `${path}burst`);
    const cburst = sizeGiven(words.cburst ?? defaultBurst(ceil, mtu), `${path}cburst`);
    const [base, top] = [kernelRate(rate, framing, mtu), kernelRate(ceil, framing, mtu)];
    return {
      parms: {
        rate: base.spec,
        ceil: top.spec,
        buffer: timeOf(burst, rate),
        cbuffer: timeOf(cburst, ceil),
        quantum,
        prio,
      },
      rate64: base.rate64,
      ceil64: top.rate64,
      rtab: base.table,
      ctab: top.table,
    };
  },
  read({ parms, rate64, ceil64 }: Plain<HtbAttrs>) {
    const rate = rateFrom(parms?.rate, rate64);
    const ceil = rateFrom(parms?.ceil, ceil64);
    return withoutUndefined<HtbClassOptions>({
      prio: parms?.prio,
      quantum: parms?.quantum,
      rate,
      ceil,
      ...framingFrom(parms?.rate),
      burst: bytesIn(parms?.buffer ?? 0, rate),
      cburst: bytesIn(parms?.cbuffer ?? 0, ceil),
      level: parms?.level,
    });
  },
};
