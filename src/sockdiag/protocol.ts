import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_SOCK_DIAG } from "../netlink/constants.ts";
import { sockDiagRequests, sockDiagTypes } from "./requests.ts";

/** NETLINK_SOCK_DIAG: the sockets of a machine (sock_diag(7)). */
export const sockDiag: Protocol = protocol(
  "NETLINK_SOCK_DIAG",
  NETLINK_SOCK_DIAG,
  sockDiagTypes,
  sockDiagRequests,
);
