import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Infer, type Shape, withUnit } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { byteCount, microseconds, milliseconds, socketState } from "../common.ts";

const bytes64 = withUnit(u64, "bytes") as typeof u64;
const bytesPerSecond = withUnit(u64, "bytes/s") as typeof u64;
const microseconds64 = withUnit(u64, "µs") as typeof u64;

const info = struct("tcp_info", {
  tcpiState: socketState,
  tcpiCaState: enumeration(u8, "TCP_CA_", { open: 0, disorder: 1, cwr: 2, recovery: 3, loss: 4 }),
  tcpiRetransmits: u8,
  tcpiProbes: u8,
  tcpiBackoff: u8,
  tcpiOptions: flags(u8, "TCPI_OPT_", {
    timestamps: 1,
    sack: 2,
    wscale: 4,
    ecn: 8,
    "ecn-seen": 16,
    "syn-data": 32,
    "usec-ts": 64,
    "tfo-child": 128,
  }),
  /** Two bit-fields: tcpi_snd_wscale, on a little endian machine in the low four bits, and tcpi_rcv_wscale. */
  tcpiWscale: u8,
  /** Two bit-fields: tcpi_delivery_rate_app_limited in the first bit, tcpi_fastopen_client_fail in two. */
  tcpiLimited: u8,
  tcpiRto: microseconds,
  tcpiAto: microseconds,
  tcpiSndMss: byteCount,
  tcpiRcvMss: byteCount,
  tcpiUnacked: u32,
  tcpiSacked: u32,
  tcpiLost: u32,
  tcpiRetrans: u32,
  tcpiFackets: u32,
  tcpiLastDataSent: milliseconds,
  tcpiLastAckSent: milliseconds,
  tcpiLastDataRecv: milliseconds,
  tcpiLastAckRecv: milliseconds,
  tcpiPmtu: byteCount,
  tcpiRcvSsthresh: byteCount,
  tcpiRtt: microseconds,
  tcpiRttvar: microseconds,
  tcpiSndSsthresh: u32,
  /** Segments. */
  tcpiSndCwnd: u32,
  tcpiAdvmss: byteCount,
  tcpiReordering: u32,
  tcpiRcvRtt: microseconds,
  tcpiRcvSpace: byteCount,
  tcpiTotalRetrans: u32,
  tcpiPacingRate: bytesPerSecond,
  tcpiMaxPacingRate: bytesPerSecond,
  tcpiBytesAcked: bytes64,
  tcpiBytesReceived: bytes64,
  tcpiSegsOut: u32,
  tcpiSegsIn: u32,
  tcpiNotsentBytes: byteCount,
  tcpiMinRtt: microseconds,
  tcpiDataSegsIn: u32,
  tcpiDataSegsOut: u32,
  tcpiDeliveryRate: bytesPerSecond,
  tcpiBusyTime: microseconds64,
  tcpiRwndLimited: microseconds64,
  tcpiSndbufLimited: microseconds64,
  tcpiDelivered: u32,
  tcpiDeliveredCe: u32,
  tcpiBytesSent: bytes64,
  tcpiBytesRetrans: bytes64,
  tcpiDsackDups: u32,
  tcpiReordSeen: u32,
  tcpiRcvOoopack: u32,
  tcpiSndWnd: byteCount,
  tcpiRcvWnd: byteCount,
  tcpiRehash: u32,
  tcpiTotalRto: u16,
  tcpiTotalRtoRecoveries: u16,
  tcpiTotalRtoTime: milliseconds,
  tcpiReceivedCe: u32,
  tcpiDeliveredE1Bytes: byteCount,
  tcpiDeliveredE0Bytes: byteCount,
  tcpiDeliveredCeBytes: byteCount,
  tcpiReceivedE1Bytes: byteCount,
  tcpiReceivedE0Bytes: byteCount,
  tcpiReceivedCeBytes: byteCount,
  tcpiAccecnFailMode: u16,
  tcpiAccecnOptSeen: u16,
});

/** struct tcp_info (linux/tcp.h), as of Linux 6.18; older kernels leave out what is at its end. */
export interface TcpInfo extends Infer<typeof info> {}
const tcpInfo: StructShape<TcpInfo> = info;

/** Every kernel's struct tcp_info is at least as long; struct mptcp_info has 96 bytes. */
const LEAST = 104;
/** And shorter than this: struct sctp_info has more than 360 bytes. */
const MOST = 352;
const isTcp = (length: number): boolean => length >= LEAST && length <= MOST;

/**
 * INET_DIAG_INFO: struct tcp_info. MPTCP and SCTP have structs of their own there, and nothing in the message says
 * which protocol's socket it is about: those are left as bytes, told apart by their length.
 */
export const inetDiagInfo: Shape<TcpInfo | Uint8Array> = {
  type: "struct tcp_info or binary",
  accepts: () => true,
  decode: (input, at, length, scope) =>
    isTcp(length) ? tcpInfo.decode(input, at, length, scope) : bytes.decode(input, at, length, scope),
  encode(output, value, scope) {
    if (value instanceof Uint8Array) bytes.encode(output, value, scope);
    else tcpInfo.encode(output, value, scope);
  },
  explain: (input, at, length, scope) =>
    isTcp(length) ? tcpInfo.explain?.(input, at, length, scope) : undefined,
  of: tcpInfo as Shape<unknown>,
};
