import { ip } from "../../netlink/codec/address.ts";
import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { s32, u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { structThen } from "../../netlink/codec/struct-then.ts";
import { rtProtocol } from "../route/header.ts";
import { type BrPortMsg, brMdbEntry, brPortMsg, groupMode } from "./entry.ts";
import { mdbRouter } from "./router.ts";

const timer = withUnit(u32, "1/100 s");

const sources = attributes("mdba-srclist-attrs", () => ({
  entry: attr(
    "MDBA_MDB_SRCLIST_ENTRY",
    1,
    multi(
      attributes("mdba-srcattrs", () => ({
        address: attr("MDBA_MDB_SRCATTR_ADDRESS", 1, ip),
        timer: attr("MDBA_MDB_SRCATTR_TIMER", 2, timer),
      })),
    ),
  ),
}));

const eattrs = attributes("mdba-eattrs", () => ({
  timer: attr("MDBA_MDB_EATTR_TIMER", 1, timer),
  srcList: attr("MDBA_MDB_EATTR_SRC_LIST", 2, sources),
  groupMode: attr("MDBA_MDB_EATTR_GROUP_MODE", 3, groupMode),
  source: attr("MDBA_MDB_EATTR_SOURCE", 4, ip),
  /** Who made the entry. */
  rtprot: attr("MDBA_MDB_EATTR_RTPROT", 5, rtProtocol),
  /** Of a VXLAN: where it sends to. */
  dst: attr("MDBA_MDB_EATTR_DST", 6, ip),
  /** UDP port, in the host's byte order. */
  dstPort: attr("MDBA_MDB_EATTR_DST_PORT", 7, u16),
  vni: attr("MDBA_MDB_EATTR_VNI", 8, u32),
  /** Index of the link to send over. */
  ifindex: attr("MDBA_MDB_EATTR_IFINDEX", 9, u32),
  srcVni: attr("MDBA_MDB_EATTR_SRC_VNI", 10, u32),
}));
export interface MdbEattrs extends Infer<typeof eattrs> {}
export const mdbEattrs: AttributeSet<MdbEattrs> = eattrs;

const entry = attributes("mdba-entry-attrs", () => ({
  /** One for each port. */
  info: attr("MDBA_MDB_ENTRY_INFO", 1, multi(structThen(brMdbEntry, "attrs", mdbEattrs))),
}));

const set = attributes("mdba-attrs", () => ({
  mdb: attr(
    "MDBA_MDB",
    1,
    attributes("mdba-mdb-attrs", () => ({ entry: attr("MDBA_MDB_ENTRY", 1, multi(entry)) })),
  ),
  router: attr("MDBA_ROUTER", 2, mdbRouter),
}));
export interface MdbAttrs extends Infer<typeof set> {}
export const mdbAttrs: AttributeSet<MdbAttrs> = set;

/** What the kernel tells of a multicast database: struct br_port_msg and MDBA_* (linux/if_bridge.h, bridge(8)). */
export interface Mdb extends BrPortMsg, MdbAttrs {
  trailing?: Uint8Array;
}
export const mdbMessage: Message<Mdb> = message("mdb", brPortMsg, mdbAttrs) as Message<Mdb>;

const sourceList = attributes("mdbe-src-list-attrs", () => ({
  entry: attr(
    "MDBE_SRC_LIST_ENTRY",
    1,
    multi(attributes("mdbe-src-attrs", () => ({ address: attr("MDBE_SRCATTR_ADDRESS", 1, ip) }))),
  ),
}));

const mdbe = attributes("mdbe-attrs", () => ({
  source: attr("MDBE_ATTR_SOURCE", 1, ip),
  srcList: attr("MDBE_ATTR_SRC_LIST", 2, sourceList),
  groupMode: attr("MDBE_ATTR_GROUP_MODE", 3, groupMode),
  rtprot: attr("MDBE_ATTR_RTPROT", 4, rtProtocol),
  dst: attr("MDBE_ATTR_DST", 5, ip),
  /** UDP port, in the host's byte order. */
  dstPort: attr("MDBE_ATTR_DST_PORT", 6, u16),
  vni: attr("MDBE_ATTR_VNI", 7, u32),
  ifindex: attr("MDBE_ATTR_IFINDEX", 8, s32),
  srcVni: attr("MDBE_ATTR_SRC_VNI", 9, u32),
  /** In a bulk deletion: whether the entry's state counts. */
  stateMask: attr("MDBE_ATTR_STATE_MASK", 10, u8),
}));
export interface MdbeAttrs extends Infer<typeof mdbe> {}
export const mdbeAttrs: AttributeSet<MdbeAttrs> = mdbe;

const setSet = attributes("mdba-set-attrs", () => ({
  entry: attr("MDBA_SET_ENTRY", 1, brMdbEntry),
  attrs: attr("MDBA_SET_ENTRY_ATTRS", 2, mdbeAttrs),
}));
export interface MdbSetAttrs extends Infer<typeof setSet> {}
export const mdbSetAttrs: AttributeSet<MdbSetAttrs> = setSet;

/** What is asked of a multicast database in RTM_NEWMDB and RTM_DELMDB: MDBA_SET_*, of the same numbers as MDBA_*. */
export interface MdbSet extends BrPortMsg, MdbSetAttrs {
  trailing?: Uint8Array;
}
export const mdbSetMessage: Message<MdbSet> = message("mdb-set", brPortMsg, mdbSetAttrs) as Message<MdbSet>;

const getSet = attributes("mdba-get-attrs", () => ({
  entry: attr("MDBA_GET_ENTRY", 1, brMdbEntry),
  attrs: attr("MDBA_GET_ENTRY_ATTRS", 2, mdbeAttrs),
}));
export interface MdbGetAttrs extends Infer<typeof getSet> {}
export const mdbGetAttrs: AttributeSet<MdbGetAttrs> = getSet;

/** The same of RTM_GETMDB (kernel 6.8). */
export interface MdbGet extends BrPortMsg, MdbGetAttrs {
  trailing?: Uint8Array;
}
export const mdbGetMessage: Message<MdbGet> = message("mdb-get", brPortMsg, mdbGetAttrs) as Message<MdbGet>;
