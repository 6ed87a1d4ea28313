/** recvmsg(2): a datagram together with its sender's address and control messages. */
import { hostByteOrder } from "../codec/byte-order.ts";
import { ERRNO } from "../errno.ts";
import { SystemError } from "../errors.ts";
import { loadKoffi, MSG_DONTWAIT, MSG_TRUNC } from "./libc.ts";

/** What stands beside a datagram: a time stamp, a namespace's id (cmsg(3)). */
export interface ControlMessage {
  /** SOL_SOCKET, SOL_NETLINK … */
  readonly level: number;
  readonly type: number;
  readonly data: DataView;
}

export interface ReceivedMessage {
  /** Full length, more than the buffer's when the datagram was cut. */
  readonly length: number;
  /** The sender's struct sockaddr_*. */
  readonly name: DataView;
  readonly control: readonly ControlMessage[];
}

interface Binding {
  readonly recvmsg: (fd: number, header: object, flags: number) => number;
  readonly wordSize: number;
}

const NAME_SIZE = 32;
const CONTROL_SIZE = 256;
let bound: Binding | undefined;

function binding(): Binding {
  if (bound) return bound;
  const koffi = loadKoffi();
  const iovec = koffi.struct({ base: "void *", length: "size_t" });
  const header = koffi.struct({
    name: "void *",
    nameLength: "uint32_t",
    iov: koffi.pointer(iovec),
    iovLength: "size_t",
    control: "void *",
    controlLength: "size_t",
    flags: "int",
  });
  const recvmsg = koffi
    .load(null)
    .func("recvmsg", "int64_t", ["int", koffi.inout(koffi.pointer(header)), "int"]);
  bound = { recvmsg: recvmsg as unknown as Binding["recvmsg"], wordSize: koffi.sizeof("size_t") };
  return bound;
}

/**
 * Receives one datagram without waiting.
 *
 * @returns undefined when there is none.
 * @throws {@link SystemError} `ENOBUFS` after a receive overrun of a netlink socket.
 */
export function receiveMessage(fd: number, buffer: Uint8Array): ReceivedMessage | undefined {
  const { recvmsg, wordSize } = binding();
  const name = new Uint8Array(NAME_SIZE);
  const control = new Uint8Array(CONTROL_SIZE);
  const header = {
    name,
    nameLength: NAME_SIZE,
    iov: [{ base: buffer, length: buffer.length }],
    iovLength: 1,
    control,
    controlLength: CONTROL_SIZE,
    flags: 0,
  };
  const length = Number(recvmsg(fd, header, MSG_DONTWAIT | MSG_TRUNC));
  if (length < 0) {
    const errno = loadKoffi().errno();
    if (errno === ERRNO.EAGAIN || errno === ERRNO.EINTR) return undefined;
    throw new SystemError("recvmsg", errno);
  }
  return {
    length,
    name: new DataView(name.buffer, 0, Math.min(header.nameLength, NAME_SIZE)),
    control: controlMessages(control.subarray(0, header.controlLength), wordSize),
  };
}

/** struct cmsghdr: a length of a machine word with the header, level, type; each begins at a word's boundary. */
function controlMessages(bytes: Uint8Array, wordSize: number): ControlMessage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = hostByteOrder === "little";
  const headerSize = wordSize + 8;
  const found: ControlMessage[] = [];
  let at = 0;
  while (at + headerSize <= bytes.length) {
    const length = wordSize === 8 ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    if (length < headerSize || at + length > bytes.length) break;
    found.push({
      level: view.getInt32(at + wordSize, little),
      type: view.getInt32(at + wordSize + 4, little),
      data: new DataView(bytes.buffer, bytes.byteOffset + at + headerSize, length - headerSize),
    });
    at += Math.ceil(length / wordSize) * wordSize;
  }
  return found;
}
