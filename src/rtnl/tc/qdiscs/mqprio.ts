import { indexedArray, multi, tuple } from "../../../netlink/codec/array.ts";
import { attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, type NamedShape } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import { type PayloadShape, payloadOf } from "../../../netlink/codec/lazy.ts";
import { type Message, message } from "../../../netlink/codec/message.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { bytesPerSecond64 } from "../units.ts";

const header = partialStruct("tc-mqprio-qopt", {
  /** Traffic classes. */
  numTc: u8,
  /** Traffic class of each priority of a packet. */
  prioTcMap: tuple(u8, 16),
  /** 1 leaves it to the hardware. */
  hw: u8,
  /** Queues of each traffic class. */
  count: tuple(u16, 16),
  /** Its first queue. */
  offset: tuple(u16, 16),
});

/** struct tc_mqprio_qopt (linux/pkt_sched.h). */
export interface TcMqprioQopt extends Infer<typeof header> {}
export const tcMqprioQopt: StructShape<TcMqprioQopt> = header;

/** Frame preemption of a traffic class (IEEE 802.1Qbu). */
export const framePreemption: NamedShape<"express" | "preemptible" | (number & {})> = enumeration(
  u32,
  "TC_FP_",
  { express: 1, preemptible: 2 },
);

const tcEntry = attributes("mqprio-tc-entry-attrs", () => ({
  index: attr("TCA_MQPRIO_TC_ENTRY_INDEX", 1, u32),
  fp: attr("TCA_MQPRIO_TC_ENTRY_FP", 2, framePreemption),
}));

const set = attributes("mqprio-attrs", () => ({
  mode: attr("TCA_MQPRIO_MODE", 1, enumeration(u16, "TC_MQPRIO_MODE_", { dcb: 0, channel: 1 })),
  shaper: attr("TCA_MQPRIO_SHAPER", 2, enumeration(u16, "TC_MQPRIO_SHAPER_", { dcb: 0, "bw-rate": 1 })),
  /** Of each traffic class. */
  minRate64: attr("TCA_MQPRIO_MIN_RATE64", 3, indexedArray(bytesPerSecond64, { elementType: 3 })),
  maxRate64: attr("TCA_MQPRIO_MAX_RATE64", 4, indexedArray(bytesPerSecond64, { elementType: 4 })),
  tcEntry: attr("TCA_MQPRIO_TC_ENTRY", 5, multi(tcEntry)),
}));

const whole = message("tc-mqprio-qopt", header, set);

/** Traffic classes on hardware queues: struct tc_mqprio_qopt and attributes behind it (tc-mqprio(8)). */
export interface MqprioAttrs extends Infer<typeof header>, Infer<typeof set> {
  trailing?: Uint8Array;
}
export const mqprio: PayloadShape<MqprioAttrs> = payloadOf(whole as unknown as Message<MqprioAttrs>);
