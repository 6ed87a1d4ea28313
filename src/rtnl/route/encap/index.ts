import { enumeration, type NamedShape, type NameOf } from "../../../netlink/codec/enumeration.ts";
import { u16 } from "../../../netlink/codec/integer.ts";
import { bpfEncap } from "./bpf.ts";
import { ilaEncap } from "./ila.ts";
import { ioam6Encap } from "./ioam6.ts";
import { ipEncap } from "./ip.ts";
import { ip6Encap } from "./ip6.ts";
import { mplsEncap } from "./mpls.ts";
import { rplEncap } from "./rpl.ts";
import { seg6Encap } from "./seg6.ts";
import { seg6LocalEncap } from "./seg6-local.ts";
import { xfrmEncap } from "./xfrm.ts";

export type { BpfEncap, BpfProgram } from "./bpf.ts";
export type { IlaEncap } from "./ila.ts";
export type { Ioam6Encap } from "./ioam6.ts";
export type { IpEncap } from "./ip.ts";
export type { Ip6Encap } from "./ip6.ts";
export type { MplsEncap } from "./mpls.ts";
export type { TunnelOpts } from "./opts.ts";
export type { RplEncap } from "./rpl.ts";
export type { RplSrh } from "./rpl-srh.ts";
export type { Seg6Encap } from "./seg6.ts";
export type { Seg6LocalEncap } from "./seg6-local.ts";
export type { Srh } from "./srh.ts";
export type { XfrmEncap } from "./xfrm.ts";

const types = {
  none: 0,
  mpls: 1,
  ip: 2,
  ila: 3,
  ip6: 4,
  seg6: 5,
  bpf: 6,
  "seg6-local": 7,
  rpl: 8,
  ioam6: 9,
  xfrm: 10,
} as const;
/** LWTUNNEL_ENCAP_* (linux/lwtunnel.h): what a route puts around its packets. */
export type EncapType = NameOf<typeof types>;
export const encapType: NamedShape<EncapType> = enumeration(u16, "LWTUNNEL_ENCAP_", types);

/** RTA_ENCAP and NHA_ENCAP by the type that goes with it. */
export const encapFormats = {
  mpls: mplsEncap,
  ip: ipEncap,
  ila: ilaEncap,
  ip6: ip6Encap,
  seg6: seg6Encap,
  bpf: bpfEncap,
  "seg6-local": seg6LocalEncap,
  rpl: rplEncap,
  ioam6: ioam6Encap,
  xfrm: xfrmEncap,
};
