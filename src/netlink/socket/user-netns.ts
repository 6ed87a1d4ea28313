/**
 * Network namespaces of an unprivileged user: inside a user namespace of his own.
 *
 * The one who made a user namespace has every capability over it (user_namespaces(7)), so the kernel accepts what he
 * sends over its netlink sockets. But entering its network namespaces takes CAP_SYS_ADMIN where he is, too, and entering
 * the user namespace takes a process with one thread: so a child opens each socket and hands it over (unix(7),
 * SCM_RIGHTS).
 */
import { closeSync, fstatSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { hostByteOrder } from "../codec/byte-order.ts";
import { ERRNO } from "../errno.ts";
import { NetlinkError, SystemError } from "../errors.ts";
import { ChildCalls, callInChild, type LibcCall } from "./child-calls.ts";
import * as libc from "./libc.ts";
import { openCurrentNetns } from "./netns.ts";
import { receiveMessage } from "./receive-message.ts";

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** Opens the network namespace of a socket (linux/sockios.h). */
const SIOCGSKNS = 0x894c;
/** What the child's first free descriptor is once its standard input is closed. */
const FIRST = 0;

/** Descriptors of a user namespace and of a network namespace in it. */
export interface UserNetns {
  readonly user: number;
  readonly net: number;
}

/**
 * Makes a user namespace, in which the caller is root, and a network namespace in it. They live as long as somebody
 * holds them.
 *
 * @throws SystemError what the system forbids; the message says why, where that can be found out.
 */
export function createUserNetns(): UserNetns {
  const flags = libc.CLONE_NEWUSER | libc.CLONE_NEWNET;
  const { user, net } = inWaitingChild([], flags, (pid) => {
    write(pid, "setgroups", "deny");
    write(pid, "uid_map", `0 ${process.geteuid!()} 1`);
    write(pid, "gid_map", `0 ${process.getegid!()} 1`);
    return { user: openNs(pid, "user"), net: openNs(pid, "net") };
  });
  return { user, net };
}

/** Another network namespace in the user namespace `user`. */
export function createNetnsIn(user: number): number {
  const enter = [
    ["setns", user, libc.CLONE_NEWUSER],
    ["unshare", libc.CLONE_NEWNET],
  ] as const;
  const net = inWaitingChild(enter, 0, (pid) => openNs(pid, "net"));
  const own = openCurrentNetns();
  try {
    // A child that could not enter is where we are.
    if (fstatSync(net, { bigint: true }).ino !== fstatSync(own, { bigint: true }).ino) return net;
    libc.close(net);
    throw explained(new SystemError("unshare", ERRNO.EPERM!, "network namespace of a sandbox"));
  } finally {
    closeSync(own);
  }
}

/** Runs `use` while a child has made its calls and waits. */
function inWaitingChild<T>(calls: readonly LibcCall[], flags: number, use: (pid: number) => T): T {
  const [ours, theirs] = libc.socketPair();
  const byte = new Uint8Array(1);
  try {
    // It says when it has come so far, and ends when it hears something, or when we are gone.
    const said = ["write", theirs, byte, 1] as const;
    const heard = ["read", theirs, byte, 1] as const;
    const child = startChild([["close", ours], ...calls, said, heard, ["_exit", 0]], flags, theirs);
    try {
      if (readSync(ours, byte) === 0) throw new SystemError("clone", ERRNO.EPERM!, "user namespace");
      return use(child.pid);
    } finally {
      closeSync(ours);
      child.ended();
    }
  } catch (error) {
    throw explained(error);
  }
}

/** The child has its own copy of `end` then. */
function startChild(calls: readonly LibcCall[], flags: number, end: number): ChildCalls {
  try {
    return new ChildCalls(calls, flags);
  } finally {
    libc.close(end);
  }
}

function write(pid: number, file: string, text: string): void {
  writeFileSync(`/proc/${pid}/${file}`, text);
}

/** Not Node's own descriptor: its owner closes it as one of libc's. */
function openNs(pid: number, kind: string): number {
  const fd = openSync(`/proc/${pid}/ns/${kind}`, "r");
  try {
    return libc.duplicate(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Opens a netlink socket in a network namespace of a user namespace.
 *
 * @returns a close-on-exec, non-blocking descriptor.
 */
export function socketIn({ user, net }: UserNetns, protocol: number): number {
  const [ours, theirs] = libc.socketPair();
  try {
    const type = libc.SOCK_RAW | libc.SOCK_CLOEXEC | libc.SOCK_NONBLOCK;
    const message = rightsMessage(FIRST);
    callInChild([
      ["setns", user, libc.CLONE_NEWUSER],
      ["setns", net, libc.CLONE_NEWNET],
      ["close", FIRST],
      ["socket", libc.AF_NETLINK, type, protocol],
      ["sendmsg", theirs, message.header, 0],
    ]);
    message.keep();
    const socket = receivedDescriptor(ours);
    if (socket !== undefined && isIn(socket, net)) return socket;
    if (socket !== undefined) libc.close(socket);
    throw explained(new SystemError("setns", ERRNO.EPERM!, "network namespace of a sandbox"));
  } finally {
    libc.close(ours);
    libc.close(theirs);
  }
}

/** struct msghdr with one byte and one descriptor, for 64-bit machines (recvmsg(2), cmsg(3)). */
function rightsMessage(descriptor: number) {
  const little = hostByteOrder === "little";
  const data = new Uint8Array([1]);
  const iov = new DataView(new ArrayBuffer(16));
  const control = new DataView(new ArrayBuffer(24));
  const header = new DataView(new ArrayBuffer(56));
  const bytes = (view: DataView) => new Uint8Array(view.buffer);
  const pointer = (view: DataView, at: number, target: Uint8Array) =>
    view.setBigUint64(at, libc.addressOf(target), little);
  pointer(iov, 0, data);
  iov.setBigUint64(8, 1n, little);
  control.setBigUint64(0, 20n, little);
  control.setInt32(8, SOL_SOCKET, little);
  control.setInt32(12, SCM_RIGHTS, little);
  control.setInt32(16, descriptor, little);
  pointer(header, 16, bytes(iov));
  header.setBigUint64(24, 1n, little);
  pointer(header, 32, bytes(control));
  header.setBigUint64(40, 24n, little);
  // What the header points to must not be collected before the child has sent it.
  return { header: bytes(header), keep: () => [data, iov, control] };
}

function receivedDescriptor(from: number): number | undefined {
  const rights = receiveMessage(from, new Uint8Array(1))?.control.find(({ type }) => type === SCM_RIGHTS);
  if (!rights) return undefined;
  const received = rights.data.getInt32(0, hostByteOrder === "little");
  try {
    return libc.duplicate(received);
  } finally {
    libc.close(received);
  }
}

/** A child that could not enter would have opened its socket here. */
function isIn(socket: number, net: number): boolean {
  let own: number;
  try {
    own = libc.ioctl(socket, SIOCGSKNS, new Uint8Array(0));
  } catch (error) {
    if (error instanceof SystemError && error.code === "EPERM") return false;
    throw error;
  }
  try {
    return fstatSync(own, { bigint: true }).ino === fstatSync(net, { bigint: true }).ino;
  } finally {
    closeSync(own);
  }
}

/** The failure with what on this system may be the reason. */
function explained(error: unknown): unknown {
  const { code, syscall, errno, path } = error as NodeJS.ErrnoException;
  if (error instanceof NetlinkError ? !(error instanceof SystemError) : errno === undefined) return error;
  const subject = path ?? "user namespace";
  const reason = whatForbids(code);
  return new SystemError(syscall ?? "clone", Math.abs(errno!), subject, reason);
}

/** What on this system may be why user namespaces, or changes in them, fail with `code`. */
export function whatForbids(code: string | undefined): string | undefined {
  return reasons(code).join("; ") || undefined;
}

function reasons(code: string | undefined): string[] {
  const found: string[] = [];
  const setting = (name: string, forbidding: string) => {
    if (read(`/proc/sys/${name}`) === forbidding) found.push(`${name.replaceAll("/", ".")} is ${forbidding}`);
  };
  setting("user/max_user_namespaces", "0");
  setting("user/max_net_namespaces", "0");
  setting("kernel/unprivileged_userns_clone", "0");
  setting("kernel/apparmor_restrict_unprivileged_userns", "1");
  if (found.length > 0 || code === "ENOSPC") return found;
  if (/^Seccomp:\s*2/m.test(read("/proc/self/status") ?? ""))
    found.push("a seccomp filter, as container runtimes set, may forbid user namespaces");
  if (code === "EINVAL") found.push("the kernel has no user namespaces");
  return found;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    // A setting that this kernel has not got.
    return undefined;
  }
}
