import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration, flags, type NamedShape, type NameOf } from "../../../netlink/codec/enumeration.ts";
import { u8, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { srh } from "./srh.ts";

const actions = {
  unspec: 0,
  end: 1,
  "end-x": 2,
  "end-t": 3,
  "end-dx2": 4,
  "end-dx6": 5,
  "end-dx4": 6,
  "end-dt6": 7,
  "end-dt4": 8,
  "end-b6": 9,
  "end-b6-encap": 10,
  "end-bm": 11,
  "end-s": 12,
  "end-as": 13,
  "end-am": 14,
  "end-bpf": 15,
  "end-dt46": 16,
} as const;
/** SEG6_LOCAL_ACTION_* (linux/seg6_local.h): what becomes of a packet whose segment this is (RFC 8986). */
export type Seg6LocalAction = NameOf<typeof actions>;
export const seg6LocalAction: NamedShape<Seg6LocalAction> = enumeration(u32, "SEG6_LOCAL_ACTION_", actions);

const bpfSet = attributes("seg6-local-bpf-attrs", () => ({
  /** Descriptor of the program when sent, its id when received. */
  prog: attr("SEG6_LOCAL_BPF_PROG", 1, u32),
  progName: attr("SEG6_LOCAL_BPF_PROG_NAME", 2, string),
}));
interface Seg6LocalBpf extends Infer<typeof bpfSet> {}
const bpf: AttributeSet<Seg6LocalBpf> = bpfSet;

const counterSet = attributes("seg6-local-cnt-attrs", () => ({
  pad: attr("SEG6_LOCAL_CNT_PAD", 1, bytes),
  packets: attr("SEG6_LOCAL_CNT_PACKETS", 2, u64),
  bytes: attr("SEG6_LOCAL_CNT_BYTES", 3, u64),
  errors: attr("SEG6_LOCAL_CNT_ERRORS", 4, u64),
}));
interface Seg6LocalCounters extends Infer<typeof counterSet> {}
const counters: AttributeSet<Seg6LocalCounters> = counterSet;

const flavorSet = attributes("seg6-local-flv-attrs", () => ({
  /** Bit n is the flavor of number n. */
  operation: attr(
    "SEG6_LOCAL_FLV_OPERATION",
    1,
    flags(u32, "SEG6_LOCAL_FLV_OP_", { psp: 2, usp: 4, usd: 8, "next-csid": 16 }),
  ),
  lcblockBits: attr("SEG6_LOCAL_FLV_LCBLOCK_BITS", 2, withUnit(u8, "bits")),
  lcnodeFnBits: attr("SEG6_LOCAL_FLV_LCNODE_FN_BITS", 3, withUnit(u8, "bits")),
}));
interface Seg6LocalFlavors extends Infer<typeof flavorSet> {}
const flavors: AttributeSet<Seg6LocalFlavors> = flavorSet;

const set = attributes("seg6-local-attrs", () => ({
  action: attr("SEG6_LOCAL_ACTION", 1, seg6LocalAction),
  srh: attr("SEG6_LOCAL_SRH", 2, srh),
  table: attr("SEG6_LOCAL_TABLE", 3, u32),
  nh4: attr("SEG6_LOCAL_NH4", 4, ipv4),
  nh6: attr("SEG6_LOCAL_NH6", 5, ipv6),
  iif: attr("SEG6_LOCAL_IIF", 6, u32),
  oif: attr("SEG6_LOCAL_OIF", 7, u32),
  bpf: attr("SEG6_LOCAL_BPF", 8, bpf),
  /** Table of the VRF that the decapsulated packet is in. */
  vrftable: attr("SEG6_LOCAL_VRFTABLE", 9, u32),
  /** Sent: which are to be counted. */
  counters: attr("SEG6_LOCAL_COUNTERS", 10, counters),
  flavors: attr("SEG6_LOCAL_FLAVORS", 11, flavors),
}));

/** A segment of this node's own (linux/seg6_local.h). */
export interface Seg6LocalEncap extends Infer<typeof set> {}
export const seg6LocalEncap: AttributeSet<Seg6LocalEncap> = set;
