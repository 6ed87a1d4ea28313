import { messageType } from "../netlink/codec/protocol.ts";
import { change, dump, get, type Request } from "../netlink/request.ts";
import { DCCPDIAG_GETSOCK, SOCK_DESTROY, SOCK_DIAG_BY_FAMILY, TCPDIAG_GETSOCK } from "./constants.ts";
import {
  oldSocketRequestMessage,
  type Socket,
  type SocketRequest,
  socketMessage,
  socketRequestMessage,
} from "./message.ts";

/** A socket, as the kernel answers and tells. */
export const SOCK_DIAG_BY_FAMILY_TYPE = messageType(
  "SOCK_DIAG_BY_FAMILY",
  SOCK_DIAG_BY_FAMILY,
  socketMessage,
);
/** The request, which looks otherwise. */
export const SOCK_DIAG_BY_FAMILY_REQUEST = messageType(
  "SOCK_DIAG_BY_FAMILY",
  SOCK_DIAG_BY_FAMILY,
  socketRequestMessage,
);
export const SOCK_DESTROY_REQUEST = messageType("SOCK_DESTROY", SOCK_DESTROY, socketRequestMessage);
export const TCPDIAG_GETSOCK_TYPE = messageType("TCPDIAG_GETSOCK", TCPDIAG_GETSOCK, socketMessage);
export const DCCPDIAG_GETSOCK_TYPE = messageType("DCCPDIAG_GETSOCK", DCCPDIAG_GETSOCK, socketMessage);
export const TCPDIAG_GETSOCK_REQUEST = messageType(
  "TCPDIAG_GETSOCK",
  TCPDIAG_GETSOCK,
  oldSocketRequestMessage,
);
export const DCCPDIAG_GETSOCK_REQUEST = messageType(
  "DCCPDIAG_GETSOCK",
  DCCPDIAG_GETSOCK,
  oldSocketRequestMessage,
);

/** The message types of sockets. */
export const sockDiagTypes = [
  SOCK_DIAG_BY_FAMILY_TYPE,
  SOCK_DESTROY_REQUEST,
  TCPDIAG_GETSOCK_TYPE,
  DCCPDIAG_GETSOCK_TYPE,
];
export const sockDiagRequests = [
  SOCK_DIAG_BY_FAMILY_REQUEST,
  TCPDIAG_GETSOCK_REQUEST,
  DCCPDIAG_GETSOCK_REQUEST,
];

/** All sockets of a family that match: `{ sdiagFamily: "inet", sdiagProtocol: "tcp", idiagStates: ["listen"] }`. */
export function listSockets(request: Partial<SocketRequest>): Request<Socket> {
  return dump(SOCK_DIAG_BY_FAMILY_REQUEST, request, SOCK_DIAG_BY_FAMILY_TYPE);
}

/** One socket: of `inet` by its addresses and ports, of the others by its inode. */
export function getSocket(request: Partial<SocketRequest>): Request<Socket> {
  return get(SOCK_DIAG_BY_FAMILY_REQUEST, request, SOCK_DIAG_BY_FAMILY_TYPE);
}

/** Closes a socket, whoever has it: what its owner does next fails with ECONNABORTED. */
export function destroySocket(request: Partial<SocketRequest>): Request<never> {
  return change(SOCK_DESTROY_REQUEST, request);
}
