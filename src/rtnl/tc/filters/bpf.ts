import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";
import { clsFlags } from "./flags.ts";

const set = attributes("bpf-attrs", () => ({
  /** What is done with a packet that matches. */
  act: attr("TCA_BPF_ACT", 1, actions),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_BPF_POLICE", 2, policeAttrs),
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_BPF_CLASSID", 3, u32),
  /** Number of classic instructions. */
  opsLen: attr("TCA_BPF_OPS_LEN", 4, u16),
  /** Classic instructions, struct sock_filter. */
  ops: attr("TCA_BPF_OPS", 5, bytes),
  /** Descriptor of a loaded program; never reported. */
  fd: attr("TCA_BPF_FD", 6, u32),
  name: attr("TCA_BPF_NAME", 7, string),
  /** `act-direct`: the program returns the verdict. */
  flags: attr("TCA_BPF_FLAGS", 8, flags(u32, "TCA_BPF_FLAG_", { "act-direct": 1 })),
  flagsGen: attr("TCA_BPF_FLAGS_GEN", 9, clsFlags),
  /** Digest of the program, 8 bytes. */
  tag: attr("TCA_BPF_TAG", 10, bytes),
  /** Number of the program. */
  id: attr("TCA_BPF_ID", 11, u32),
}));

/** A BPF program (tc-bpf(8)). */
export interface BpfAttrs extends Infer<typeof set> {}
export const bpf: AttributeSet<BpfAttrs> = set;
