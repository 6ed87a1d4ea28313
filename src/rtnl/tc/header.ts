import { pad } from "../../netlink/codec/bytes.ts";
import { s32, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("tcmsg", {
  tcmFamily: addressFamily,
  tcmPad: pad(3),
  /** Index of the link; -1 (TCM_IFINDEX_MAGIC_BLOCK) where `tcmParent` is a block. */
  tcmIfindex: s32,
  /** Major number in the high 16 bits, minor in the low ones. */
  tcmHandle: u32,
  /** What it hangs on: a handle, or TC_H_ROOT, TC_H_INGRESS …; the number of a block. */
  tcmParent: u32,
  /** Of a filter: its priority in the high 16 bits, the EtherType in network byte order in the low ones. */
  tcmInfo: u32,
});

/** struct tcmsg (linux/rtnetlink.h), 20 bytes. */
export interface Tcmsg extends Infer<typeof header> {}
export const tcmsg: StructShape<Tcmsg> = header;

/** Handles with a meaning of their own (linux/pkt_sched.h). */
export const TC_H_UNSPEC = 0;
export const TC_H_ROOT = 0xffffffff;
/** Of clsact as well. */
export const TC_H_INGRESS = 0xfffffff1;
/** Minor numbers below `TC_H_INGRESS`: where a filter of clsact sits. */
export const TC_H_MIN_INGRESS = 0xfff2;
export const TC_H_MIN_EGRESS = 0xfff3;
