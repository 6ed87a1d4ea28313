import { tuple } from "../../../netlink/codec/array.ts";
import { u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

const prioStruct = partialStruct("tc-prio-qopt", {
  /** 2 to 16. */
  bands: u32,
  /** Band of each priority (TC_PRIO_*) of a packet. */
  priomap: tuple(u8, 16),
});

/** Bands of strict priority (tc-prio(8)): struct tc_prio_qopt. Of pfifo_fast as well. */
export interface TcPrioQopt extends Infer<typeof prioStruct> {}
export const prio: StructShape<TcPrioQopt> = prioStruct;
