/** What several families have. */
import { tuple } from "../netlink/codec/array.ts";
import { enumeration, flags, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { u8, u32 } from "../netlink/codec/integer.ts";
import { type Infer, type Shape, withUnit } from "../netlink/codec/shape.ts";
import { type StructShape, struct } from "../netlink/codec/struct.ts";

export const byteCount = withUnit(u32, "bytes") as typeof u32;
export const milliseconds = withUnit(u32, "ms") as typeof u32;
export const microseconds = withUnit(u32, "µs") as typeof u32;

/** INET_DIAG_NOCOOKIE, twice 0xffffffff, where it does not matter which socket had the number before. */
export const cookie: Shape<number[]> = tuple(u32, 2);

const states = {
  established: 1,
  "syn-sent": 2,
  "syn-recv": 3,
  "fin-wait1": 4,
  "fin-wait2": 5,
  "time-wait": 6,
  close: 7,
  "close-wait": 8,
  "last-ack": 9,
  listen: 10,
  closing: 11,
  "new-syn-recv": 12,
  "bound-inactive": 13,
} as const;
/** TCP_ESTABLISHED … (net/tcp_states.h); other protocols use some of them. */
export type SocketState = NameOf<typeof states>;
export const socketState: NamedShape<SocketState> = enumeration(u8, "TCP_", states);

const stateBits = Object.fromEntries(Object.entries(states).map(([name, bit]) => [name, 2 ** bit])) as {
  [K in keyof typeof states]: number;
};
/** The same as a set of bits. */
export const socketStates: NamedShape<readonly SocketState[]> = flags(u32, "TCPF_", stateBits);

const types = { stream: 1, dgram: 2, raw: 3, rdm: 4, seqpacket: 5, dccp: 6, packet: 10 } as const;
/** SOCK_* (sys/socket.h). */
export type SocketType = NameOf<typeof types>;
export const socketType: NamedShape<SocketType> = enumeration(u8, "SOCK_", types);

/** RCV_SHUTDOWN and SEND_SHUTDOWN (net/sock.h). */
export const shutdown = flags(u8, "", { rcv: [1, "RCV_SHUTDOWN"], send: [2, "SEND_SHUTDOWN"] });

const memory = struct("sk_meminfo", {
  rmemAlloc: byteCount,
  rcvbuf: byteCount,
  wmemAlloc: byteCount,
  sndbuf: byteCount,
  fwdAlloc: byteCount,
  wmemQueued: byteCount,
  optmem: byteCount,
  backlog: byteCount,
  /** Packets that did not fit. */
  drops: u32,
});
/** SK_MEMINFO_* (linux/sock_diag.h): an array of u32. */
export interface SkMeminfo extends Infer<typeof memory> {}
export const skMeminfo: StructShape<SkMeminfo> = memory;
