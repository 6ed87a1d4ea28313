import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";

const programSet = attributes("lwt-bpf-prog-attrs", () => ({
  /** Descriptor of the program; never received. */
  fd: attr("LWT_BPF_PROG_FD", 1, u32),
  name: attr("LWT_BPF_PROG_NAME", 2, string),
}));
export interface BpfProgram extends Infer<typeof programSet> {}
const program: AttributeSet<BpfProgram> = programSet;

const set = attributes("lwt-bpf-attrs", () => ({
  in: attr("LWT_BPF_IN", 1, program),
  out: attr("LWT_BPF_OUT", 2, program),
  xmit: attr("LWT_BPF_XMIT", 3, program),
  /** Room that the program needs in front of a packet, at most 256. */
  xmitHeadroom: attr("LWT_BPF_XMIT_HEADROOM", 4, withUnit(u32, "bytes")),
}));

/** Programs that the packets of a route pass (linux/lwtunnel.h). */
export interface BpfEncap extends Infer<typeof set> {}
export const bpfEncap: AttributeSet<BpfEncap> = set;
