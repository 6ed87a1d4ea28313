/** What a tunnel's header carries besides its id: the same for IPv4 and IPv6 (linux/lwtunnel.h). */
import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const geneveSet = attributes("lwtunnel-ip-opt-geneve-attrs", {
  class: attr("LWTUNNEL_IP_OPT_GENEVE_CLASS", 1, multi(be16)),
  type: attr("LWTUNNEL_IP_OPT_GENEVE_TYPE", 2, multi(u8)),
  /** 4 to 124 bytes, a multiple of 4. */
  data: attr("LWTUNNEL_IP_OPT_GENEVE_DATA", 3, multi(bytes)),
});
/**
 * Options of a Geneve header (RFC 8926): the kernel sends all of them in one of these, class, type and data of the first,
 * then of the second; it takes one of these for each option.
 */
export interface GeneveOpt extends Infer<typeof geneveSet> {}
const geneve: AttributeSet<GeneveOpt> = geneveSet;

const vxlanSet = attributes("lwtunnel-ip-opt-vxlan-attrs", {
  /** Group policy id and its flags. */
  gbp: attr("LWTUNNEL_IP_OPT_VXLAN_GBP", 1, u32),
});
export interface VxlanOpt extends Infer<typeof vxlanSet> {}
const vxlan: AttributeSet<VxlanOpt> = vxlanSet;

const erspanSet = attributes("lwtunnel-ip-opt-erspan-attrs", {
  ver: attr("LWTUNNEL_IP_OPT_ERSPAN_VER", 1, u8),
  /** Version 1. */
  index: attr("LWTUNNEL_IP_OPT_ERSPAN_INDEX", 2, be32),
  /** Version 2: 0 ingress, 1 egress. */
  dir: attr("LWTUNNEL_IP_OPT_ERSPAN_DIR", 3, u8),
  /** Version 2. */
  hwid: attr("LWTUNNEL_IP_OPT_ERSPAN_HWID", 4, u8),
});
export interface ErspanOpt extends Infer<typeof erspanSet> {}
const erspan: AttributeSet<ErspanOpt> = erspanSet;

const set = attributes("lwtunnel-ip-opts-attrs", {
  geneve: attr("LWTUNNEL_IP_OPTS_GENEVE", 1, multi(geneve)),
  vxlan: attr("LWTUNNEL_IP_OPTS_VXLAN", 2, vxlan),
  erspan: attr("LWTUNNEL_IP_OPTS_ERSPAN", 3, erspan),
});
export interface TunnelOpts extends Infer<typeof set> {}
export const tunnelOpts: AttributeSet<TunnelOpts> = set;
