import { oneOf, type Rule } from "./rules.ts";

const CLOCKS = { REALTIME: 0, MONOTONIC: 1, BOOTTIME: 7, TAI: 11 } as const;

/** A clock of clock_gettime(2), without its `CLOCK_`. */
export function clock<At extends string>(path: At): Rule<keyof typeof CLOCKS, At> {
  return oneOf(path, CLOCKS);
}
