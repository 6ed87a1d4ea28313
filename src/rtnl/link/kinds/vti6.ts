import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { be32, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-vti6-attrs", () => ({
  /** Index of the lower link. */
  link: attr("IFLA_VTI_LINK", 1, u32),
  /** Mark of packets that come in; network byte order on the wire; `ip -j` prints it in dotted form. */
  ikey: attr("IFLA_VTI_IKEY", 2, be32),
  /** Mark of packets that go out; network byte order on the wire; `ip -j` prints it in dotted form. */
  okey: attr("IFLA_VTI_OKEY", 3, be32),
  /** Source address. */
  local: attr("IFLA_VTI_LOCAL", 4, ipv6),
  /** Far end. */
  remote: attr("IFLA_VTI_REMOTE", 5, ipv6),
  fwmark: attr("IFLA_VTI_FWMARK", 6, u32),
}));

/** Options of a vti6 link, a tunnel for IPsec over IPv6 (linux/if_tunnel.h IFLA_VTI_*, ip-link(8)). */
export interface Vti6Attrs extends Infer<typeof set> {}
export const vti6: AttributeSet<Vti6Attrs> = set;
