import { pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { s32, u16, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

/** IFF_* (linux/if.h, netdevice(7)) */
export const ifinfoFlags = flags(u32, "IFF_", {
  up: 0x1,
  broadcast: 0x2,
  debug: 0x4,
  loopback: 0x8,
  "point-to-point": [0x10, "IFF_POINTOPOINT"],
  "no-trailers": [0x20, "IFF_NOTRAILERS"],
  running: 0x40,
  "no-arp": [0x80, "IFF_NOARP"],
  promisc: 0x100,
  "all-multi": [0x200, "IFF_ALLMULTI"],
  master: 0x400,
  slave: 0x800,
  multicast: 0x1000,
  portsel: 0x2000,
  "auto-media": [0x4000, "IFF_AUTOMEDIA"],
  dynamic: 0x8000,
  "lower-up": 0x10000,
  dormant: 0x20000,
  echo: 0x40000,
});

/** ARPHRD_* (linux/if_arp.h): what kind of hardware address a link has. */
export const arphrd = enumeration(u16, "ARPHRD_", {
  netrom: 0,
  ether: 1,
  eether: 2,
  ax25: 3,
  pronet: 4,
  chaos: 5,
  ieee802: 6,
  arcnet: 7,
  appletlk: 8,
  dlci: 15,
  atm: 19,
  metricom: 23,
  ieee1394: 24,
  eui64: 27,
  infiniband: 32,
  slip: 256,
  cslip: 257,
  slip6: 258,
  cslip6: 259,
  rsrvd: 260,
  adapt: 264,
  rose: 270,
  x25: 271,
  hwx25: 272,
  can: 280,
  mctp: 290,
  ppp: 512,
  cisco: 513,
  lapb: 516,
  ddcmp: 517,
  rawhdlc: 518,
  rawip: 519,
  tunnel: 768,
  tunnel6: 769,
  frad: 770,
  skip: 771,
  loopback: 772,
  localtlk: 773,
  fddi: 774,
  bif: 775,
  sit: 776,
  ipddp: 777,
  ipgre: 778,
  pimreg: 779,
  hippi: 780,
  ash: 781,
  econet: 782,
  irda: 783,
  fcpp: 784,
  fcal: 785,
  fcpl: 786,
  fcfabric: 787,
  "ieee802-tr": 800,
  ieee80211: 801,
  "ieee80211-prism": 802,
  "ieee80211-radiotap": 803,
  ieee802154: 804,
  "ieee802154-monitor": 805,
  phonet: 820,
  "phonet-pipe": 821,
  caif: 822,
  ip6gre: 823,
  netlink: 824,
  "6lowpan": 825,
  vsockmon: 826,
  void: 0xffff,
  none: 0xfffe,
});

const header = struct("ifinfomsg", {
  ifiFamily: addressFamily,
  pad: pad(1),
  /** Hardware type. */
  ifiType: arphrd,
  /** Interface index. */
  ifiIndex: s32,
  ifiFlags: ifinfoFlags,
  /** Which of the flags are meant. */
  ifiChange: ifinfoFlags,
});

/** struct ifinfomsg (linux/rtnetlink.h), 16 bytes. */
export interface Ifinfomsg extends Infer<typeof header> {}
export const ifinfomsg: StructShape<Ifinfomsg> = header;
