import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { packets } from "../units.ts";

const skbprioStruct = partialStruct("tc-skbprio-qopt", {
  limit: packets,
});

/** By the priority of packets (tc-skbprio(8)): struct tc_skbprio_qopt. */
export interface TcSkbprioQopt extends Infer<typeof skbprioStruct> {}
export const skbprio: StructShape<TcSkbprioQopt> = skbprioStruct;
