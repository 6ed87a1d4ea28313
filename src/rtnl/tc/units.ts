/**
 * Numbers of traffic control with their units.
 *
 * A tick is 64 ns: the kernel's PSCHED_SHIFT is 6, which /proc/net/psched says as `000003e8 00000040` (1000 ns in a
 * microsecond, 64 ns in a tick).
 */
import { s64, u32, u64 } from "../../netlink/codec/integer.ts";
import { withUnit } from "../../netlink/codec/shape.ts";

export const ticks = withUnit(u32, "64 ns") as typeof u32;
export const microseconds = withUnit(u32, "µs") as typeof u32;
export const milliseconds = withUnit(u32, "ms") as typeof u32;
export const nanoseconds = withUnit(u32, "ns") as typeof u32;
export const nanoseconds64 = withUnit(s64, "ns") as typeof s64;
export const seconds = withUnit(u32, "s") as typeof u32;
export const bytesPerSecond = withUnit(u32, "bytes/s") as typeof u32;
export const bytesPerSecond64 = withUnit(u64, "bytes/s") as typeof u64;
export const byteCount = withUnit(u32, "bytes") as typeof u32;
export const packets = withUnit(u32, "packets") as typeof u32;
