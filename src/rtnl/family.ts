import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { u8, u16 } from "../netlink/codec/integer.ts";

const names = {
  unspec: 0,
  inet: 2,
  bridge: 7,
  inet6: 10,
  packet: 17,
  mpls: 28,
  mctp: 45,
  ipmr: [128, "RTNL_FAMILY_IPMR"],
  ip6mr: [129, "RTNL_FAMILY_IP6MR"],
} as const;

/** An address family (sys/socket.h), as rtnetlink headers carry it. */
export type AddressFamily = NameOf<typeof names>;

export const addressFamily: NamedShape<AddressFamily> = enumeration(u8, "AF_", names);
/** The same in 16 bits: `sa_family_t`. */
export const addressFamily16: NamedShape<AddressFamily> = enumeration(u16, "AF_", names);
