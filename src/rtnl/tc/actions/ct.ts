import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, bytesOf } from "../../../netlink/codec/bytes.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import { be16, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-ct-attrs", () => ({
  parms: attr("TCA_CT_PARMS", 1, tcGact),
  /** Ages. */
  tm: attr("TCA_CT_TM", 2, tcfT),
  action: attr(
    "TCA_CT_ACTION",
    3,
    flags(u16, "TCA_CT_ACT_", { commit: 1, force: 2, clear: 4, nat: 8, "nat-src": 16, "nat-dst": 32 }),
  ),
  zone: attr("TCA_CT_ZONE", 4, u16),
  mark: attr("TCA_CT_MARK", 5, u32),
  markMask: attr("TCA_CT_MARK_MASK", 6, u32),
  labels: attr("TCA_CT_LABELS", 7, bytesOf(16)),
  labelsMask: attr("TCA_CT_LABELS_MASK", 8, bytesOf(16)),
  natIpv4Min: attr("TCA_CT_NAT_IPV4_MIN", 9, ipv4),
  natIpv4Max: attr("TCA_CT_NAT_IPV4_MAX", 10, ipv4),
  natIpv6Min: attr("TCA_CT_NAT_IPV6_MIN", 11, ipv6),
  natIpv6Max: attr("TCA_CT_NAT_IPV6_MAX", 12, ipv6),
  natPortMin: attr("TCA_CT_NAT_PORT_MIN", 13, be16),
  natPortMax: attr("TCA_CT_NAT_PORT_MAX", 14, be16),
  pad: attr("TCA_CT_PAD", 15, bytes),
  helperName: attr("TCA_CT_HELPER_NAME", 16, string),
  /** AF_*. */
  helperFamily: attr("TCA_CT_HELPER_FAMILY", 17, u8),
  /** IPPROTO_*. */
  helperProto: attr("TCA_CT_HELPER_PROTO", 18, u8),
}));

/** Sends packets through connection tracking (tc-ct(8)). */
export interface CtAttrs extends Infer<typeof set> {}
export const ct: AttributeSet<CtAttrs> = set;
