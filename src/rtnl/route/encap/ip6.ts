import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { be64, u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tunnelOpts } from "./opts.ts";
import { tunnelFlags } from "./tunnel-flags.ts";

const set = attributes("lwtunnel-ip6-attrs", () => ({
  /** Tunnel id: a VXLAN's VNI, a GRE key. */
  id: attr("LWTUNNEL_IP6_ID", 1, be64),
  dst: attr("LWTUNNEL_IP6_DST", 2, ipv6),
  src: attr("LWTUNNEL_IP6_SRC", 3, ipv6),
  hoplimit: attr("LWTUNNEL_IP6_HOPLIMIT", 4, u8),
  /** Traffic class. */
  tc: attr("LWTUNNEL_IP6_TC", 5, u8),
  flags: attr("LWTUNNEL_IP6_FLAGS", 6, tunnelFlags),
  pad: attr("LWTUNNEL_IP6_PAD", 7, bytes),
  opts: attr("LWTUNNEL_IP6_OPTS", 8, tunnelOpts),
}));

/** What a link in collect-metadata mode puts into the header of its IPv6 tunnel (linux/lwtunnel.h). */
export interface Ip6Encap extends Infer<typeof set> {}
export const ip6Encap: AttributeSet<Ip6Encap> = set;
