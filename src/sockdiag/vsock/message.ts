import { attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { cookie, shutdown, socketState, socketStates, socketType } from "../common.ts";
import { socketFamily } from "../family.ts";

const request = struct("vsock_diag_req", {
  sdiagFamily: socketFamily,
  sdiagProtocol: u8,
  pad: pad(2),
  vdiagStates: socketStates,
  vdiagIno: u32,
  vdiagShow: u32,
  vdiagCookie: cookie,
});

const header = struct("vsock_diag_msg", {
  vdiagFamily: socketFamily,
  vdiagType: socketType,
  vdiagState: socketState,
  vdiagShutdown: shutdown,
  /** Of the machine: 2 is the host. */
  vdiagSrcCid: u32,
  vdiagSrcPort: u32,
  vdiagDstCid: u32,
  vdiagDstPort: u32,
  vdiagIno: u32,
  vdiagCookie: cookie,
});

/** A socket between a virtual machine and its host: struct vsock_diag_msg (linux/vm_sockets_diag.h). */
export interface VsockSocket extends Infer<typeof header> {}
export const vsockSocketMessage: Message<VsockSocket> = message(
  "vsock socket",
  header,
  attributes("vsock-diag-attrs", () => ({})),
) as unknown as Message<VsockSocket>;

/** Which of them are asked for: struct vsock_diag_req. */
export interface VsockSocketRequest extends Infer<typeof request> {}
export const vsockRequestMessage: Message<VsockSocketRequest> = message(
  "vsock request",
  request,
  attributes("vsock-diag-req-attrs", () => ({})),
) as unknown as Message<VsockSocketRequest>;
