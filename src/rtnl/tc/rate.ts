import { arrayOf } from "../../netlink/codec/array.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { s16, u8, u16 } from "../../netlink/codec/integer.ts";
import type { Infer, Shape } from "../../netlink/codec/shape.ts";
import type { StructShape } from "../../netlink/codec/struct.ts";
import { partialStruct } from "./partial-struct.ts";
import { bytesPerSecond, ticks } from "./units.ts";

const linklayer = enumeration(u8, "TC_LINKLAYER_", { unaware: 0, ethernet: 1, atm: 2 });

const tcRatespecStruct = partialStruct("tc-ratespec", {
  /** Packet sizes of a slot of the rate table, as a power of two; 0 lets the kernel take its own. */
  cellLog: u8,
  linklayer,
  /** Added to the size of each packet, bytes. */
  overhead: s16,
  cellAlign: s16,
  /** Smallest packet that is counted, bytes. */
  mpu: u16,
  /** All ones where the 64-bit attribute beside it has the rate. */
  rate: bytesPerSecond,
});

/** A rate and how packets are counted against it: struct tc_ratespec (linux/pkt_sched.h). */
export interface TcRatespec extends Infer<typeof tcRatespecStruct> {}
export const tcRatespec: StructShape<TcRatespec> = tcRatespecStruct;

/**
 * What a packet costs, by size: 256 numbers of ticks. The kernel computes the costs itself and looks at the table only
 * where `linklayer` is `unaware`, and for its length in a policer.
 */
export const rateTable: Shape<number[]> = arrayOf(ticks);
