import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u8 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const commands = enumeration(u8, "DCB_CMD_", {
  undefined: 0,
  gstate: 1,
  sstate: 2,
  "pgtx-gcfg": 3,
  "pgtx-scfg": 4,
  "pgrx-gcfg": 5,
  "pgrx-scfg": 6,
  "pfc-gcfg": 7,
  "pfc-scfg": 8,
  "set-all": 9,
  "gperm-hwaddr": 10,
  gcap: 11,
  gnumtcs: 12,
  snumtcs: 13,
  "pfc-gstate": 14,
  "pfc-sstate": 15,
  "bcn-gcfg": 16,
  "bcn-scfg": 17,
  gapp: 18,
  sapp: 19,
  "ieee-set": 20,
  "ieee-get": 21,
  gdcbx: 22,
  sdcbx: 23,
  gfeatcfg: 24,
  sfeatcfg: 25,
  "cee-get": 26,
  "ieee-del": 27,
});

const header = struct("dcbmsg", {
  dcbFamily: addressFamily,
  /** What is asked for. */
  cmd: commands,
  dcbPad: pad(2),
});

/** struct dcbmsg (linux/dcbnl.h), 4 bytes. */
export interface Dcbmsg extends Infer<typeof header> {}
export const dcbmsg: StructShape<Dcbmsg> = header;

const dcbx = flags(u8, "DCB_CAP_DCBX_", {
  host: 1,
  "lld-managed": 2,
  "ver-cee": 4,
  "ver-ieee": 8,
  static: 16,
});

/** The nests inside are left as bytes: DCB is told by its header here. */
const set = attributes("dcb-attrs", () => ({
  ifname: attr("DCB_ATTR_IFNAME", 1, string),
  state: attr("DCB_ATTR_STATE", 2, u8),
  pfcState: attr("DCB_ATTR_PFC_STATE", 3, u8),
  pfcCfg: attr("DCB_ATTR_PFC_CFG", 4, bytes),
  numTc: attr("DCB_ATTR_NUM_TC", 5, u8),
  pgCfg: attr("DCB_ATTR_PG_CFG", 6, bytes),
  setAll: attr("DCB_ATTR_SET_ALL", 7, u8),
  permHwaddr: attr("DCB_ATTR_PERM_HWADDR", 8, bytes),
  cap: attr("DCB_ATTR_CAP", 9, bytes),
  numtcs: attr("DCB_ATTR_NUMTCS", 10, bytes),
  bcn: attr("DCB_ATTR_BCN", 11, bytes),
  app: attr("DCB_ATTR_APP", 12, bytes),
  ieee: attr("DCB_ATTR_IEEE", 13, bytes),
  dcbx: attr("DCB_ATTR_DCBX", 14, dcbx),
  featcfg: attr("DCB_ATTR_FEATCFG", 15, bytes),
  cee: attr("DCB_ATTR_CEE", 16, bytes),
}));
export interface DcbAttrs extends Infer<typeof set> {}
export const dcbAttrs: AttributeSet<DcbAttrs> = set;

/** Data center bridging (linux/dcbnl.h, dcb(8)): struct dcbmsg and DCB_ATTR_*. */
export interface Dcb extends Dcbmsg, DcbAttrs {
  trailing?: Uint8Array;
}
export const dcbMessage: Message<Dcb> = message("dcb", dcbmsg, dcbAttrs) as Message<Dcb>;
