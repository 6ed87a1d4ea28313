import { ipv4, ipv6 } from "../../netlink/codec/address.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be16, u8, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { byteCount, cookie, milliseconds, socketState, socketStates } from "../common.ts";
import { socketFamily } from "../family.ts";

const sockid4 = struct("inet_diag_sockid", {
  idiagSport: be16,
  idiagDport: be16,
  idiagSrc: ipv4,
  srcPad: pad(12),
  idiagDst: ipv4,
  dstPad: pad(12),
  /** Index of the link that the socket is bound to. */
  idiagIf: u32,
  idiagCookie: cookie,
});
/** struct inet_diag_sockid (linux/inet_diag.h): a connection's two ends. */
export interface InetDiagSockid extends Infer<typeof sockid4> {}
const inet: StructShape<InetDiagSockid> = sockid4;
const inet6: StructShape<InetDiagSockid> = struct("inet_diag_sockid", {
  idiagSport: be16,
  idiagDport: be16,
  idiagSrc: ipv6,
  idiagDst: ipv6,
  idiagIf: u32,
  idiagCookie: cookie,
});
const sockids = { inet, inet6 } as const;
export type InetFamily = keyof typeof sockids;

const protocols = {
  ip: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  dccp: 33,
  icmpv6: 58,
  sctp: 132,
  udplite: 136,
  raw: 255,
} as const;
/** IPPROTO_* (linux/in.h) in eight bits; MPTCP's 262 is the request's attribute `protocol`. */
export const ipproto = enumeration(u8, "IPPROTO_", protocols);

/** `1 << (INET_DIAG_MEMINFO - 1)` …: what a reply is to have besides. */
const extensions = flags(u8, "", {
  meminfo: [1, "1 << (INET_DIAG_MEMINFO - 1)"],
  info: [2, "1 << (INET_DIAG_INFO - 1)"],
  vegasinfo: [4, "1 << (INET_DIAG_VEGASINFO - 1)"],
  cong: [8, "1 << (INET_DIAG_CONG - 1)"],
  tos: [16, "1 << (INET_DIAG_TOS - 1)"],
  tclass: [32, "1 << (INET_DIAG_TCLASS - 1)"],
  skmeminfo: [64, "1 << (INET_DIAG_SKMEMINFO - 1)"],
  shutdown: [128, "1 << (INET_DIAG_SHUTDOWN - 1)"],
});

const timer = enumeration(u8, "IDIAG_TIMER_", {
  off: 0,
  on: 1,
  keepalive: 2,
  timewait: 3,
  probe0: 4,
  delack: 5,
});

const reqV2 = (family: InetFamily) =>
  struct("inet_diag_req_v2", {
    sdiagFamily: socketFamily,
    sdiagProtocol: ipproto,
    idiagExt: extensions,
    pad: pad(1),
    /** Sockets in these states. */
    idiagStates: socketStates,
    id: sockids[family],
  });
/** struct inet_diag_req_v2 (sock_diag(7), linux/inet_diag.h), 56 bytes. */
export interface InetDiagReqV2 extends Infer<ReturnType<typeof reqV2>> {}
export const inetDiagReqV2: (family: InetFamily) => StructShape<InetDiagReqV2> = reqV2;

const req = (family: InetFamily) =>
  struct("inet_diag_req", {
    idiagFamily: socketFamily,
    idiagSrcLen: u8,
    idiagDstLen: u8,
    idiagExt: extensions,
    id: sockids[family],
    idiagStates: socketStates,
    idiagDbs: u32,
  });
/** struct inet_diag_req, the request of kernels before 3.3. */
export interface InetDiagReq extends Infer<ReturnType<typeof req>> {}
export const inetDiagReq: (family: InetFamily) => StructShape<InetDiagReq> = req;

const msg = (family: InetFamily) =>
  struct("inet_diag_msg", {
    idiagFamily: socketFamily,
    idiagState: socketState,
    /** Which timer runs: `on` is the retransmission's. */
    idiagTimer: timer,
    idiagRetrans: u8,
    id: sockids[family],
    /** Until the timer runs out. */
    idiagExpires: milliseconds,
    /** Of a listening socket: connections that wait to be accepted. */
    idiagRqueue: byteCount,
    /** Of a listening socket: how many may. */
    idiagWqueue: byteCount,
    idiagUid: u32,
    idiagInode: u32,
  });
/** struct inet_diag_msg (sock_diag(7), linux/inet_diag.h), 72 bytes. */
export interface InetDiagMsg extends Infer<ReturnType<typeof msg>> {}
export const inetDiagMsg: (family: InetFamily) => StructShape<InetDiagMsg> = msg;
