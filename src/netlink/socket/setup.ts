/** What both channels do with a new netlink socket, and how they read from it. */
import { hostByteOrder } from "../codec/byte-order.ts";
import {
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NETLINK_LISTEN_ALL_NSID,
  SOL_NETLINK,
} from "../constants.ts";
import { InputError, SystemError } from "../errors.ts";
import type { ChannelOptions, Datagram } from "./channel.ts";
import * as libc from "./libc.ts";
import { receiveMessage } from "./receive-message.ts";

const DEFAULT_RECEIVE_BUFFER = 8 << 20;

/**
 * What an acknowledgement takes of the receive buffer at most. Measured on 6.18: 832 bytes without and with a message
 * of the kernel's; a larger one goes to the next slab, 1280.
 */
const REPLY_TRUESIZE = 1280;

export interface Limits {
  readonly maxSend: number;
  readonly maxReplies: number;
}

/** Sets a new socket's options and connects it to the kernel, so that other processes' unicast is refused. */
export function setUp(fd: number, options: ChannelOptions, portId = 0): Limits {
  optional(fd, NETLINK_EXT_ACK);
  optional(fd, NETLINK_CAP_ACK);
  if (options.strict ?? true) optional(fd, NETLINK_GET_STRICT_CHK);
  setReceiveBuffer(fd, options.receiveBuffer ?? DEFAULT_RECEIVE_BUFFER);
  if (portId !== 0) rebind(fd, portId);
  libc.connectToKernel(fd);
  // Between being bound and being connected anyone could send to it; the kernel has had no reason to.
  while (libc.receive(fd, buffer) >= 0);
  return {
    maxSend: libc.getSocketOption(fd, libc.SOL_SOCKET, libc.SO_SNDBUF)[0]! - 32,
    maxReplies: Math.floor(libc.getSocketOption(fd, libc.SOL_SOCKET, libc.SO_RCVBUF)[0]! / REPLY_TRUESIZE),
  };
}

/** Kernels before 4.20 lack strict checking; the others are as old as 4.12. */
function optional(fd: number, option: number): void {
  ignoring("ENOPROTOOPT", () => libc.setSocketOption(fd, SOL_NETLINK, option, 1));
}

/** Sets the size of a socket's receive buffer; without CAP_NET_ADMIN net.core.rmem_max is the limit. */
export function setReceiveBuffer(fd: number, bytes: number): void {
  const forced = ignoring("EPERM", () =>
    libc.setSocketOption(fd, libc.SOL_SOCKET, libc.SO_RCVBUFFORCE, bytes),
  );
  if (!forced) libc.setSocketOption(fd, libc.SOL_SOCKET, libc.SO_RCVBUF, bytes);
}

/** Takes a port id that was ours before, unless somebody has it now: then the kernel chooses another. */
function rebind(fd: number, portId: number): void {
  ignoring("EADDRINUSE", () => libc.bindNetlink(fd, portId));
}

function ignoring(code: string, call: () => void): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (error instanceof SystemError && error.code === code) return false;
    throw error;
  }
}

/** Refuses what sendmsg(2) would, and what makes unix-dgram abort. */
export function checkDatagram(datagram: Uint8Array, maxSend: number): void {
  if (ArrayBuffer.isView(datagram) && datagram.byteLength > 0 && datagram.byteLength <= maxSend) return;
  throw new InputError("datagram", `1 to ${maxSend} bytes`, datagram);
}

/**
 * One buffer for all channels of a thread. Dumps come in 32 KiB at most, but one object may take more; memory that was
 * never written to takes no room.
 */
let buffer = new Uint8Array(1 << 20);
/** What came last in it. */
let received = buffer.subarray(0, 0);

/** The next datagram that is there, valid until the next call. */
export function receiveFrom(fd: number): Datagram | undefined {
  const length = libc.receive(fd, buffer);
  if (length < 0) return undefined;
  return { bytes: receivedBytes(length), portId: libc.senderPortId, length, groups: libc.senderGroups };
}

/** The same from a socket that is connected to the kernel and in no group: nobody else is heard. */
export function receiveFromKernel(fd: number): Datagram | undefined {
  const length = libc.receiveUnnamed(fd, buffer);
  return length < 0 ? undefined : { bytes: receivedBytes(length), portId: 0, length };
}

function receivedBytes(length: number): Uint8Array {
  // Making a view takes as long as a system call, and answers of one kind are of one length.
  if (received.length !== length) received = buffer.subarray(0, length);
  const bytes = received;
  if (length > buffer.length) {
    buffer = new Uint8Array(2 ** Math.ceil(Math.log2(length)));
    received = buffer.subarray(0, 0);
  }
  return bytes;
}

/** The same as {@link receiveFrom} with the id of the namespace it comes from. */
export function receiveWithNsid(fd: number): Datagram | undefined {
  const message = receiveMessage(fd, buffer);
  if (!message) return undefined;
  const { length, name, control } = message;
  const nsid = control.find(({ level, type }) => level === SOL_NETLINK && type === NETLINK_LISTEN_ALL_NSID);
  const little = hostByteOrder === "little";
  return {
    bytes: buffer.subarray(0, length),
    portId: name.getUint32(4, little),
    length,
    groups: name.getUint32(8, little),
    nsid: nsid?.data.getInt32(0, little),
  };
}

/** How many messages the kernel dropped at this socket since it exists. */
export function dropsOf(fd: number): number {
  return libc.getSocketOption(fd, libc.SOL_SOCKET, libc.SO_MEMINFO, 9)[8]!;
}
