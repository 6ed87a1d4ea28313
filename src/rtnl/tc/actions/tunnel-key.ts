import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { bytes, flag } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import type { StructShape } from "../../../netlink/codec/struct.ts";
import { tunnelOptions } from "../../tunnel-options.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const encOpts = attributes("tca-tunnel-key-enc-opts-attrs", () =>
  tunnelOptions("tca-tunnel-key-enc", "TCA_TUNNEL_KEY_ENC"),
);

const tcTunnelKeyStruct = partialStruct("tc-tunnel-key", {
  ...generic,
  tAction: enumeration(u32, "TCA_TUNNEL_KEY_ACT_", { set: 1, release: 2 }),
});

/** struct tc_tunnel_key. */
export interface TcTunnelKey extends Infer<typeof tcTunnelKeyStruct> {}
export const tcTunnelKey: StructShape<TcTunnelKey> = tcTunnelKeyStruct;

const set = attributes("act-tunnel-key-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_TUNNEL_KEY_TM", 1, tcfT),
  parms: attr("TCA_TUNNEL_KEY_PARMS", 2, tcTunnelKey),
  encIpv4Src: attr("TCA_TUNNEL_KEY_ENC_IPV4_SRC", 3, ipv4),
  encIpv4Dst: attr("TCA_TUNNEL_KEY_ENC_IPV4_DST", 4, ipv4),
  encIpv6Src: attr("TCA_TUNNEL_KEY_ENC_IPV6_SRC", 5, ipv6),
  encIpv6Dst: attr("TCA_TUNNEL_KEY_ENC_IPV6_DST", 6, ipv6),
  /** Tunnel id: 32 bits, whatever the spec says. */
  encKeyId: attr("TCA_TUNNEL_KEY_ENC_KEY_ID", 7, be32),
  pad: attr("TCA_TUNNEL_KEY_PAD", 8, bytes),
  encDstPort: attr("TCA_TUNNEL_KEY_ENC_DST_PORT", 9, be16),
  noCsum: attr("TCA_TUNNEL_KEY_NO_CSUM", 10, bool8),
  encOpts: attr("TCA_TUNNEL_KEY_ENC_OPTS", 11, encOpts),
  encTos: attr("TCA_TUNNEL_KEY_ENC_TOS", 12, u8),
  encTtl: attr("TCA_TUNNEL_KEY_ENC_TTL", 13, u8),
  noFrag: attr("TCA_TUNNEL_KEY_NO_FRAG", 14, flag),
}));

/** Sets or takes off the parameters of a tunnel (tc-tunnel_key(8)). */
export interface TunnelKeyAttrs extends Infer<typeof set> {}
export const tunnelKey: AttributeSet<TunnelKeyAttrs> = set;
