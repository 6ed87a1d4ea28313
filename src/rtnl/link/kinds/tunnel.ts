/** What several kinds of tunnels have in common (linux/if_tunnel.h, linux/ip6_tunnel.h). */
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { be16, u8, u16, u32 } from "../../../netlink/codec/integer.ts";

/** UDP encapsulation: foo over UDP, or generic UDP encapsulation. */
export const tunnelEncap = enumeration(u16, "TUNNEL_ENCAP_", { none: 0, fou: 1, gue: 2, mpls: 3 });

export const tunnelEncapFlags = flags(u16, "TUNNEL_ENCAP_FLAG_", { csum: 1, csum6: 2, remcsum: 4 });

/** Bits of a GRE header, network byte order on the wire. */
export const greFlags = flags(be16, "GRE_", {
  csum: 0x8000,
  routing: 0x4000,
  key: 0x2000,
  seq: 0x1000,
  strict: 0x0800,
});

/** The last three are the kernel's own findings: what the tunnel's addresses allow. */
export const ip6tnlFlags = flags(u32, "IP6_TNL_F_", {
  "ign-encap-limit": 0x1,
  "use-orig-tclass": 0x2,
  "use-orig-flowlabel": 0x4,
  "mip6-dev": 0x8,
  "rcv-dscp-copy": 0x10,
  "use-orig-fwmark": 0x20,
  "allow-local-remote": 0x40,
  "cap-xmit": 0x10000,
  "cap-rcv": 0x20000,
  "cap-per-packet": 0x40000,
});

/** What the tunnel carries; `ip`, which is 0, stands for any. */
export const innerProtocol = enumeration(u8, "IPPROTO_", { ip: 0, ipip: 4, ipv6: 41, mpls: 137 });
