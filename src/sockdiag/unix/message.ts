import { arrayOf } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { cookie, shutdown, skMeminfo, socketState, socketStates, socketType } from "../common.ts";
import { socketFamily } from "../family.ts";
import { unixName } from "./name.ts";

const request = struct("unix_diag_req", {
  sdiagFamily: socketFamily,
  sdiagProtocol: u8,
  pad: pad(2),
  udiagStates: socketStates,
  udiagIno: u32,
  udiagShow: flags(u32, "UDIAG_SHOW_", {
    name: 1,
    vfs: 2,
    peer: 4,
    icons: 8,
    rqlen: 16,
    meminfo: 32,
    uid: 64,
  }),
  udiagCookie: cookie,
});

const header = struct("unix_diag_msg", {
  udiagFamily: socketFamily,
  udiagType: socketType,
  udiagState: socketState,
  pad: pad(1),
  udiagIno: u32,
  udiagCookie: cookie,
});

const vfs = struct("unix_diag_vfs", { udiagVfsIno: u32, udiagVfsDev: u32 });
/** Of a listening socket: connections that wait, and how many may; of others bytes. */
const rqlen = struct("unix_diag_rqlen", { udiagRqueue: u32, udiagWqueue: u32 });

const set = attributes("unix-diag-attrs", () => ({
  name: attr("UNIX_DIAG_NAME", 0, unixName),
  vfs: attr("UNIX_DIAG_VFS", 1, vfs),
  /** Inode of the socket at the other end. */
  peer: attr("UNIX_DIAG_PEER", 2, u32),
  /** Inodes of those that wait to be accepted. */
  icons: attr("UNIX_DIAG_ICONS", 3, arrayOf(u32)),
  rqlen: attr("UNIX_DIAG_RQLEN", 4, rqlen),
  meminfo: attr("UNIX_DIAG_MEMINFO", 5, skMeminfo),
  shutdown: attr("UNIX_DIAG_SHUTDOWN", 6, shutdown),
  uid: attr("UNIX_DIAG_UID", 7, u32),
}));
export interface UnixDiagAttrs extends Infer<typeof set> {}
const unixDiagAttrs: AttributeSet<UnixDiagAttrs> = set;

/** A unix socket: struct unix_diag_msg and attributes (sock_diag(7), linux/unix_diag.h). */
export interface UnixSocket extends Infer<typeof header>, UnixDiagAttrs {
  trailing?: Uint8Array;
}
export const unixSocketMessage: Message<UnixSocket> = message(
  "unix socket",
  header,
  unixDiagAttrs,
) as unknown as Message<UnixSocket>;

/** Which unix sockets are asked for: struct unix_diag_req. */
export interface UnixSocketRequest extends Infer<typeof request> {}
export const unixRequestMessage: Message<UnixSocketRequest> = message(
  "unix request",
  request,
  attributes("unix-diag-req-attrs", () => ({})),
) as unknown as Message<UnixSocketRequest>;
