import { attributes, type Kept, opaqueAttributes } from "../netlink/codec/attributes.ts";
import { pad } from "../netlink/codec/bytes.ts";
import { u8, u32 } from "../netlink/codec/integer.ts";
import { type Message, message } from "../netlink/codec/message.ts";
import { type MessageBy, messageBy } from "../netlink/codec/message-by.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { struct } from "../netlink/codec/struct.ts";
import { byFamily, socketFamily } from "./family.ts";
import {
  type InetSocket,
  type InetSocketRequest,
  inetRequestMessages,
  inetSocketMessages,
  type OldInetSocketRequest,
  oldInetRequestMessages,
} from "./inet/message.ts";
import {
  type NetlinkSocket,
  type NetlinkSocketRequest,
  netlinkRequestMessage,
  netlinkSocketMessage,
} from "./netlink/message.ts";
import {
  type PacketSocket,
  type PacketSocketRequest,
  packetRequestMessage,
  packetSocketMessage,
} from "./packet/message.ts";
import {
  type UnixSocket,
  type UnixSocketRequest,
  unixRequestMessage,
  unixSocketMessage,
} from "./unix/message.ts";
import {
  type VsockSocket,
  type VsockSocketRequest,
  vsockRequestMessage,
  vsockSocketMessage,
} from "./vsock/message.ts";
import { type XdpSocket, type XdpSocketRequest, xdpRequestMessage, xdpSocketMessage } from "./xdp/message.ts";

const anyRequest = struct("sock_diag_req", { sdiagFamily: socketFamily, sdiagProtocol: u8, pad: pad(2) });
/** A request for the sockets of a family without a schema: struct sock_diag_req (linux/sock_diag.h). */
export interface OtherSocketRequest extends Infer<typeof anyRequest>, Kept {
  trailing?: Uint8Array;
}
const otherRequest: Message<OtherSocketRequest> = message(
  "socket request",
  anyRequest,
  opaqueAttributes("sock-diag-req-attrs"),
) as unknown as Message<OtherSocketRequest>;

const tipcRequest = struct("tipc_sock_diag_req", {
  sdiagFamily: socketFamily,
  sdiagProtocol: u8,
  pad: pad(2),
  tidiagStates: u32,
});
/** Which TIPC sockets are asked for (linux/tipc_sockets_diag.h); the answers have no header that would say so. */
export interface TipcSocketRequest extends Infer<typeof tipcRequest> {}
const tipcRequestMessage: Message<TipcSocketRequest> = message(
  "tipc request",
  tipcRequest,
  attributes("tipc-diag-req-attrs", () => ({})),
) as unknown as Message<TipcSocketRequest>;

const anySocket = struct("sock_diag_msg", { sdiagFamily: socketFamily, pad: pad(3) });
/** A socket of such a family: its first byte is all that is known. */
export interface OtherSocket extends Infer<typeof anySocket>, Kept {
  trailing?: Uint8Array;
}
const otherSocket: Message<OtherSocket> = message(
  "socket",
  anySocket,
  opaqueAttributes("sock-diag-attrs"),
) as unknown as Message<OtherSocket>;

/** Which sockets are asked for: `sdiagFamily` says which family's, and so what else there is. */
export type SocketRequest =
  | InetSocketRequest
  | UnixSocketRequest
  | NetlinkSocketRequest
  | PacketSocketRequest
  | VsockSocketRequest
  | XdpSocketRequest
  | TipcSocketRequest
  | OtherSocketRequest;

export const socketRequestMessage: MessageBy<SocketRequest> = messageBy(
  "socket request",
  byFamily("sdiagFamily"),
  {
    ...inetRequestMessages,
    unix: unixRequestMessage,
    netlink: netlinkRequestMessage,
    packet: packetRequestMessage,
    vsock: vsockRequestMessage,
    xdp: xdpRequestMessage,
    tipc: tipcRequestMessage,
  },
  otherRequest,
);

/** A socket of any family: each struct has its own name for the field that says which. */
export type Socket =
  | InetSocket
  | UnixSocket
  | NetlinkSocket
  | PacketSocket
  | VsockSocket
  | XdpSocket
  | OtherSocket;

const FAMILY_FIELDS = [
  "idiagFamily",
  "udiagFamily",
  "ndiagFamily",
  "pdiagFamily",
  "vdiagFamily",
  "xdiagFamily",
] as const;

export const socketMessage: MessageBy<Socket> = messageBy(
  "socket",
  {
    ...byFamily("sdiagFamily"),
    of: (value) => FAMILY_FIELDS.map((field) => value[field]).find((family) => family !== undefined),
  },
  {
    ...inetSocketMessages,
    unix: unixSocketMessage,
    netlink: netlinkSocketMessage,
    packet: packetSocketMessage,
    vsock: vsockSocketMessage,
    xdp: xdpSocketMessage,
  },
  otherSocket,
);

export const oldSocketRequestMessage: MessageBy<OldInetSocketRequest> = messageBy(
  "old socket request",
  byFamily("idiagFamily"),
  oldInetRequestMessages,
  oldInetRequestMessages.inet,
);
