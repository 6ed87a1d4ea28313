import { InputError } from "../../../netlink/errors.ts";
import type { TbfAttrs } from "../../../rtnl/tc/qdiscs/tbf.ts";
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

/** Options of a token bucket filter (tc-tbf(8)). */
export interface TbfOptions extends Framing {
  /** Bits a second. */
  rate?: number;
  /** Bytes that may go at once. Read back as exact as ticks of 64 ns at this rate are, and counted in cells with `atm`. */
  burst?: number;
  /** Size of the queue, bytes. Either this or `lat`. */
  limit?: number;
  /** How long a packet may wait for tokens, µs: `latency` when tc is told. */
  lat?: number;
  /** Bits a second that even a burst keeps to. */
  peakrate?: number;
  /** Burst at the peak rate: at least the largest packet, bytes. */
  mtu?: number;
}

/** What tc takes for the largest packet. */
const MTU = 2047;
const SECOND = 1e6;

const known = ["rate", "burst", "limit", "lat", "peakrate", "mtu", "overhead", "mpu", "linklayer"];

export const tbf: Translation<TbfOptions> = {
  paths: {
    rate: "rate64",
    peakrate: "prate64",
    burst: "burst",
    mtu: "pburst",
    limit: "parms.limit",
    overhead: "parms.rate.overhead",
    mpu: "parms.rate.mpu",
    linklayer: "parms.rate.linklayer",
  },
  write(words, path) {
    onlyWords(words, path, known);
    const { overhead, mpu, linklayer, lat, ...others } = words;
    const framing = { overhead, mpu, linklayer };
    const rate = rateGiven(others.rate, `${path}rate`);
    const burst = sizeGiven(others.burst, `${path}burst`);
    const peakrate =
      others.peakrate === undefined ? undefined : rateGiven(others.peakrate, `${path}peakrate`);
    const mtu = peakrate === undefined ? 0 : sizeGiven(others.mtu, `${path}mtu`);
    let { limit } = others;
    if (limit === undefined && lat !== undefined) {
      const room = [bytesIn(lat, rate) + burst];
      if (peakrate !== undefined) room.push(bytesIn(lat, peakrate) + mtu);
      limit = Math.min(...room);
    } else if (limit === undefined || lat !== undefined) {
      throw new InputError(`${path}limit`, "either limit or lat", limit);
    }
    const base = kernelRate(rate, framing, MTU);
    const peak = peakrate === undefined ? undefined : kernelRate(peakrate, framing, mtu);
    return {
      parms: {
        rate: base.spec,
        peakrate: peak?.spec ?? {},
        limit,
        buffer: timeOf(burst, rate),
        mtu: peakrate === undefined ? 0 : timeOf(mtu, peakrate),
      },
      burst,
      rtab: base.table,
      rate64: base.rate64,
      prate64: peak?.rate64,
      pburst: peak && mtu,
      ptab: peak?.table,
    };
  },
  read({ parms, rate64, prate64 }: Plain<TbfAttrs>) {
    const rate = rateFrom(parms?.rate, rate64);
    const peakrate = rateFrom(parms?.peakrate, prate64);
    const { limit = 0, buffer = 0, mtu = 0 } = parms ?? {};
    const waits = [(limit * 8 * SECOND) / rate - buffer];
    if (peakrate > 0) waits.push((limit * 8 * SECOND) / peakrate - mtu);
    return withoutUndefined<TbfOptions>({
      rate,
      burst: bytesIn(buffer, rate),
      ...framingFrom(parms?.rate),
      peakrate: peakrate === 0 ? undefined : peakrate,
      mtu: peakrate === 0 ? undefined : bytesIn(mtu, peakrate),
      limit,
      lat: rate === 0 ? undefined : Math.max(0, Math.floor(Math.max(...waits) + 1e-6)),
    });
  },
};
