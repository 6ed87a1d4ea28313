import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-bpf-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_ACT_BPF_TM", 1, tcfT),
  parms: attr("TCA_ACT_BPF_PARMS", 2, tcGact),
  /** Number of classic instructions. */
  opsLen: attr("TCA_ACT_BPF_OPS_LEN", 3, u16),
  /** Classic instructions, struct sock_filter. */
  ops: attr("TCA_ACT_BPF_OPS", 4, bytes),
  /** Descriptor of a loaded program; never reported. */
  fd: attr("TCA_ACT_BPF_FD", 5, u32),
  name: attr("TCA_ACT_BPF_NAME", 6, string),
  pad: attr("TCA_ACT_BPF_PAD", 7, bytes),
  /** Digest of the program, 8 bytes. */
  tag: attr("TCA_ACT_BPF_TAG", 8, bytes),
  /** Number of the program. */
  id: attr("TCA_ACT_BPF_ID", 9, u32),
}));

/** A BPF program (tc-bpf(8)). */
export interface ActBpfAttrs extends Infer<typeof set> {}
export const actBpf: AttributeSet<ActBpfAttrs> = set;
