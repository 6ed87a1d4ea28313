import { attributes, type Kept, opaqueAttributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { cookie, socketType } from "../common.ts";
import { socketFamily } from "../family.ts";

const request = struct("xdp_diag_req", {
  sdiagFamily: socketFamily,
  sdiagProtocol: u8,
  pad: pad(2),
  xdiagIno: u32,
  xdiagShow: u32,
  xdiagCookie: cookie,
});

const header = struct("xdp_diag_msg", {
  xdiagFamily: socketFamily,
  xdiagType: socketType,
  pad: pad(2),
  xdiagIno: u32,
  xdiagCookie: cookie,
});

/** An XDP socket: struct xdp_diag_msg (linux/xdp_diag.h); its attributes stay as they are. */
export interface XdpSocket extends Infer<typeof header>, Kept {
  trailing?: Uint8Array;
}
export const xdpSocketMessage: Message<XdpSocket> = message(
  "xdp socket",
  header,
  opaqueAttributes("xdp-diag-attrs"),
) as unknown as Message<XdpSocket>;

/** Which XDP sockets are asked for: struct xdp_diag_req. */
export interface XdpSocketRequest extends Infer<typeof request> {}
export const xdpRequestMessage: Message<XdpSocketRequest> = message(
  "xdp request",
  request,
  attributes("xdp-diag-req-attrs", () => ({})),
) as unknown as Message<XdpSocketRequest>;
