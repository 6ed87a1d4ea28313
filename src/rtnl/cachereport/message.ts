import { ip } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type Rtgenmsg, rtgenmsg } from "../nsid/message.ts";

const set = attributes("cachereport-attrs", () => ({
  /** IGMPMSG_* of linux/mroute.h, MRT6MSG_* of linux/mroute6.h. */
  msgtype: attr("IPMRA_CREPORT_MSGTYPE", 1, u8),
  /** Number of the virtual interface that the packet came in by. */
  vifId: attr("IPMRA_CREPORT_VIF_ID", 2, u32),
  srcAddr: attr("IPMRA_CREPORT_SRC_ADDR", 3, ip),
  dstAddr: attr("IPMRA_CREPORT_DST_ADDR", 4, ip),
  /** The packet, or its beginning. */
  pkt: attr("IPMRA_CREPORT_PKT", 5, bytes),
  /** Table; IPv4 alone. */
  table: attr("IPMRA_CREPORT_TABLE", 6, u32),
}));
export interface CachereportAttrs extends Infer<typeof set> {}
export const cachereportAttrs: AttributeSet<CachereportAttrs> = set;

/** A packet that no multicast route matched: struct rtgenmsg and IPMRA_CREPORT_*, IPv6's of the same numbers. */
export interface Cachereport extends Rtgenmsg, CachereportAttrs {
  trailing?: Uint8Array;
}
export const cachereportMessage: Message<Cachereport> = message(
  "cachereport",
  rtgenmsg,
  cachereportAttrs,
) as Message<Cachereport>;
