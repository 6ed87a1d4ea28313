import { arrayOf } from "../../../netlink/codec/array.ts";
import { attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { s16, s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type PayloadShape, payloadOf } from "../../../netlink/codec/lazy.ts";
import { type Message, message } from "../../../netlink/codec/message.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { bytesPerSecond, bytesPerSecond64, nanoseconds64, packets, ticks } from "../units.ts";

const tcNetemGimodel = partialStruct("tc-netem-gimodel", {
  p13: u32,
  p31: u32,
  p32: u32,
  p14: u32,
  p23: u32,
});

const tcNetemGemodel = partialStruct("tc-netem-gemodel", {
  p: u32,
  r: u32,
  h: u32,
  k1: u32,
});

const loss = attributes("netem-loss-attrs", () => ({
  /** Four states (general and intuitive); probabilities of the transitions, all ones is 100 %. */
  gi: attr("NETEM_LOSS_GI", 1, tcNetemGimodel),
  /** Gilbert-Elliott; probabilities, all ones is 100 %. */
  ge: attr("NETEM_LOSS_GE", 2, tcNetemGemodel),
}));

const tcNetemCorr = partialStruct("tc-netem-corr", {
  delayCorr: u32,
  lossCorr: u32,
  dupCorr: u32,
});

const tcNetemReorder = partialStruct("tc-netem-reorder", {
  /** Probability: all ones is 100 %. */
  probability: u32,
  correlation: u32,
});

const tcNetemCorrupt = partialStruct("tc-netem-corrupt", {
  /** Probability: all ones is 100 %. */
  probability: u32,
  correlation: u32,
});

const tcNetemRate = partialStruct("tc-netem-rate", {
  /** All ones where `rate64` has it. */
  rate: bytesPerSecond,
  /** Bytes, may be negative. */
  packetOverhead: s32,
  cellSize: u32,
  cellOverhead: s32,
});

const tcNetemSlot = partialStruct("tc-netem-slot", {
  minDelay: nanoseconds64,
  maxDelay: nanoseconds64,
  maxPackets: s32,
  maxBytes: s32,
  distDelay: nanoseconds64,
  distJitter: nanoseconds64,
});

const header = partialStruct("tc-netem-qopt", {
  /** `latency64` is exact. */
  latency: ticks,
  limit: packets,
  /** `loss` of the struct. Probability: all ones is 100 %. */
  randomLoss: u32,
  /** Every so many packets one is sent at once, ahead of the delayed ones. */
  gap: u32,
  /** Probability: all ones is 100 %. */
  duplicate: u32,
  /** `jitter64` is exact. */
  jitter: ticks,
});

const set = attributes("netem-attrs", () => ({
  /** Correlations, all ones is 100 %. */
  corr: attr("TCA_NETEM_CORR", 1, tcNetemCorr),
  /** Samples of a distribution, 8192 is one standard deviation. Never reported. */
  delayDist: attr("TCA_NETEM_DELAY_DIST", 2, arrayOf(s16)),
  reorder: attr("TCA_NETEM_REORDER", 3, tcNetemReorder),
  corrupt: attr("TCA_NETEM_CORRUPT", 4, tcNetemCorrupt),
  /** A model of losses that come in bursts. */
  loss: attr("TCA_NETEM_LOSS", 5, loss),
  rate: attr("TCA_NETEM_RATE", 6, tcNetemRate),
  /** 1 marks instead of dropping. */
  ecn: attr("TCA_NETEM_ECN", 7, u32),
  rate64: attr("TCA_NETEM_RATE64", 8, bytesPerSecond64),
  pad: attr("TCA_NETEM_PAD", 9, bytes),
  /** What is added to each packet. */
  latency64: attr("TCA_NETEM_LATENCY64", 10, nanoseconds64),
  jitter64: attr("TCA_NETEM_JITTER64", 11, nanoseconds64),
  slot: attr("TCA_NETEM_SLOT", 12, tcNetemSlot),
  slotDist: attr("TCA_NETEM_SLOT_DIST", 13, arrayOf(s16)),
  /** Makes the losses repeatable. */
  prngSeed: attr("TCA_NETEM_PRNG_SEED", 14, u64),
}));

const whole = message("tc-netem-qopt", header, set);

/** Network emulator: struct tc_netem_qopt and attributes behind it (tc-netem(8), linux/pkt_sched.h TCA_NETEM_*). */
export interface NetemAttrs extends Infer<typeof header>, Infer<typeof set> {
  trailing?: Uint8Array;
}
export const netem: PayloadShape<NetemAttrs> = payloadOf(whole as unknown as Message<NetemAttrs>);

const counters = partialStruct("tc-netem-xstats", {
  delayed: u64,
  dropped: u64,
  corrupted: u64,
  duplicated: u64,
  reordered: u64,
  ecnMarked: u64,
  allocationErrors: u64,
});

/** Counters, from Linux 7.2 on. */
export interface TcNetemXstats extends Infer<typeof counters> {}
export const tcNetemXstats: StructShape<TcNetemXstats> = counters;
