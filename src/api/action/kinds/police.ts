import type { PoliceAttrs } from "../../../rtnl/tc/actions/police.ts";
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
import { TICK } from "../../tc/units.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type ActionFields, type ControlAction, verdictOf, verdictValue } from "../verdict.ts";

/** A policer (tc-police(8)): `controlAction` is for what exceeds the rate, default `reclassify`. */
export interface PoliceOptions extends ActionFields, Framing {
  /** Bits a second. */
  rate?: number;
  /** Bytes that may go at once; needed with `rate`. Read back as exact as ticks of 64 ns at this rate are. */
  burst?: number;
  /** Larger packets exceed the rate, bytes. */
  mtu?: number;
  /** Bits a second that even a burst keeps to. */
  peakrate?: number;
  /** Bits a second that an estimator measures. */
  avrate?: number;
  /** Packets a second, in place of `rate`. */
  pktsRate?: number;
  /** Packets that may go at once; needed with `pktsRate`. */
  pktsBurst?: number;
  /** For packets within the rate: what stands behind the slash of tc's `conform-exceed`. */
  result?: ControlAction;
}

/** What tc takes for the largest packet. */
const MTU = 2047;
const NONE = 0xffffffff;

const known = [
  ...["rate", "burst", "mtu", "peakrate", "avrate", "pktsRate", "pktsBurst", "result"],
  ...["controlAction", "index", "ref", "bind", "overhead", "mpu", "linklayer"],
];

/** A thousand million of them in a second. */
const NS = 1e9;

export const police: Translation<PoliceOptions> = {
  paths: {
    rate: "rate64",
    burst: "tbf.burst",
    mtu: "tbf.mtu",
    peakrate: "peakrate64",
    pktsRate: "pktrate64",
    pktsBurst: "pktburst64",
    index: "tbf.index",
    overhead: "tbf.rate.overhead",
    mpu: "tbf.rate.mpu",
  },
  write(words, path) {
    onlyWords(words, path, known);
    const { mtu, overhead, mpu, linklayer, controlAction = { type: "reclassify" }, result } = words;
    const framing = { overhead, mpu, linklayer };
    const ratesOf = (word: "rate" | "peakrate") => {
      const rate = words[word] === undefined ? undefined : rateGiven(words[word], `${path}${word}`);
      return rate === undefined ? undefined : kernelRate(rate, framing, mtu ?? MTU);
    };
    const [base, peak] = [ratesOf("rate"), ratesOf("peakrate")];
    const { pktsRate, pktsBurst } = words;
    return {
      tbf: {
        index: words.index,
        action: verdictValue(controlAction, `${path}controlAction`),
        burst: words.rate === undefined ? 0 : timeOf(sizeGiven(words.burst, `${path}burst`), words.rate),
        mtu,
        rate: base?.spec ?? {},
        peakrate: peak?.spec ?? {},
      },
      rate: base?.table,
      peakrate: peak?.table,
      avrate: words.avrate,
      result: result && verdictValue(result, `${path}result`),
      rate64: base?.rate64,
      peakrate64: peak?.rate64,
      pktrate64: pktsRate,
      pktburst64:
        pktsRate === undefined
          ? undefined
          : (Math.ceil((sizeGiven(pktsBurst, `${path}pktsBurst`) * NS) / pktsRate / TICK) * TICK) / 1000,
    };
  },
  read({ tbf, rate64, peakrate64, avrate, result, pktrate64, pktburst64 }: Plain<PoliceAttrs>) {
    const rate = rateFrom(tbf?.rate, rate64);
    const peakrate = rateFrom(tbf?.peakrate, peakrate64);
    const { action, burst = 0, mtu } = tbf ?? {};
    return withoutUndefined<PoliceOptions>({
      rate: rate === 0 ? undefined : rate,
      burst: rate === 0 ? undefined : bytesIn(burst, rate),
      mtu: mtu === NONE ? undefined : mtu,
      peakrate: peakrate === 0 ? undefined : peakrate,
      avrate,
      pktsRate: pktrate64,
      pktsBurst:
        pktrate64 === undefined ? undefined : Math.floor(((pktburst64 ?? 0) * pktrate64) / 1e6 + 1e-6),
      ...(rate === 0 ? {} : framingFrom(tbf?.rate)),
      controlAction: action === undefined ? undefined : verdictOf(action),
      result: result === undefined ? undefined : verdictOf(result),
      index: tbf?.index,
      ref: tbf?.refcnt,
      bind: tbf?.bindcnt,
    });
  },
};
