import { enumeration, type NamedShape } from "../../../netlink/codec/enumeration.ts";
import { s32, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { partialStruct } from "../partial-struct.ts";

/** TC_ACT_* (linux/pkt_cls.h). 0x10000000 + n jumps over n actions, 0x20000000 + n goes on in chain n. */
export const actionResult: NamedShape<
  | "unspec"
  | "ok"
  | "reclassify"
  | "shot"
  | "pipe"
  | "stolen"
  | "queued"
  | "repeat"
  | "redirect"
  | "trap"
  | (number & {})
> = enumeration(u32, "TC_ACT_", {
  unspec: 0xffffffff,
  ok: 0,
  reclassify: 1,
  shot: 2,
  pipe: 3,
  stolen: 4,
  queued: 5,
  repeat: 6,
  redirect: 7,
  trap: 8,
});

/** What the struct of every action begins with: `tc_gen` (linux/pkt_cls.h). */
export const generic = {
  /** Number of the action; 0 lets the kernel choose one. */
  index: u32,
  capab: u32,
  /** What becomes of the packet afterwards. */
  action: actionResult,
  refcnt: s32,
  bindcnt: s32,
};

const ago = withUnit(u64, "1/100 s") as typeof u64;

const tcfTStruct = partialStruct("tcf-t", {
  /** Since it was made. */
  install: ago,
  /** Since a packet was last here. */
  lastuse: ago,
  expires: ago,
  firstuse: ago,
});

/** Ages of an action: struct tcf_t (linux/pkt_cls.h). */
export interface TcfT extends Infer<typeof tcfTStruct> {}
export const tcfT: StructShape<TcfT> = tcfTStruct;

const tcGactStruct = partialStruct("tc-gact", {
  ...generic,
});

/** Nothing but what every action has: struct tc_gact (linux/tc_act/tc_gact.h), tc_sample, tc_ct …. */
export interface TcGact extends Infer<typeof tcGactStruct> {}
export const tcGact: StructShape<TcGact> = tcGactStruct;
