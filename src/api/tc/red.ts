/**
 * Random early detection as people say it (tc-red(8)), for the kernel: the average queue moves by a power of two, the
 * probability rises by a power of two, and a table tells by how much the average shrinks while nothing is sent.
 *
 * S. Floyd, V. Jacobson: Random Early Detection Gateways for Congestion Avoidance, 1993.
 */
import { InputError } from "../../netlink/errors.ts";
import { rateGiven } from "./rate.ts";
import { fraction, has, type Rules } from "./rules.ts";
import { TICK } from "./units.ts";

/** What the kernel's numbers are computed from; none of it is reported. */
export interface RedSettings {
  /** Size of an average packet, bytes. */
  avpkt?: number;
  /** So many average packets may come at once before the average notices. */
  burst?: number;
  /** Rate at which the queue would empty, bits a second; default 10,000,000. */
  bandwidth?: number;
}

/** What the kinds of it have in common. */
export interface RedWords extends RedSettings {
  /** Average queue below which nothing is dropped; default a third of `max`. */
  min?: number;
  /** Average queue at which packets are dropped by `probability`; default a quarter of `limit`. */
  max?: number;
  /** Of a drop at `max`, a fraction; default 0.02. */
  probability?: number;
  /** Marks instead of dropping. */
  ecn?: boolean;
  /** Drops all above `max` whatever ECN says. */
  harddrop?: boolean;
  /** Adapts the probability. */
  adaptive?: boolean;
  /** Weight of the moving average, as a power of two; only read. */
  ewma?: number;
  /** Slope of the probability, as a power of two; only read. */
  plog?: number;
  /** Cell of the table of idle times, as a power of two; only read. */
  scellLog?: number;
}

/** In bytes. */
interface RedLimits extends RedSettings {
  readonly min: number;
  readonly max: number;
  readonly avpkt: number;
  readonly burst: number;
  readonly probability: number;
}

export interface RedNumbers {
  readonly wlog: number;
  readonly plog: number;
  readonly scellLog: number;
  readonly stab: Uint8Array;
  readonly maxP: number;
}

const DEFAULT_RATE = 10_000_000;
const LOGS = 32;
/** Entries of the table, and the largest of them: the average is then gone. */
const TABLE = 256;
const GONE = 31;

/** Weight of the moving average, as a negative power of two: such that `burst` packets on an empty queue stay below `min`. */
function weight({ min, avpkt, burst }: RedLimits): number | undefined {
  const above = burst + 1 - min / avpkt;
  if (above < 1) return undefined;
  for (let log = 1; log < LOGS; log++) {
    const w = 2 ** -log;
    if (above <= (1 - (1 - w) ** burst) / w) return log;
  }
  return undefined;
}

/** Slope of the probability between `min` and `max`, as a negative power of two. */
function slope({ min, max, probability }: RedLimits): number | undefined {
  if (max === min) return 0;
  let log = 0;
  for (let p = probability / (max - min); p <= 1; p *= 2) if (++log >= LOGS) return undefined;
  return log;
}

/** Idle times in units of 2 to the power of `scellLog` ticks → halvings of the average. */
function idleTable(
  wlog: number,
  avpkt: number,
  rate: number,
): Pick<RedNumbers, "scellLog" | "stab"> | undefined {
  const ticks = Math.ceil((avpkt * 8e9) / rate / TICK - 1e-6);
  const perTick = -Math.log(1 - 2 ** -wlog) / ticks;
  let scellLog = 0;
  while (GONE / perTick / 2 ** scellLog >= 2 * TABLE) if (++scellLog >= LOGS) return undefined;
  const stab = Uint8Array.from({ length: TABLE }, (_, slot) =>
    Math.min(GONE, slot * 2 ** scellLog * perTick),
  );
  stab[TABLE - 1] = GONE;
  return { scellLog, stab };
}

/** The kernel's numbers. @throws InputError at a field below `path` */
function redNumbers(limits: RedLimits, path: string): RedNumbers {
  const { avpkt, burst, max, min, probability } = limits;
  const maxP = fraction(probability, `${path}probability`);
  const rate = rateGiven(limits.bandwidth ?? DEFAULT_RATE, `${path}bandwidth`);
  if (!(avpkt > 0)) throw new InputError(`${path}avpkt`, "the size of an average packet in bytes", avpkt);
  const wlog = weight(limits);
  if (wlog === undefined) {
    throw new InputError(
      `${path}burst`,
      `more than ${min} bytes in packets of ${avpkt}, and not far more`,
      burst,
    );
  }
  const plog = min > max ? undefined : slope(limits);
  if (plog === undefined) throw new InputError(`${path}max`, `at least ${min}, and not far more`, max);
  const idle = idleTable(wlog, avpkt, rate);
  if (!idle) throw new InputError(`${path}bandwidth`, "a higher rate", limits.bandwidth);
  return { wlog, plog, maxP, ...idle };
}

/** What is given, and what follows from it where it is not. `unit` is the size of what `min` and `max` count, bytes. */
export function redLimits(
  words: RedWords & { readonly limit?: number },
  unit: number,
  path: string,
): { readonly min: number; readonly max: number; readonly numbers: RedNumbers } {
  const { limit, avpkt = unit, bandwidth, probability = 0.02 } = words;
  if (!(avpkt > 1))
    throw new InputError(`${path}avpkt`, "the size of an average packet in bytes", words.avpkt);
  const max = words.max ?? (limit === undefined ? undefined : Math.floor(limit / 4));
  if (max === undefined) throw new InputError(`${path}limit`, "the size of the queue", limit);
  const min = words.min ?? Math.floor(max / 3);
  const burst = words.burst ?? Math.floor(((2 * min + max) * unit) / (3 * avpkt));
  const bytes = { min: min * unit, max: max * unit, avpkt, burst, probability, bandwidth };
  return { min, max, numbers: redNumbers(bytes, path) };
}

/** What {@link redLimits} used up, and what is only read. */
export function withoutRed<T extends RedWords>(
  words: T,
): Omit<T, keyof RedSettings | "ewma" | "plog" | "scellLog"> {
  const { avpkt: _a, burst: _b, bandwidth: _c, ewma: _d, plog: _e, scellLog: _f, ...rest } = words;
  return rest;
}

/** The rules that all kinds of it share; `flags` and the logarithms are below `prefix`. */
export function redRules(prefix: string): Rules {
  return {
    ecn: has(`${prefix}flags`, "ecn"),
    harddrop: has(`${prefix}flags`, "harddrop"),
    adaptive: has(`${prefix}flags`, "adaptative"),
    ewma: `${prefix}wlog`,
    plog: `${prefix}plog`,
    scellLog: `${prefix}scellLog`,
  };
}
