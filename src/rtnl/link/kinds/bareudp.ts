import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { flag } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

/** The names are iproute2's; any other number is an EtherType as well. */
const ethertype = enumeration(be16, "ETH_P_", { ip: 0x0800, ipv6: 0x86dd, mpls_uc: 0x8847, mpls_mc: 0x8848 });

const set = attributes("linkinfo-bareudp-attrs", () => ({
  /** UDP destination port, network byte order on the wire; must be given. */
  port: attr("IFLA_BAREUDP_PORT", 1, be16),
  /** EtherType of what it carries, network byte order on the wire; must be given. */
  ethertype: attr("IFLA_BAREUDP_ETHERTYPE", 2, ethertype),
  /** Lowest UDP source port, host byte order. */
  srcportMin: attr("IFLA_BAREUDP_SRCPORT_MIN", 3, u16),
  /** IPv6 beside IPv4, or multicast beside unicast MPLS. */
  multiprotoMode: attr("IFLA_BAREUDP_MULTIPROTO_MODE", 4, flag),
}));

/** Options of a bare UDP tunnel (linux/if_link.h IFLA_BAREUDP_*, the kernel's bareudp.rst, ip-link(8)). */
export interface BareudpAttrs extends Infer<typeof set> {}
export const bareudp: AttributeSet<BareudpAttrs> = set;
