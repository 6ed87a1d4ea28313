import { InputError } from "../../netlink/errors.ts";
import type { GnetEstimator } from "../../rtnl/tc/stats.ts";

/** Asks the kernel for an estimate of the rate, which `stats` then have. */
export interface Estimator {
  /** How often it looks, µs: 250,000 to 8,000,000, the doublings of the first. */
  interval: number;
  /** Time constant of the moving average, µs. */
  timeConst: number;
}

const SHORTEST = 250_000;
const INTERVALS = 6;
const LOGS = 31;

/** The interval and the weight of the average as powers of two. @throws InputError below `path` */
export function writeEstimator({ interval, timeConst }: Estimator, path: string): GnetEstimator {
  const power = Math.log2(interval / SHORTEST);
  if (!Number.isInteger(power) || power < 0 || power >= INTERVALS)
    throw new InputError(`${path}interval`, "250000, 500000 … or 8000000 µs", interval);
  let ewmaLog = 0;
  // The slowest average that is no slower than the time constant.
  while (ewmaLog + 1 < LOGS && interval / -Math.log(1 - 2 ** -(ewmaLog + 1)) <= timeConst) ewmaLog++;
  if (ewmaLog === 0 || ewmaLog + 1 === LOGS)
    throw new InputError(`${path}timeConst`, "a time of more than an interval, µs", timeConst);
  return { interval: power - 2, ewmaLog };
}
