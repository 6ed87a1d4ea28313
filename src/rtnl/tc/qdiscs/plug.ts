import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";
import { byteCount } from "../units.ts";

const plugStruct = partialStruct("tc-plug-qopt", {
  action: enumeration(u32, "TCQ_PLUG_", { buffer: 0, "release-one": 1, "release-indefinite": 2, limit: 3 }),
  limit: byteCount,
});

/** Holds packets until it is told to release them: struct tc_plug_qopt. Never reported. */
export interface TcPlugQopt extends Infer<typeof plugStruct> {}
export const plug: StructShape<TcPlugQopt> = plugStruct;
