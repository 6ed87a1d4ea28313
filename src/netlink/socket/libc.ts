/**
 * The C library calls that neither Node nor unix-dgram has, through koffi. The only module that loads koffi.
 *
 * Every function throws {@link SystemError} where C returns -1. koffi is loaded at the first call, so that importing
 * the library costs nothing and works where there is no Linux.
 */
import { createRequire } from "node:module";
import { ERRNO } from "../errno.ts";
import { NetlinkError, SystemError } from "../errors.ts";

type Koffi = typeof import("koffi");
type Call = (...args: unknown[]) => number;

export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_CLOEXEC = 0o2000000;
export const SOCK_NONBLOCK = 0o4000;
export const SOL_SOCKET = 1;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_RCVBUFFORCE = 33;
export const SO_MEMINFO = 55;
export const MSG_TRUNC = 0x20;
export const MSG_DONTWAIT = 0x40;
export const CLONE_NEWNS = 0x00020000;
export const CLONE_NEWUSER = 0x10000000;
export const CLONE_NEWNET = 0x40000000;
export const MS_RDONLY = 1;
export const MS_BIND = 4096;
export const MS_REC = 16384;
export const MS_SLAVE = 1 << 19;
export const MS_SHARED = 1 << 20;
export const MNT_DETACH = 2;
const MADV_HUGEPAGE = 14;

const prototypes = {
  socket: "int socket(int, int, int)",
  socketpair: "int socketpair(int, int, int, void *)",
  bind: "int bind(int, void *, uint32_t)",
  connect: "int connect(int, void *, uint32_t)",
  getsockname: "int getsockname(int, void *, void *)",
  setsockopt: "int setsockopt(int, int, int, void *, uint32_t)",
  getsockopt: "int getsockopt(int, int, int, void *, void *)",
  send: "int64_t send(int, void *, size_t, int)",
  recv: "int64_t recv(int, void *, size_t, int)",
  recvfrom: "int64_t recvfrom(int, void *, size_t, int, void *, void *)",
  recvmmsg: "int recvmmsg(int, void *, unsigned int, int, void *)",
  close: "int close(int)",
  dup: "int fcntl(int, int, int)",
  setns: "int setns(int, int)",
  unshare: "int unshare(int)",
  mount: "int mount(const char *, const char *, const char *, unsigned long, const char *)",
  umount2: "int umount2(const char *, int)",
  ioctl: "int ioctl(int, unsigned long, void *)",
  madvise: "int madvise(uintptr_t, size_t, int)",
} as const;

interface Library {
  koffi: Koffi;
  call: Record<keyof typeof prototypes, Call>;
}

let loaded: Library | undefined;

function library(): Library {
  if (loaded) return loaded;
  if (process.platform !== "linux") {
    throw new NetlinkError(
      "ERR_NETLINK_UNSUPPORTED",
      `netlink sockets need Linux, this is ${process.platform}`,
    );
  }
  let koffi: Koffi;
  try {
    koffi = createRequire(import.meta.url)("koffi") as Koffi;
  } catch (cause) {
    throw new NetlinkError("ERR_NETLINK_UNSUPPORTED", "the npm package koffi cannot be loaded", { cause });
  }
  const libc = koffi.load(null);
  const call = {} as Record<keyof typeof prototypes, Call>;
  for (const [name, prototype] of Object.entries(prototypes)) {
    call[name as keyof typeof prototypes] = libc.func(prototype) as unknown as Call;
  }
  loaded = { koffi, call };
  return loaded;
}

/** koffi itself, for its `node.poll`. */
export function loadKoffi(): Koffi {
  return library().koffi;
}

function check(name: keyof typeof prototypes, result: number, subject?: string): number {
  if (result >= 0) return result;
  throw new SystemError(name === "dup" ? "fcntl" : name, library().koffi.errno(), subject);
}

/** A close-on-exec, non-blocking socket in the calling thread's network namespace. */
export function socket(domain: number, type: number, protocol: number): number {
  return check("socket", library().call.socket(domain, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol));
}

/** Two connected close-on-exec Unix sockets that keep messages apart. */
export function socketPair(): [number, number] {
  const AF_UNIX = 1;
  const SOCK_SEQPACKET = 5;
  const pair = new Int32Array(2);
  check("socketpair", library().call.socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
  return [pair[0]!, pair[1]!];
}

/** Whether addresses have 64 bits. */
export function is64Bit(): boolean {
  return library().koffi.sizeof("void *") === 8;
}

/** Where the bytes are in memory. */
export function addressOf(bytes: Uint8Array): bigint {
  return BigInt(library().koffi.address(bytes));
}

/**
 * Asks for pages of `size` bytes for those that lie wholly in `bytes` (madvise(2)). It is advice: nothing happens where
 * there are none, or where koffi was not needed so far.
 *
 * @returns where in `bytes` the first of them starts.
 */
export function adviseHugePages(bytes: Uint8Array, size: number): number {
  if (!loaded) return 0;
  const address = addressOf(bytes);
  const start = Number(-address & BigInt(size - 1));
  const length = (bytes.length - start) & -size;
  loaded.call.madvise(address + BigInt(start), length, MADV_HUGEPAGE);
  return start;
}

/** struct sockaddr_nl, 12 bytes; the kernel reads it in host byte order (netlink(7)). */
function sockaddrNl(portId: number, groups: number): Uint8Array {
  const address = new Uint8Array(12);
  const words = new Uint32Array(address.buffer);
  new Uint16Array(address.buffer)[0] = AF_NETLINK;
  words[1] = portId;
  words[2] = groups;
  return address;
}

/** Binds a netlink socket; port id 0 lets the kernel choose. */
export function bindNetlink(fd: number, portId = 0, groups = 0): void {
  check("bind", library().call.bind(fd, sockaddrNl(portId, groups), 12));
}

/** Connects a netlink socket to the kernel, which then refuses unicast messages of other processes. */
export function connectToKernel(fd: number): void {
  check("connect", library().call.connect(fd, sockaddrNl(0, 0), 12));
}

/** Binds a packet socket to a device, for every protocol (struct sockaddr_ll, packet(7)). */
export function bindPacket(fd: number, index: number): void {
  const address = new Uint8Array(20);
  new Uint16Array(address.buffer)[0] = AF_PACKET;
  // ETH_P_ALL, in network byte order
  new DataView(address.buffer).setUint16(2, 3);
  new Int32Array(address.buffer)[1] = index;
  check("bind", library().call.bind(fd, address, 20), `device ${index}`);
}

/** The port id a netlink socket is bound to. */
export function portIdOf(fd: number): number {
  const address = new Uint32Array(3);
  check("getsockname", library().call.getsockname(fd, address, new Uint32Array([12])));
  return address[1]!;
}

export function setSocketOption(fd: number, level: number, option: number, value: number): void {
  check(
    "setsockopt",
    library().call.setsockopt(fd, level, option, new Int32Array([value]), 4),
    `option ${option}`,
  );
}

/** An option's value as 32-bit words. */
export function getSocketOption(fd: number, level: number, option: number, words = 1): Uint32Array {
  const value = new Uint32Array(words);
  const length = new Uint32Array([words * 4]);
  check("getsockopt", library().call.getsockopt(fd, level, option, value, length), `option ${option}`);
  return value;
}

/** Sends one datagram to the connected peer, or to the kernel. */
export function send(fd: number, datagram: Uint8Array, length = datagram.length): number {
  return check("send", library().call.send(fd, datagram, length, 0));
}

const peer = new Uint32Array(3);
const peerLength = new Uint32Array(1);
const EAGAIN = ERRNO.EAGAIN;
export const ENOBUFS = ERRNO.ENOBUFS!;

/** The port id of the sender of the datagram that {@link receive} gave last: 0 is the kernel. */
export let senderPortId = 0;
/** The multicast groups it was sent to, as bits; those above 32 have none. */
export let senderGroups = 0;

/**
 * Receives one datagram without waiting.
 *
 * @returns its full length, which is more than `buffer.length` when it was cut; -1 when there is none.
 * @throws {@link SystemError} `ENOBUFS` after a receive overrun.
 */
export function receive(fd: number, buffer: Uint8Array): number {
  peerLength[0] = 12;
  const length = library().call.recvfrom(
    fd,
    buffer,
    buffer.length,
    MSG_DONTWAIT | MSG_TRUNC,
    peer,
    peerLength,
  );
  if (length >= 0) {
    senderPortId = peer[1]!;
    senderGroups = peer[2]!;
    return Number(length);
  }
  return nothing("recvfrom");
}

/** The same where it is known who sends. */
export function receiveUnnamed(fd: number, buffer: Uint8Array): number {
  const length = library().call.recv(fd, buffer, buffer.length, MSG_DONTWAIT | MSG_TRUNC);
  return length >= 0 ? Number(length) : nothing("recv");
}

/**
 * Receives datagrams without waiting into `count` struct mmsghdr (recvmmsg(2)).
 *
 * @returns how many there were.
 * @throws {@link SystemError} `ENOBUFS` after a receive overrun.
 */
export function receiveMany(fd: number, headers: Uint8Array, count: number): number {
  const received = library().call.recvmmsg(fd, headers, count, MSG_DONTWAIT | MSG_TRUNC, null);
  if (received < 0) nothing("recvmmsg");
  return Math.max(received, 0);
}

function nothing(name: keyof typeof prototypes): -1 {
  const errno = library().koffi.errno();
  if (errno === EAGAIN || errno === ERRNO.EINTR) return -1;
  throw new SystemError(name, errno);
}

export function close(fd: number): void {
  check("close", library().call.close(fd));
}

const F_DUPFD_CLOEXEC = 1030;

/** A close-on-exec duplicate of a descriptor. */
export function duplicate(fd: number): number {
  return check("dup", library().call.dup(fd, F_DUPFD_CLOEXEC, 3));
}

/** Moves the calling thread, and only it, into the namespace `fd` names. */
export function setns(fd: number, nstype: number): void {
  check("setns", library().call.setns(fd, nstype), `descriptor ${fd}`);
}

export function unshare(flags: number): void {
  check("unshare", library().call.unshare(flags));
}

export function mount(
  source: string,
  target: string,
  type: string | null,
  flags: number,
  data?: string,
): void {
  check("mount", library().call.mount(source, target, type, flags, data ?? null), target);
}

export function umount(target: string, flags: number): void {
  check("umount2", library().call.umount2(target, flags), target);
}

/** @param argument - what the request points to, or itself a number. */
export function ioctl(fd: number, request: number, argument: Uint8Array | bigint): number {
  return check("ioctl", library().call.ioctl(fd, request, argument));
}
