import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { u8 } from "../netlink/codec/integer.ts";

const protocols = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  dccp: 33,
  gre: 47,
  icmpv6: 58,
  sctp: 132,
  udplite: 136,
} as const;
/** IPPROTO_* (linux/in.h): the protocols that connection tracking knows. */
export type Ipproto = NameOf<typeof protocols>;
export const ipproto: NamedShape<Ipproto> = enumeration(u8, "IPPROTO_", protocols);
