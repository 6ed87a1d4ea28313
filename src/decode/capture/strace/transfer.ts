/** The arguments of the calls that carry datagrams. */
import { ByteBuffer } from "../byte-buffer.ts";
import type { Scanner } from "./scanner.ts";

/** How a call's data is laid out in its arguments. */
export type Layout = "buffer" | "message" | "messages" | "vector";

export interface TransferCall {
  readonly direction: "sent" | "received";
  readonly layout: Layout;
}

export const transfers: ReadonlyMap<string, TransferCall> = new Map([
  ["sendto", { direction: "sent", layout: "buffer" }],
  ["send", { direction: "sent", layout: "buffer" }],
  ["write", { direction: "sent", layout: "buffer" }],
  ["recvfrom", { direction: "received", layout: "buffer" }],
  ["recv", { direction: "received", layout: "buffer" }],
  ["read", { direction: "received", layout: "buffer" }],
  ["sendmsg", { direction: "sent", layout: "message" }],
  ["recvmsg", { direction: "received", layout: "message" }],
  ["sendmmsg", { direction: "sent", layout: "messages" }],
  ["recvmmsg", { direction: "received", layout: "messages" }],
  ["recvmmsg_time64", { direction: "received", layout: "messages" }],
  ["writev", { direction: "sent", layout: "vector" }],
  ["readv", { direction: "received", layout: "vector" }],
]);

/** One datagram as the arguments show it. */
export interface Shown {
  readonly bytes: Uint8Array;
  /** `all`, `cut` where strace printed no more, `decoded` into structures, `none`. */
  readonly state: "all" | "cut" | "decoded" | "none";
  /** The buffers' size: bytes. */
  readonly capacity: number | undefined;
  /** Of sendmmsg and recvmmsg: bytes of this one. */
  readonly length: number | undefined;
  /** Bit n-1: the sender's address says group n. */
  readonly groups: number | undefined;
  /** An address of AF_NETLINK is there. */
  readonly isNetlink: boolean;
  /** MSG_TRUNC came back: the buffers were too small. */
  readonly truncated: boolean;
}

export interface Transfer {
  readonly datagrams: readonly Shown[];
  /** MSG_PEEK: what it shows will come again. */
  readonly peeks: boolean;
}

/** No call takes more: UIO_MAXIOV of linux/uio.h. */
const MOST = 1024;
const buffer = new ByteBuffer();

/** Reads the arguments behind the descriptor, and leaves the scanner before the closing parenthesis. */
export function readTransfer(scanner: Scanner, layout: Layout): Transfer {
  const datagrams: Shown[] = [];
  let flags = "";
  scanner.eat(",");
  if (layout === "buffer") {
    const shown = readBuffer(scanner);
    const capacity = scanner.eat(",") ? numberIn(scanner.value()) : undefined;
    if (scanner.eat(",")) flags = scanner.value();
    datagrams.push({ ...shown, capacity });
  } else if (layout === "vector") {
    datagrams.push(readVector(scanner));
  } else if (layout === "message") {
    datagrams.push(readMessage(scanner));
    if (scanner.eat(",")) flags = scanner.value();
  } else {
    readMessages(scanner, datagrams);
    if (scanner.eat(",")) scanner.skip();
    if (scanner.eat(",")) flags = scanner.value();
  }
  while (scanner.eat(",")) scanner.skip();
  return { datagrams, peeks: hasFlag(flags, "MSG_PEEK", 2) };
}

const nothing: Shown = {
  bytes: new Uint8Array(0),
  state: "none",
  capacity: undefined,
  length: undefined,
  groups: undefined,
  isNetlink: false,
  truncated: false,
};

/** A string, structures that strace made of it, or an address. */
function readBuffer(scanner: Scanner): Shown {
  buffer.clear();
  const state = appendBuffer(scanner);
  return { ...nothing, bytes: buffer.take(), state, isNetlink: state === "decoded" };
}

function appendBuffer(scanner: Scanner): Shown["state"] {
  const string = scanner.string(buffer);
  const rest = scanner.value();
  if (string) return string.cut ? "cut" : "all";
  return /^[[{]+nlmsg_len=/.test(rest) ? "decoded" : "none";
}

/** `[{iov_base="…", iov_len=16}, …]` */
function readVector(scanner: Scanner): Shown {
  if (!scanner.eat("[")) {
    scanner.skip();
    return nothing;
  }
  buffer.clear();
  let state: Shown["state"] = "all";
  let capacity: number | undefined = 0;
  for (let i = 0; i < MOST && scanner.eat("{"); i++) {
    for (const name of fields(scanner)) {
      if (name === "iov_len") capacity = sum(capacity, numberIn(scanner.value()));
      else if (name !== "iov_base") scanner.skip();
      else if (state === "all") state = appendBuffer(scanner);
      // What follows a part that is not there has no place.
      else scanner.skip();
    }
    scanner.eat("}");
    if (!scanner.eat(",")) break;
  }
  // `...`: strace left elements out.
  if (!scanner.eat("]")) {
    state = state === "decoded" ? state : "none";
    capacity = undefined;
    scanner.skip();
    scanner.eat("]");
  }
  return { ...nothing, bytes: buffer.take(), state, capacity, isNetlink: state === "decoded" };
}

/** struct msghdr: `{msg_name={sa_family=AF_NETLINK, …}, msg_iov=[…], …, msg_flags=MSG_TRUNC}` */
function readMessage(scanner: Scanner): Shown {
  if (!scanner.eat("{")) {
    scanner.skip();
    return nothing;
  }
  let shown = nothing;
  let groups: number | undefined;
  let truncated = false;
  let isNetlink = false;
  for (const name of fields(scanner)) {
    if (name === "msg_iov") shown = readVector(scanner);
    else if (name === "msg_name") {
      const address = readAddress(scanner.value());
      isNetlink = address !== undefined;
      groups = address?.groups;
    } else if (name === "msg_flags") truncated = hasFlag(scanner.value(), "MSG_TRUNC", 0x20);
    else scanner.skip();
  }
  scanner.eat("}");
  return { ...shown, groups, truncated, isNetlink: isNetlink || shown.isNetlink };
}

/** Of sendmmsg and recvmmsg: `[{msg_hdr={…}, msg_len=32}, …]` */
function readMessages(scanner: Scanner, into: Shown[]): void {
  if (!scanner.eat("[")) {
    scanner.skip();
    return;
  }
  while (into.length < MOST && scanner.eat("{")) {
    let shown = nothing;
    let length: number | undefined;
    for (const name of fields(scanner)) {
      if (name === "msg_hdr") shown = readMessage(scanner);
      else if (name === "msg_len") length = numberIn(scanner.value());
      else scanner.skip();
    }
    into.push({ ...shown, length });
    scanner.eat("}");
    if (!scanner.eat(",")) break;
  }
  scanner.skip();
  scanner.eat("]");
}

/** The names of a structure's fields; whoever asks for the next has read the value. */
function* fields(scanner: Scanner): Generator<string> {
  for (;;) {
    scanner.eat("");
    const pattern = /([a-z_]+)=/y;
    pattern.lastIndex = scanner.at;
    const found = pattern.exec(scanner.text);
    if (found) {
      scanner.at = pattern.lastIndex;
      yield found[1]!;
    } else scanner.skip();
    if (!scanner.eat(",")) return;
  }
}

/** struct sockaddr_nl: `{sa_family=AF_NETLINK, nl_pid=4711, nl_groups=0x000001}` */
export function readAddress(text: string): { portId: number; groups: number } | undefined {
  if (!/sa_family=(?:AF_NETLINK|0x10\b)/.test(text)) return undefined;
  const portId = numberIn(/nl_pid=(\w+)/.exec(text)?.[1]) ?? 0;
  return { portId, groups: Number.parseInt(/nl_groups=(?:0x)?([0-9a-f]+)/.exec(text)?.[1] ?? "0", 16) };
}

function numberIn(text: string | undefined): number | undefined {
  const found = /^(0x[0-9a-f]+|\d+)/.exec(text ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether flags have one, by name or, with -X raw, by number. */
export function hasFlag(text: string, name: string, bit: number): boolean {
  if (text.includes(name)) return true;
  const number = numberIn(text);
  return number !== undefined && (number & bit) !== 0;
}

const sum = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;
