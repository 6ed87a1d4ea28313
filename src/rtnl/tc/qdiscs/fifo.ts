import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

const fifoStruct = partialStruct("tc-fifo-qopt", {
  /** Packets of pfifo and pfifo_head_drop, bytes of bfifo. */
  limit: u32,
});

/** First in, first out (tc-pfifo(8)): struct tc_fifo_qopt. */
export interface TcFifoQopt extends Infer<typeof fifoStruct> {}
export const fifo: StructShape<TcFifoQopt> = fifoStruct;
