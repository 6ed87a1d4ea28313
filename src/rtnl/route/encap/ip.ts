import { ipv4 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { be64, u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tunnelOpts } from "./opts.ts";
import { tunnelFlags } from "./tunnel-flags.ts";

const set = attributes("lwtunnel-ip-attrs", () => ({
  /** Tunnel id: a VXLAN's VNI, a GRE key. */
  id: attr("LWTUNNEL_IP_ID", 1, be64),
  dst: attr("LWTUNNEL_IP_DST", 2, ipv4),
  src: attr("LWTUNNEL_IP_SRC", 3, ipv4),
  ttl: attr("LWTUNNEL_IP_TTL", 4, u8),
  tos: attr("LWTUNNEL_IP_TOS", 5, u8),
  flags: attr("LWTUNNEL_IP_FLAGS", 6, tunnelFlags),
  pad: attr("LWTUNNEL_IP_PAD", 7, bytes),
  opts: attr("LWTUNNEL_IP_OPTS", 8, tunnelOpts),
}));

/** What a link in collect-metadata mode puts into the header of its IPv4 tunnel (linux/lwtunnel.h). */
export interface IpEncap extends Infer<typeof set> {}
export const ipEncap: AttributeSet<IpEncap> = set;
