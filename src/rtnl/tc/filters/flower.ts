import { ipv4, ipv6, mac } from "../../../netlink/codec/address.ts";
import { multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytesOf } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { actions } from "../actions/action.ts";
import { clsFlags } from "./flags.ts";
import { flowerKeyEncOptsAttrs } from "./flower-tunnel.ts";

/** TCA_FLOWER_KEY_FLAGS_*, network byte order on the wire. */
const controlFlags = flags(be32, "TCA_FLOWER_KEY_FLAGS_", {
  frag: [1, "TCA_FLOWER_KEY_FLAGS_IS_FRAGMENT"],
  firstfrag: [2, "TCA_FLOWER_KEY_FLAGS_FRAG_IS_FIRST"],
  tuncsum: [4, "TCA_FLOWER_KEY_FLAGS_TUNNEL_CSUM"],
  tundf: [8, "TCA_FLOWER_KEY_FLAGS_TUNNEL_DONT_FRAGMENT"],
  tunoam: [16, "TCA_FLOWER_KEY_FLAGS_TUNNEL_OAM"],
  tuncrit: [32, "TCA_FLOWER_KEY_FLAGS_TUNNEL_CRIT_OPT"],
});
const ctState = flags(u16, "TCA_FLOWER_KEY_CT_FLAGS_", {
  new: 1,
  established: 2,
  related: 4,
  tracked: 8,
  invalid: 16,
  reply: 32,
});

const lse = attributes("flower-key-mpls-opt-attrs", () => ({
  /** 1 is the outermost. */
  lseDepth: attr("TCA_FLOWER_KEY_MPLS_OPT_LSE_DEPTH", 1, u8),
  lseTtl: attr("TCA_FLOWER_KEY_MPLS_OPT_LSE_TTL", 2, u8),
  lseBos: attr("TCA_FLOWER_KEY_MPLS_OPT_LSE_BOS", 3, u8),
  lseTc: attr("TCA_FLOWER_KEY_MPLS_OPT_LSE_TC", 4, u8),
  lseLabel: attr("TCA_FLOWER_KEY_MPLS_OPT_LSE_LABEL", 5, u32),
}));
/** A nest more than the spec has. */
const mplsOpts = attributes("flower-key-mpls-opts-attrs", () => ({
  lse: attr("TCA_FLOWER_KEY_MPLS_OPTS_LSE", 1, multi(lse)),
}));
const flowerKeyCfmAttrs = attributes("flower-key-cfm-attrs", () => ({
  mdLevel: attr("TCA_FLOWER_KEY_CFM_MD_LEVEL", 1, u8),
  opcode: attr("TCA_FLOWER_KEY_CFM_OPCODE", 2, u8),
}));

const set = attributes("flower-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_FLOWER_CLASSID", 1, u32),
  indev: attr("TCA_FLOWER_INDEV", 2, string),
  /** What is done with a packet that matches. */
  act: attr("TCA_FLOWER_ACT", 3, actions),
  keyEthDst: attr("TCA_FLOWER_KEY_ETH_DST", 4, mac),
  keyEthDstMask: attr("TCA_FLOWER_KEY_ETH_DST_MASK", 5, mac),
  keyEthSrc: attr("TCA_FLOWER_KEY_ETH_SRC", 6, mac),
  keyEthSrcMask: attr("TCA_FLOWER_KEY_ETH_SRC_MASK", 7, mac),
  keyEthType: attr("TCA_FLOWER_KEY_ETH_TYPE", 8, be16),
  keyIpProto: attr("TCA_FLOWER_KEY_IP_PROTO", 9, u8),
  keyIpv4Src: attr("TCA_FLOWER_KEY_IPV4_SRC", 10, ipv4),
  keyIpv4SrcMask: attr("TCA_FLOWER_KEY_IPV4_SRC_MASK", 11, ipv4),
  keyIpv4Dst: attr("TCA_FLOWER_KEY_IPV4_DST", 12, ipv4),
  keyIpv4DstMask: attr("TCA_FLOWER_KEY_IPV4_DST_MASK", 13, ipv4),
  keyIpv6Src: attr("TCA_FLOWER_KEY_IPV6_SRC", 14, ipv6),
  keyIpv6SrcMask: attr("TCA_FLOWER_KEY_IPV6_SRC_MASK", 15, ipv6),
  keyIpv6Dst: attr("TCA_FLOWER_KEY_IPV6_DST", 16, ipv6),
  keyIpv6DstMask: attr("TCA_FLOWER_KEY_IPV6_DST_MASK", 17, ipv6),
  keyTcpSrc: attr("TCA_FLOWER_KEY_TCP_SRC", 18, be16),
  keyTcpDst: attr("TCA_FLOWER_KEY_TCP_DST", 19, be16),
  keyUdpSrc: attr("TCA_FLOWER_KEY_UDP_SRC", 20, be16),
  keyUdpDst: attr("TCA_FLOWER_KEY_UDP_DST", 21, be16),
  flags: attr("TCA_FLOWER_FLAGS", 22, clsFlags),
  /** Host byte order, unlike the spec. */
  keyVlanId: attr("TCA_FLOWER_KEY_VLAN_ID", 23, u16),
  keyVlanPrio: attr("TCA_FLOWER_KEY_VLAN_PRIO", 24, u8),
  keyVlanEthType: attr("TCA_FLOWER_KEY_VLAN_ETH_TYPE", 25, be16),
  /** Tunnel id. */
  keyEncKeyId: attr("TCA_FLOWER_KEY_ENC_KEY_ID", 26, be32),
  keyEncIpv4Src: attr("TCA_FLOWER_KEY_ENC_IPV4_SRC", 27, ipv4),
  keyEncIpv4SrcMask: attr("TCA_FLOWER_KEY_ENC_IPV4_SRC_MASK", 28, ipv4),
  keyEncIpv4Dst: attr("TCA_FLOWER_KEY_ENC_IPV4_DST", 29, ipv4),
  keyEncIpv4DstMask: attr("TCA_FLOWER_KEY_ENC_IPV4_DST_MASK", 30, ipv4),
  keyEncIpv6Src: attr("TCA_FLOWER_KEY_ENC_IPV6_SRC", 31, ipv6),
  keyEncIpv6SrcMask: attr("TCA_FLOWER_KEY_ENC_IPV6_SRC_MASK", 32, ipv6),
  keyEncIpv6Dst: attr("TCA_FLOWER_KEY_ENC_IPV6_DST", 33, ipv6),
  keyEncIpv6DstMask: attr("TCA_FLOWER_KEY_ENC_IPV6_DST_MASK", 34, ipv6),
  keyTcpSrcMask: attr("TCA_FLOWER_KEY_TCP_SRC_MASK", 35, be16),
  keyTcpDstMask: attr("TCA_FLOWER_KEY_TCP_DST_MASK", 36, be16),
  keyUdpSrcMask: attr("TCA_FLOWER_KEY_UDP_SRC_MASK", 37, be16),
  keyUdpDstMask: attr("TCA_FLOWER_KEY_UDP_DST_MASK", 38, be16),
  keySctpSrcMask: attr("TCA_FLOWER_KEY_SCTP_SRC_MASK", 39, be16),
  keySctpDstMask: attr("TCA_FLOWER_KEY_SCTP_DST_MASK", 40, be16),
  keySctpSrc: attr("TCA_FLOWER_KEY_SCTP_SRC", 41, be16),
  keySctpDst: attr("TCA_FLOWER_KEY_SCTP_DST", 42, be16),
  keyEncUdpSrcPort: attr("TCA_FLOWER_KEY_ENC_UDP_SRC_PORT", 43, be16),
  keyEncUdpSrcPortMask: attr("TCA_FLOWER_KEY_ENC_UDP_SRC_PORT_MASK", 44, be16),
  keyEncUdpDstPort: attr("TCA_FLOWER_KEY_ENC_UDP_DST_PORT", 45, be16),
  keyEncUdpDstPortMask: attr("TCA_FLOWER_KEY_ENC_UDP_DST_PORT_MASK", 46, be16),
  keyFlags: attr("TCA_FLOWER_KEY_FLAGS", 47, controlFlags),
  keyFlagsMask: attr("TCA_FLOWER_KEY_FLAGS_MASK", 48, controlFlags),
  keyIcmpv4Code: attr("TCA_FLOWER_KEY_ICMPV4_CODE", 49, u8),
  keyIcmpv4CodeMask: attr("TCA_FLOWER_KEY_ICMPV4_CODE_MASK", 50, u8),
  keyIcmpv4Type: attr("TCA_FLOWER_KEY_ICMPV4_TYPE", 51, u8),
  keyIcmpv4TypeMask: attr("TCA_FLOWER_KEY_ICMPV4_TYPE_MASK", 52, u8),
  keyIcmpv6Code: attr("TCA_FLOWER_KEY_ICMPV6_CODE", 53, u8),
  keyIcmpv6CodeMask: attr("TCA_FLOWER_KEY_ICMPV6_CODE_MASK", 54, u8),
  keyIcmpv6Type: attr("TCA_FLOWER_KEY_ICMPV6_TYPE", 55, u8),
  keyIcmpv6TypeMask: attr("TCA_FLOWER_KEY_ICMPV6_TYPE_MASK", 56, u8),
  keyArpSip: attr("TCA_FLOWER_KEY_ARP_SIP", 57, ipv4),
  keyArpSipMask: attr("TCA_FLOWER_KEY_ARP_SIP_MASK", 58, ipv4),
  keyArpTip: attr("TCA_FLOWER_KEY_ARP_TIP", 59, ipv4),
  keyArpTipMask: attr("TCA_FLOWER_KEY_ARP_TIP_MASK", 60, ipv4),
  keyArpOp: attr("TCA_FLOWER_KEY_ARP_OP", 61, u8),
  keyArpOpMask: attr("TCA_FLOWER_KEY_ARP_OP_MASK", 62, u8),
  keyArpSha: attr("TCA_FLOWER_KEY_ARP_SHA", 63, mac),
  keyArpShaMask: attr("TCA_FLOWER_KEY_ARP_SHA_MASK", 64, mac),
  keyArpTha: attr("TCA_FLOWER_KEY_ARP_THA", 65, mac),
  keyArpThaMask: attr("TCA_FLOWER_KEY_ARP_THA_MASK", 66, mac),
  keyMplsTtl: attr("TCA_FLOWER_KEY_MPLS_TTL", 67, u8),
  keyMplsBos: attr("TCA_FLOWER_KEY_MPLS_BOS", 68, u8),
  keyMplsTc: attr("TCA_FLOWER_KEY_MPLS_TC", 69, u8),
  /** Host byte order, unlike the spec; 20 bits. */
  keyMplsLabel: attr("TCA_FLOWER_KEY_MPLS_LABEL", 70, u32),
  keyTcpFlags: attr("TCA_FLOWER_KEY_TCP_FLAGS", 71, be16),
  keyTcpFlagsMask: attr("TCA_FLOWER_KEY_TCP_FLAGS_MASK", 72, be16),
  keyIpTos: attr("TCA_FLOWER_KEY_IP_TOS", 73, u8),
  keyIpTosMask: attr("TCA_FLOWER_KEY_IP_TOS_MASK", 74, u8),
  keyIpTtl: attr("TCA_FLOWER_KEY_IP_TTL", 75, u8),
  keyIpTtlMask: attr("TCA_FLOWER_KEY_IP_TTL_MASK", 76, u8),
  /** Host byte order, unlike the spec. */
  keyCvlanId: attr("TCA_FLOWER_KEY_CVLAN_ID", 77, u16),
  keyCvlanPrio: attr("TCA_FLOWER_KEY_CVLAN_PRIO", 78, u8),
  keyCvlanEthType: attr("TCA_FLOWER_KEY_CVLAN_ETH_TYPE", 79, be16),
  keyEncIpTos: attr("TCA_FLOWER_KEY_ENC_IP_TOS", 80, u8),
  keyEncIpTosMask: attr("TCA_FLOWER_KEY_ENC_IP_TOS_MASK", 81, u8),
  keyEncIpTtl: attr("TCA_FLOWER_KEY_ENC_IP_TTL", 82, u8),
  keyEncIpTtlMask: attr("TCA_FLOWER_KEY_ENC_IP_TTL_MASK", 83, u8),
  keyEncOpts: attr("TCA_FLOWER_KEY_ENC_OPTS", 84, flowerKeyEncOptsAttrs),
  keyEncOptsMask: attr("TCA_FLOWER_KEY_ENC_OPTS_MASK", 85, flowerKeyEncOptsAttrs),
  /** Devices that took it. */
  inHwCount: attr("TCA_FLOWER_IN_HW_COUNT", 86, u32),
  keyPortSrcMin: attr("TCA_FLOWER_KEY_PORT_SRC_MIN", 87, be16),
  keyPortSrcMax: attr("TCA_FLOWER_KEY_PORT_SRC_MAX", 88, be16),
  keyPortDstMin: attr("TCA_FLOWER_KEY_PORT_DST_MIN", 89, be16),
  keyPortDstMax: attr("TCA_FLOWER_KEY_PORT_DST_MAX", 90, be16),
  keyCtState: attr("TCA_FLOWER_KEY_CT_STATE", 91, ctState),
  keyCtStateMask: attr("TCA_FLOWER_KEY_CT_STATE_MASK", 92, ctState),
  keyCtZone: attr("TCA_FLOWER_KEY_CT_ZONE", 93, u16),
  keyCtZoneMask: attr("TCA_FLOWER_KEY_CT_ZONE_MASK", 94, u16),
  keyCtMark: attr("TCA_FLOWER_KEY_CT_MARK", 95, u32),
  keyCtMarkMask: attr("TCA_FLOWER_KEY_CT_MARK_MASK", 96, u32),
  keyCtLabels: attr("TCA_FLOWER_KEY_CT_LABELS", 97, bytesOf(16)),
  keyCtLabelsMask: attr("TCA_FLOWER_KEY_CT_LABELS_MASK", 98, bytesOf(16)),
  keyMplsOpts: attr("TCA_FLOWER_KEY_MPLS_OPTS", 99, mplsOpts),
  /** Of the packet. */
  keyHash: attr("TCA_FLOWER_KEY_HASH", 100, u32),
  keyHashMask: attr("TCA_FLOWER_KEY_HASH_MASK", 101, u32),
  keyNumOfVlans: attr("TCA_FLOWER_KEY_NUM_OF_VLANS", 102, u8),
  keyPppoeSid: attr("TCA_FLOWER_KEY_PPPOE_SID", 103, be16),
  keyPppProto: attr("TCA_FLOWER_KEY_PPP_PROTO", 104, be16),
  keyL2tpv3Sid: attr("TCA_FLOWER_KEY_L2TPV3_SID", 105, be32),
  l2Miss: attr("TCA_FLOWER_L2_MISS", 106, u8),
  keyCfm: attr("TCA_FLOWER_KEY_CFM", 107, flowerKeyCfmAttrs),
  keySpi: attr("TCA_FLOWER_KEY_SPI", 108, be32),
  keySpiMask: attr("TCA_FLOWER_KEY_SPI_MASK", 109, be32),
  keyEncFlags: attr("TCA_FLOWER_KEY_ENC_FLAGS", 110, controlFlags),
  keyEncFlagsMask: attr("TCA_FLOWER_KEY_ENC_FLAGS_MASK", 111, controlFlags),
}));

/** Fields of a packet, each with its mask; ports and EtherTypes are in network byte order on the wire (tc-flower(8)). */
export interface FlowerAttrs extends Infer<typeof set> {}
export const flower: AttributeSet<FlowerAttrs> = set;
