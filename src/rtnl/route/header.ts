import { enumeration, flags, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { rtScope } from "../scope.ts";

const types = {
  unspec: 0,
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
  throw: 9,
  nat: 10,
  xresolve: 11,
} as const;
/** RTN_* (linux/rtnetlink.h): what happens to a packet that the route matches. */
export type RtmType = NameOf<typeof types>;
export const rtmType: NamedShape<RtmType> = enumeration(u8, "RTN_", types);

const protocols = {
  unspec: 0,
  redirect: 1,
  kernel: 2,
  boot: 3,
  static: 4,
  gated: 8,
  ra: 9,
  mrt: 10,
  zebra: 11,
  bird: 12,
  dnrouted: 13,
  xorp: 14,
  ntk: 15,
  dhcp: 16,
  mrouted: 17,
  keepalived: 18,
  babel: 42,
  ovn: 84,
  openr: 99,
  bgp: 186,
  isis: 187,
  ospf: 188,
  rip: 189,
  eigrp: 192,
} as const;
/** RTPROT_* (linux/rtnetlink.h): who made the route. */
export type RtProtocol = NameOf<typeof protocols>;
export const rtProtocol: NamedShape<RtProtocol> = enumeration(u8, "RTPROT_", protocols);

const flagNames = {
  dead: [0x1, "RTNH_F_DEAD"],
  pervasive: [0x2, "RTNH_F_PERVASIVE"],
  onlink: [0x4, "RTNH_F_ONLINK"],
  "nh-offload": [0x8, "RTNH_F_OFFLOAD"],
  linkdown: [0x10, "RTNH_F_LINKDOWN"],
  unresolved: [0x20, "RTNH_F_UNRESOLVED"],
  "nh-trap": [0x40, "RTNH_F_TRAP"],
  notify: 0x100,
  cloned: 0x200,
  equalize: 0x400,
  prefix: 0x800,
  "lookup-table": 0x1000,
  "fib-match": 0x2000,
  offload: 0x4000,
  trap: 0x8000,
  "offload-failed": 0x20000000,
} as const;
/** RTM_F_* for the route, RTNH_F_* for its single next hop (linux/rtnetlink.h). */
export type RtmFlag = NameOf<typeof flagNames>;
export const rtmFlags: NamedShape<readonly RtmFlag[]> = flags(u32, "RTM_F_", flagNames);

const header = struct("rtmsg", {
  rtmFamily: addressFamily,
  /** Prefix length of `dst`, bits. */
  rtmDstLen: u8,
  /** Prefix length of `src`, bits. */
  rtmSrcLen: u8,
  rtmTos: u8,
  /** Table, where it is below 256; the attribute `table` has all of it. */
  rtmTable: u8,
  rtmProtocol: rtProtocol,
  rtmScope: rtScope,
  rtmType: rtmType,
  rtmFlags: rtmFlags,
});

/** struct rtmsg (linux/rtnetlink.h), 12 bytes. */
export interface Rtmsg extends Infer<typeof header> {}
export const rtmsg: StructShape<Rtmsg> = header;
