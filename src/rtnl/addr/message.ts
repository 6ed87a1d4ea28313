import { ip, ipv4 } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { s32, u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { stringOf } from "../../netlink/codec/string.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { rtScope } from "../scope.ts";

const ifaFlags = {
  secondary: 0x1,
  nodad: 0x2,
  optimistic: 0x4,
  dadfailed: 0x8,
  homeaddress: 0x10,
  deprecated: 0x20,
  tentative: 0x40,
  permanent: 0x80,
  managetempaddr: 0x100,
  noprefixroute: 0x200,
  mcautojoin: 0x400,
  "stable-privacy": 0x800,
} as const;

const header = struct("ifaddrmsg", {
  ifaFamily: addressFamily,
  ifaPrefixlen: u8,
  /** The low eight bits; all of them are in the attribute `flags`. */
  ifaFlags: flags(u8, "IFA_F_", ifaFlags),
  ifaScope: rtScope,
  /** Index of the link. */
  ifaIndex: u32,
});

/** struct ifaddrmsg (linux/if_addr.h), 8 bytes. */
export interface Ifaddrmsg extends Infer<typeof header> {}
export const ifaddrmsg: StructShape<Ifaddrmsg> = header;

const seconds = withUnit(u32, "s") as typeof u32;
const hundredths = withUnit(u32, "1/100 s") as typeof u32;

const cacheinfo = struct("ifa-cacheinfo", {
  /** 0xffffffff is for ever. */
  ifaPrefered: seconds,
  ifaValid: seconds,
  cstamp: hundredths,
  tstamp: hundredths,
});

/** struct ifa_cacheinfo (linux/if_addr.h): lifetimes, and since boot when it was made and changed. */
export interface IfaCacheinfo extends Infer<typeof cacheinfo> {}

const set = attributes("addr-attrs", () => ({
  /** The address; of a point-to-point link the other end's, and `local` is this one's. */
  address: attr("IFA_ADDRESS", 1, ip),
  local: attr("IFA_LOCAL", 2, ip),
  /** Name of the address, begins with the link's. */
  label: attr("IFA_LABEL", 3, stringOf(15)),
  broadcast: attr("IFA_BROADCAST", 4, ipv4),
  anycast: attr("IFA_ANYCAST", 5, ip),
  cacheinfo: attr("IFA_CACHEINFO", 6, cacheinfo),
  multicast: attr("IFA_MULTICAST", 7, ip),
  flags: attr("IFA_FLAGS", 8, flags(u32, "IFA_F_", ifaFlags)),
  /** Metric of the prefix route. */
  rtPriority: attr("IFA_RT_PRIORITY", 9, u32),
  targetNetnsid: attr("IFA_TARGET_NETNSID", 10, s32),
  /** Who set it. */
  proto: attr(
    "IFA_PROTO",
    11,
    enumeration(u8, "IFAPROT_", { unspec: 0, "kernel-lo": 1, "kernel-ra": 2, "kernel-ll": 3 }),
  ),
  mcUsers: attr("IFA_MC_USERS", 12, u32),
}));

export interface AddrAttrs extends Infer<typeof set> {}
export const addrAttrs: AttributeSet<AddrAttrs> = set;

/** An address of a link: struct ifaddrmsg and its attributes (rtnetlink(7), linux/if_addr.h). */
export interface Addr extends Ifaddrmsg, AddrAttrs {
  trailing?: Uint8Array;
}
export const addrMessage: Message<Addr> = message("addr", ifaddrmsg, addrAttrs) as Message<Addr>;
