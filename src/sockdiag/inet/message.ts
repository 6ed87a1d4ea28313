import { arrayOf, multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, bytesOf } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { byteCount, shutdown, skMeminfo } from "../common.ts";
import { socketFamily } from "../family.ts";
import {
  type InetDiagMsg,
  type InetDiagReq,
  type InetDiagReqV2,
  inetDiagMsg,
  inetDiagReq,
  inetDiagReqV2,
  ipproto,
} from "./header.ts";
import { inetDiagInfo } from "./tcp-info.ts";
import { ulpInfo } from "./ulp-info.ts";

const meminfo = struct("inet_diag_meminfo", {
  idiagRmem: byteCount,
  idiagWmem: byteCount,
  idiagFmem: byteCount,
  idiagTmem: byteCount,
});

const vegas = struct("tcpvegas_info", {
  tcpvEnabled: u32,
  tcpvRttcnt: u32,
  tcpvRtt: u32,
  tcpvMinrtt: u32,
});

const dctcp = struct("tcp_dctcp_info", {
  dctcpEnabled: u16,
  dctcpCeState: u16,
  dctcpAlpha: u32,
  dctcpAbEcn: u32,
  dctcpAbTot: u32,
});

const bbr = struct("tcp_bbr_info", {
  /** Bandwidth in bytes per second, its lower and its upper half. */
  bbrBwLo: u32,
  bbrBwHi: u32,
  /** In microseconds. */
  bbrMinRtt: u32,
  /** In 1/256. */
  bbrPacingGain: u32,
  bbrCwndGain: u32,
});

const md5sig = struct("tcp_diag_md5sig", {
  tcpmFamily: socketFamily,
  tcpmPrefixlen: u8,
  tcpmKeylen: u16,
  /** An IPv4 address in its first four bytes, or an IPv6 address. */
  tcpmAddr: bytesOf(16),
  tcpmKey: bytesOf(80),
});

/** struct inet_diag_sockopt: 16 bit-fields. */
const sockopt = flags(u16, "", {
  recverr: [1, "recverr"],
  isIcsk: [2, "is_icsk"],
  freebind: [4, "freebind"],
  hdrincl: [8, "hdrincl"],
  mcLoop: [16, "mc_loop"],
  transparent: [32, "transparent"],
  mcAll: [64, "mc_all"],
  nodefrag: [128, "nodefrag"],
  bindAddressNoPort: [256, "bind_address_no_port"],
  recverrRfc4884: [512, "recverr_rfc4884"],
  deferConnect: [1024, "defer_connect"],
});

const storageSet = attributes("sk-bpf-storage-attrs", () => ({
  pad: attr("SK_DIAG_BPF_STORAGE_PAD", 1, bytes),
  mapId: attr("SK_DIAG_BPF_STORAGE_MAP_ID", 2, u32),
  mapValue: attr("SK_DIAG_BPF_STORAGE_MAP_VALUE", 3, bytes),
}));
/** What a BPF program keeps for the socket. */
export interface BpfStorage extends Infer<typeof storageSet> {}
const storage: AttributeSet<BpfStorage> = storageSet;

const storagesSet = attributes("sk-bpf-storages-attrs", () => ({
  storage: attr("SK_DIAG_BPF_STORAGE", 1, multi(storage)),
}));
export interface BpfStorages extends Infer<typeof storagesSet> {}
const storages: AttributeSet<BpfStorages> = storagesSet;

const set = attributes("inet-diag-attrs", () => ({
  meminfo: attr("INET_DIAG_MEMINFO", 1, meminfo),
  info: attr("INET_DIAG_INFO", 2, inetDiagInfo),
  vegasinfo: attr("INET_DIAG_VEGASINFO", 3, vegas),
  /** Congestion control. */
  cong: attr("INET_DIAG_CONG", 4, string),
  tos: attr("INET_DIAG_TOS", 5, u8),
  tclass: attr("INET_DIAG_TCLASS", 6, u8),
  skmeminfo: attr("INET_DIAG_SKMEMINFO", 7, skMeminfo),
  shutdown: attr("INET_DIAG_SHUTDOWN", 8, shutdown),
  dctcpinfo: attr("INET_DIAG_DCTCPINFO", 9, dctcp),
  protocol: attr("INET_DIAG_PROTOCOL", 10, ipproto),
  skv6only: attr("INET_DIAG_SKV6ONLY", 11, u8),
  /** Addresses of an SCTP socket, struct sockaddr_storage each. */
  locals: attr("INET_DIAG_LOCALS", 12, arrayOf(bytesOf(128))),
  peers: attr("INET_DIAG_PEERS", 13, arrayOf(bytesOf(128))),
  pad: attr("INET_DIAG_PAD", 14, bytes),
  mark: attr("INET_DIAG_MARK", 15, u32),
  bbrinfo: attr("INET_DIAG_BBRINFO", 16, bbr),
  classId: attr("INET_DIAG_CLASS_ID", 17, u32),
  md5sig: attr("INET_DIAG_MD5SIG", 18, arrayOf(md5sig)),
  ulpInfo: attr("INET_DIAG_ULP_INFO", 19, ulpInfo),
  skBpfStorages: attr("INET_DIAG_SK_BPF_STORAGES", 20, storages),
  cgroupId: attr("INET_DIAG_CGROUP_ID", 21, u64),
  sockopt: attr("INET_DIAG_SOCKOPT", 22, sockopt),
}));
export interface InetDiagAttrs extends Infer<typeof set> {}
export const inetDiagAttrs: AttributeSet<InetDiagAttrs> = set;

const storageRequestSet = attributes("sk-bpf-storage-req-attrs", () => ({
  mapFd: attr("SK_DIAG_BPF_STORAGE_REQ_MAP_FD", 1, multi(u32)),
}));
export interface BpfStorageRequest extends Infer<typeof storageRequestSet> {}
const storageRequest: AttributeSet<BpfStorageRequest> = storageRequestSet;

const requestSet = attributes("inet-diag-req-attrs", () => ({
  /** struct inet_diag_bc_op and what it compares with, over and over: a program that chooses sockets. */
  bytecode: attr("INET_DIAG_REQ_BYTECODE", 1, bytes),
  skBpfStorages: attr("INET_DIAG_REQ_SK_BPF_STORAGES", 2, storageRequest),
  /** In place of sdiag_protocol, which has no room for MPTCP's 262. */
  protocol: attr("INET_DIAG_REQ_PROTOCOL", 3, u32),
}));
export interface InetDiagReqAttrs extends Infer<typeof requestSet> {}
export const inetDiagReqAttrs: AttributeSet<InetDiagReqAttrs> = requestSet;

/** An IPv4 or IPv6 socket: struct inet_diag_msg and attributes (sock_diag(7), linux/inet_diag.h). */
export interface InetSocket extends InetDiagMsg, InetDiagAttrs {
  trailing?: Uint8Array;
}
export const inetSocketMessages = {
  inet: message("inet socket", inetDiagMsg("inet"), inetDiagAttrs) as unknown as Message<InetSocket>,
  inet6: message("inet6 socket", inetDiagMsg("inet6"), inetDiagAttrs) as unknown as Message<InetSocket>,
};

/** Which IPv4 or IPv6 sockets are asked for: struct inet_diag_req_v2 and attributes. */
export interface InetSocketRequest extends InetDiagReqV2, InetDiagReqAttrs {
  trailing?: Uint8Array;
}
export const inetRequestMessages = {
  inet: message(
    "inet request",
    inetDiagReqV2("inet"),
    inetDiagReqAttrs,
  ) as unknown as Message<InetSocketRequest>,
  inet6: message(
    "inet6 request",
    inetDiagReqV2("inet6"),
    inetDiagReqAttrs,
  ) as unknown as Message<InetSocketRequest>,
};

/** The same of kernels before 3.3: struct inet_diag_req. */
export interface OldInetSocketRequest extends InetDiagReq, InetDiagReqAttrs {
  trailing?: Uint8Array;
}
export const oldInetRequestMessages = {
  inet: message(
    "old inet request",
    inetDiagReq("inet"),
    inetDiagReqAttrs,
  ) as unknown as Message<OldInetSocketRequest>,
  inet6: message(
    "old inet6 request",
    inetDiagReq("inet6"),
    inetDiagReqAttrs,
  ) as unknown as Message<OldInetSocketRequest>,
};
