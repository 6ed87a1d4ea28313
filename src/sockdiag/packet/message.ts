import { arrayOf } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytesOf, pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { cookie, milliseconds, skMeminfo, socketType } from "../common.ts";
import { socketFamily } from "../family.ts";

const request = struct("packet_diag_req", {
  sdiagFamily: socketFamily,
  sdiagProtocol: u8,
  pad: pad(2),
  pdiagIno: u32,
  pdiagShow: flags(u32, "PACKET_SHOW_", {
    info: 1,
    mclist: 2,
    "ring-cfg": 4,
    fanout: 8,
    meminfo: 16,
    filter: 32,
  }),
  pdiagCookie: cookie,
});

const header = struct("packet_diag_msg", {
  pdiagFamily: socketFamily,
  pdiagType: socketType,
  /** ETH_P_*. */
  pdiagNum: u16,
  pdiagIno: u32,
  pdiagCookie: cookie,
});

const info = struct("packet_diag_info", {
  /** Index of the link. */
  pdiIndex: u32,
  /** TPACKET_V1 0, V2 1, V3 2. */
  pdiVersion: u32,
  pdiReserve: u32,
  pdiCopyThresh: u32,
  pdiTstamp: u32,
  pdiFlags: flags(u32, "PDI_", { running: 1, auxdata: 2, origdev: 4, vnethdr: 8, loss: 16 }),
});

const member = struct("packet_diag_mclist", {
  pdmcIndex: u32,
  pdmcCount: u32,
  /** PACKET_MR_*. */
  pdmcType: u16,
  pdmcAlen: u16,
  pdmcAddr: bytesOf(32),
});

const ring = struct("packet_diag_ring", {
  pdrBlockSize: u32,
  pdrBlockNr: u32,
  pdrFrameSize: u32,
  pdrFrameNr: u32,
  pdrRetireTmo: milliseconds,
  pdrSizeofPriv: u32,
  pdrFeatures: u32,
});

const instruction = struct("sock_filter", { code: u16, jt: u8, jf: u8, k: u32 });

const set = attributes("packet-diag-attrs", () => ({
  info: attr("PACKET_DIAG_INFO", 0, info),
  mclist: attr("PACKET_DIAG_MCLIST", 1, arrayOf(member)),
  rxRing: attr("PACKET_DIAG_RX_RING", 2, ring),
  txRing: attr("PACKET_DIAG_TX_RING", 3, ring),
  /** Its group, and how it shares packets in the upper half. */
  fanout: attr("PACKET_DIAG_FANOUT", 4, u32),
  uid: attr("PACKET_DIAG_UID", 5, u32),
  meminfo: attr("PACKET_DIAG_MEMINFO", 6, skMeminfo),
  filter: attr("PACKET_DIAG_FILTER", 7, arrayOf(instruction)),
}));
export interface PacketDiagAttrs extends Infer<typeof set> {}
const packetDiagAttrs: AttributeSet<PacketDiagAttrs> = set;

/** A packet socket: struct packet_diag_msg and attributes (linux/packet_diag.h). */
export interface PacketSocket extends Infer<typeof header>, PacketDiagAttrs {
  trailing?: Uint8Array;
}
export const packetSocketMessage: Message<PacketSocket> = message(
  "packet socket",
  header,
  packetDiagAttrs,
) as unknown as Message<PacketSocket>;

/** Which packet sockets are asked for: struct packet_diag_req. */
export interface PacketSocketRequest extends Infer<typeof request> {}
export const packetRequestMessage: Message<PacketSocketRequest> = message(
  "packet request",
  request,
  attributes("packet-diag-req-attrs", () => ({})),
) as unknown as Message<PacketSocketRequest>;
