import { arrayOf } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { cookie, skMeminfo, socketType } from "../common.ts";
import { socketFamily } from "../family.ts";

const request = struct("netlink_diag_req", {
  sdiagFamily: socketFamily,
  /** NETLINK_ROUTE …; NDIAG_PROTO_ALL, 255, for all. */
  sdiagProtocol: u8,
  pad: pad(2),
  ndiagIno: u32,
  ndiagShow: flags(u32, "NDIAG_SHOW_", { meminfo: 1, groups: 2, "ring-cfg": 4, flags: 8 }),
  ndiagCookie: cookie,
});

const header = struct("netlink_diag_msg", {
  ndiagFamily: socketFamily,
  ndiagType: socketType,
  /** NETLINK_ROUTE …. */
  ndiagProtocol: u8,
  /** 1 where it is connected. */
  ndiagState: u8,
  ndiagPortid: u32,
  ndiagDstPortid: u32,
  ndiagDstGroup: u32,
  ndiagIno: u32,
  ndiagCookie: cookie,
});

const ring = struct("netlink_diag_ring", {
  ndrBlockSize: u32,
  ndrBlockNr: u32,
  ndrFrameSize: u32,
  ndrFrameNr: u32,
});

const set = attributes("netlink-diag-attrs", () => ({
  meminfo: attr("NETLINK_DIAG_MEMINFO", 0, skMeminfo),
  /** Bit n-1 is group n, in words of the machine's size. */
  groups: attr("NETLINK_DIAG_GROUPS", 1, arrayOf(u32)),
  rxRing: attr("NETLINK_DIAG_RX_RING", 2, ring),
  txRing: attr("NETLINK_DIAG_TX_RING", 3, ring),
  flags: attr(
    "NETLINK_DIAG_FLAGS",
    4,
    flags(u32, "NDIAG_FLAG_", {
      "cb-running": 1,
      pktinfo: 2,
      "broadcast-error": 4,
      "no-enobufs": 8,
      "listen-all-nsid": 16,
      "cap-ack": 32,
    }),
  ),
}));
export interface NetlinkDiagAttrs extends Infer<typeof set> {}
const netlinkDiagAttrs: AttributeSet<NetlinkDiagAttrs> = set;

/** A netlink socket: struct netlink_diag_msg and attributes (linux/netlink_diag.h). */
export interface NetlinkSocket extends Infer<typeof header>, NetlinkDiagAttrs {
  trailing?: Uint8Array;
}
export const netlinkSocketMessage: Message<NetlinkSocket> = message(
  "netlink socket",
  header,
  netlinkDiagAttrs,
) as unknown as Message<NetlinkSocket>;

/** Which netlink sockets are asked for: struct netlink_diag_req. */
export interface NetlinkSocketRequest extends Infer<typeof request> {}
export const netlinkRequestMessage: Message<NetlinkSocketRequest> = message(
  "netlink request",
  request,
  attributes("netlink-diag-req-attrs", () => ({})),
) as unknown as Message<NetlinkSocketRequest>;
