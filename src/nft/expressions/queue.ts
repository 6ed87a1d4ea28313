import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be16 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const set = attributes("expr-queue-attrs", () => ({
  num: attr("NFTA_QUEUE_NUM", 1, be16),
  /** How many queues from there on share the packets. */
  total: attr("NFTA_QUEUE_TOTAL", 2, be16),
  flags: attr("NFTA_QUEUE_FLAGS", 3, flags(be16, "NFT_QUEUE_FLAG_", { bypass: 1, "cpu-fanout": 2 })),
  sregQnum: attr("NFTA_QUEUE_SREG_QNUM", 4, register),
}));
/** Hands the packet to a program, which decides. */
export interface QueueExpr extends Infer<typeof set> {}
export const queue: AttributeSet<QueueExpr> = set;
