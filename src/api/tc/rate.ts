/**
 * Rates as the kernel takes them: in 32 bits or beside them in 64, bursts as the time they take, and a table of what
 * packets cost by their size.
 */
import { InputError } from "../../netlink/errors.ts";
import type { TcRatespec } from "../../rtnl/tc/rate.ts";
import { TICK } from "./units.ts";

/** What counts as the size of a packet. */
export interface Framing {
  /** Added to the size of each packet, bytes. */
  overhead?: number;
  /** Smallest size that is counted, bytes. */
  mpu?: number;
  /** `atm` counts whole cells; default `ethernet`. */
  linklayer?: "ethernet" | "atm";
}

/** A rate in the kernel's fields, in the units of the api. */
export interface KernelRate {
  readonly spec: TcRatespec;
  /** Where 32 bits are too few for it. */
  readonly rate64: number | undefined;
  /** Costs of 256 sizes, µs. */
  readonly table: number[];
}

const BITS = 8;
/** What stands in 32 bits for a rate that 64 hold. */
const ELSEWHERE = 0xffffffff * BITS;

const CELL = { payload: 48, size: 53 };

/** A whole number of ticks, µs: rounded up, so that a burst is never smaller than what was asked for. */
function wholeTicks(ns: number): number {
  const ticks = Math.min(Math.ceil(ns / TICK - 1e-6), 0xffffffff);
  return (ticks * TICK) / 1000;
}

/** How long so many bytes take, µs. */
export function timeOf(bytes: number, rate: number): number {
  return wholeTicks((bytes * BITS * 1e9) / rate);
}

/** How many bytes such a time has room for. */
export function bytesIn(time: number, rate: number): number {
  return Math.floor((time * rate) / (BITS * 1e6) + 1e-6);
}

/** What a packet counts as, without the overhead, bytes. */
export function framedSize(bytes: number, { mpu = 0, linklayer }: Framing): number {
  const size = Math.max(bytes, mpu);
  return linklayer === "atm" ? Math.ceil(size / CELL.payload) * CELL.size : size;
}

export function rateGiven(rate: unknown, path: string): number {
  if (typeof rate === "number" && Number.isFinite(rate) && rate >= BITS) return rate;
  throw new InputError(path, "a rate in bits a second, at least 8", rate);
}

export function sizeGiven(size: unknown, path: string): number {
  if (typeof size === "number" && Number.isInteger(size) && size >= 0) return size;
  throw new InputError(path, "a size in bytes", size);
}

/**
 * A rate for the kernel.
 *
 * @param mtu - largest size that the table is to have, bytes.
 */
export function kernelRate(rate: number, framing: Framing, mtu: number): KernelRate {
  const { overhead = 0, mpu = 0, linklayer = "ethernet" } = framing;
  const cellLog = Math.max(0, Math.floor(Math.log2(Math.max(mtu, 1))) - 7);
  const wide = Math.floor(rate / BITS) >= 0xffffffff;
  const table = Array.from({ length: 256 }, (_, slot) =>
    timeOf(framedSize((slot + 1) << cellLog, { mpu, linklayer }), rate),
  );
  return {
    spec: { cellLog, linklayer, overhead, cellAlign: -1, mpu, rate: wide ? ELSEWHERE : rate },
    rate64: wide ? rate : undefined,
    table,
  };
}

/** The rate that the kernel reports. */
export function rateFrom(spec: TcRatespec | undefined, rate64: number | undefined): number {
  return rate64 ?? spec?.rate ?? 0;
}

/** How packets count against a rate that the kernel reports. */
export function framingFrom(spec: TcRatespec | undefined): Framing {
  const { overhead, mpu, linklayer } = spec ?? {};
  return {
    ...(overhead === undefined ? {} : { overhead }),
    ...(mpu === undefined ? {} : { mpu }),
    ...(linklayer === "ethernet" || linklayer === "atm" ? { linklayer } : {}),
  };
}
