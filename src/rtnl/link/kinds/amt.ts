import { ipv4 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-amt-attrs", () => ({
  mode: attr("IFLA_AMT_MODE", 1, enumeration(u32, "AMT_MODE_", { gateway: 0, relay: 1 })),
  /** UDP port, network byte order on the wire; IANA's is 2268. */
  relayPort: attr("IFLA_AMT_RELAY_PORT", 2, be16),
  /** UDP port, network byte order on the wire. */
  gatewayPort: attr("IFLA_AMT_GATEWAY_PORT", 3, be16),
  /** Index of the lower link. */
  link: attr("IFLA_AMT_LINK", 4, u32),
  localIp: attr("IFLA_AMT_LOCAL_IP", 5, ipv4),
  /** The relay that a gateway found; only reported. */
  remoteIp: attr("IFLA_AMT_REMOTE_IP", 6, ipv4),
  /** Where a gateway looks for a relay. */
  discoveryIp: attr("IFLA_AMT_DISCOVERY_IP", 7, ipv4),
  /** Of a relay. */
  maxTunnels: attr("IFLA_AMT_MAX_TUNNELS", 8, u32),
}));

/** Options of automatic multicast tunneling (linux/amt.h IFLA_AMT_*, RFC 7450, ip-link(8)). */
export interface AmtAttrs extends Infer<typeof set> {}
export const amt: AttributeSet<AmtAttrs> = set;
