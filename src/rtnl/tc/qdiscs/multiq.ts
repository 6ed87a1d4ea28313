import { u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

const multiqStruct = partialStruct("tc-multiq-qopt", {
  /** Set by the kernel to the number of the hardware's queues. */
  bands: u16,
  maxBands: u16,
});

/** A band for each hardware queue: struct tc_multiq_qopt. */
export interface TcMultiqQopt extends Infer<typeof multiqStruct> {}
export const multiq: StructShape<TcMultiqQopt> = multiqStruct;
