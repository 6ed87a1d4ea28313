/**
 * What strace wrote: the datagrams that processes exchanged through netlink sockets.
 *
 * strace decodes netlink messages into structures, and no option gives the bytes in their place; but `-e read` and
 * `-e write` put a dump of all bytes below each call, whatever `-s` says. {@link straceArguments} is the best way to
 * run it; anything else is read as far as bytes are there: strings of `-x`, `-xx` and without, dumps, with `-f`, `-t`,
 * `-tt`, `-ttt`, `-r`, `-T`, `-y`, `-yy`, `-X`, `-i`, `-n`, on standard error or in a file. What goes through io_uring is
 * invisible to strace. Time: with `-t` and `-tt` since midnight, with `-r` since the first line; a reply's
 * is when the call came back, where `-T` says it.
 */
import type { Captured, ReadCapture } from "./captured.ts";
import { isWhole, mayBegin } from "./framing.ts";
import { type Line, type LineReader, readLines } from "./lines.ts";
import { Dump, isDumpLine } from "./strace/dump.ts";
import { isHousekeeping, keepHouse, type Result, readResult } from "./strace/housekeeping.ts";
import { StraceClock, type StraceLine } from "./strace/line.ts";
import { Scanner } from "./strace/scanner.ts";
import { aboutDescriptor, type NetlinkSocket, Sockets } from "./strace/sockets.ts";
import { readTransfer, type Shown, type TransferCall, transfers } from "./strace/transfer.ts";
import { trouble } from "./trouble.ts";

/** What straceArguments traces: the calls that carry datagrams, and those that say which descriptor is what. */
const traced = [
  ...["socket", "socketpair", "accept", "accept4", "bind", "getsockname", "dup", "dup2", "dup3"],
  ...["clone", "clone3", "fork", "vfork", "execve"],
  ...["sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg"],
];

/**
 * Options that make strace show every byte, who sent it and when; `-o FILE` and `-- COMMAND…` or `-p PID` follow.
 *
 * `-s 0`, because strings would show again what the dumps show, and `verbose` names the calls whose structures are
 * wanted: without it strace decodes every message. For a command, add `--seccomp-bpf`: a process then stops only at these
 * calls, and `ip route show` with 20,000 routes takes 42 ms where it takes 24 without strace, and 1,700 otherwise.
 *
 * read(2), write(2), readv(2) and writev(2) are not among them: hardly a program uses them for netlink, and to stop at each
 * makes those 42 ms two seconds. Nor are close(2) and fcntl(2), which cost the most after them; {@link readStrace}
 * knows what a descriptor is from the socket(2) that made it.
 */
export const straceArguments: readonly string[] = [
  ...["-f", "-qq", "-ttt", "-T", "-s", "0"],
  ...["-e", `trace=${traced.join(",")}`],
  ...["-e", "verbose=bind,getsockname,recvmsg,sendmsg,clone3"],
  ...["-e", "signal=none", "-e", "read=all", "-e", "write=all"],
];

export const readStrace: ReadCapture = (input) => readLines(input, new StraceReader());

/** A call that carried datagrams, or failed to. */
interface Call {
  readonly transfer: TransferCall;
  readonly name: string;
  readonly offset: number;
  readonly pid: number | undefined;
  readonly time: number | undefined;
  readonly fd: number;
  /** undefined where it is not known to be netlink. */
  readonly socket: NetlinkSocket | undefined;
  readonly result: Result;
  /** How many there are: of sendmmsg and recvmmsg what the call gave back. */
  readonly count: number;
  readonly shown: readonly Shown[];
}

/** Beginnings of calls that strace finishes on a later line. */
const MOST_UNFINISHED = 4096;
/** One call takes no more: UIO_MAXIOV of linux/uio.h. */
const MOST_DATAGRAMS = 1024;
const LONGEST_UNFINISHED = 16 * 1024 * 1024;

class StraceReader implements LineReader {
  readonly #clock = new StraceClock();
  readonly #sockets = new Sockets();
  readonly #unfinished = new Map<number | undefined, string>();
  #unfinishedLength = 0;
  /** The beginning of a line that strace interrupted. */
  #torn = "";
  /** The last call, whose bytes come below it. */
  #waiting: { readonly call: Call; readonly dump: Dump } | undefined;

  line(line: Line, out: Captured[]): void {
    const { text } = line;
    if (isDumpLine(text)) {
      this.#dumpLine(text, out);
      return;
    }
    this.#finishWaiting(out);
    if (line.tooLong !== undefined) {
      out.push(trouble(line.offset, `a line of ${line.tooLong} bytes is too long to be read`));
      return;
    }
    // "clone(…strace: Process 4712 attached", and the call goes on below.
    if (text.endsWith(" attached") && this.#torn.length < LONGEST_UNFINISHED) {
      const from = text.lastIndexOf("strace: Process ");
      if (from > 0 && text.includes("(")) {
        this.#torn += text.slice(0, from);
        return;
      }
    }
    const read = this.#clock.read(this.#torn + text);
    this.#torn = "";
    // strace let go of the process in the middle of a call, which went on without it.
    if (read.rest.endsWith("<detached ...>")) return;
    if (read.rest.startsWith("<... ")) this.#resumed(line.offset, read, out);
    else if (/^[a-z_0-9]+\(/.test(read.rest)) {
      if (read.rest.endsWith("<unfinished ...>")) this.#begins(read);
      else this.#call(line.offset, read, false, out);
    } else if (read.rest.startsWith("+++ ")) this.#sockets.exited(read.pid);
  }

  end(out: Captured[]): void {
    this.#finishWaiting(out);
  }

  #begins({ pid, rest }: StraceLine): void {
    const name = rest.slice(0, rest.indexOf("("));
    if (!transfers.has(name) && !isHousekeeping(name)) return;
    if (/^(?:clone|clone3|fork|vfork)$/.test(name)) this.#sockets.cloning(pid);
    this.#forget(pid);
    const text = rest.slice(0, -"<unfinished ...>".length).trimEnd();
    while (
      this.#unfinished.size >= MOST_UNFINISHED ||
      (this.#unfinished.size > 0 && this.#unfinishedLength + text.length > LONGEST_UNFINISHED)
    )
      this.#forget(this.#unfinished.keys().next().value);
    this.#unfinished.set(pid, text);
    this.#unfinishedLength += text.length;
  }

  #forget(pid: number | undefined): string | undefined {
    const text = this.#unfinished.get(pid);
    if (text === undefined) return undefined;
    this.#unfinished.delete(pid);
    this.#unfinishedLength -= text.length;
    return text;
  }

  #resumed(offset: number, read: StraceLine, out: Captured[]): void {
    const found = /^<\.\.\. ([a-z_0-9]+) resumed>/.exec(read.rest);
    if (!found) return;
    const beginning = this.#forget(read.pid);
    if (!beginning?.startsWith(`${found[1]}(`)) return;
    const rest = `${beginning} ${read.rest.slice(found[0].length)}`;
    this.#call(offset, { ...read, rest }, true, out);
  }

  #call(offset: number, { pid, time, rest }: StraceLine, resumed: boolean, out: Captured[]): void {
    const name = rest.slice(0, rest.indexOf("("));
    const transfer = transfers.get(name);
    if (!transfer) {
      const failed = keepHouse(this.#sockets, pid, name, rest);
      if (failed) out.push({ ...trouble(offset, ""), ...failed, call: name, time, pid, problems: [] });
      return;
    }
    const scanner = new Scanner(rest, name.length + 1);
    const descriptor = scanner.descriptor();
    if (!descriptor) return;
    const { number: fd } = descriptor;
    let socket = this.#sockets.get(pid, fd);
    const about = aboutDescriptor(descriptor.about);
    if (about === null) return;
    if (about) {
      socket ??= this.#sockets.open(pid, fd);
      socket.protocol ??= about.protocol;
      socket.portId ??= about.portId;
    }
    // Known to be something else, and nothing speaks against it.
    if (socket === null && !rest.includes("AF_NETLINK") && !rest.includes("{nlmsg_len=")) return;
    const { datagrams, peeks } = readTransfer(scanner, transfer.layout);
    if (peeks) return;
    const result = readResult(scanner);
    if (!result) {
      if (socket) out.push(trouble(offset, `the line of ${name} ends too early`));
      return;
    }
    if (datagrams.some((shown) => shown.isNetlink)) socket ??= this.#sockets.open(pid, fd);
    // A reply is there when the call comes back.
    const took = transfer.direction === "received" && !resumed ? (result.took ?? 0) : 0;
    const call: Call = {
      transfer,
      name,
      offset,
      pid,
      time: time === undefined ? undefined : time + took,
      fd,
      socket: socket ?? undefined,
      result,
      count: transfer.layout === "messages" ? Math.min(result.value ?? 0, MOST_DATAGRAMS) : 1,
      shown: datagrams,
    };
    if (result.failed !== undefined) this.#failed(call, result.failed, out);
    // "?": the process ended in the middle of it.
    else if (result.value !== undefined && result.value > 0) this.#succeeded(call, result.value, out);
  }

  #failed(call: Call, failed: string, out: Captured[]): void {
    const routine = failed === "EINTR" || (call.transfer.direction === "received" && failed === "EAGAIN");
    if (call.socket && !routine) out.push({ ...capturedOf(call, call.socket, NONE, 0, []), failed });
  }

  #succeeded(call: Call, value: number, out: Captured[]): void {
    const { shown, count, transfer } = call;
    if (shown.length >= count && shown.every(({ state }) => state === "all")) {
      this.#emit(call, [], [], out);
      return;
    }
    const length = transfer.layout === "messages" ? undefined : Math.min(value, shown[0]?.capacity ?? value);
    this.#waiting = { call, dump: new Dump(count, length) };
  }

  #dumpLine(text: string, out: Captured[]): void {
    if (!this.#waiting) return;
    const { call, dump } = this.#waiting;
    const isWholeNow = dump.line(text);
    const { value = 0 } = call.result;
    // A file that is read, most likely: its pages need not be collected.
    if (!call.socket && call.transfer.layout === "buffer" && !mayBegin(dump.view, value))
      this.#waiting = undefined;
    else if (isWholeNow) this.#finishWaiting(out);
  }

  #finishWaiting(out: Captured[]): void {
    if (!this.#waiting) return;
    const { call, dump } = this.#waiting;
    this.#waiting = undefined;
    this.#emit(call, dump.finish(), dump.problems, out);
  }

  /** @param dumped - the datagrams' bytes; where one is missing, the arguments have it, a part of it or nothing. */
  #emit(call: Call, dumped: readonly Uint8Array[], problems: readonly string[], out: Captured[]): void {
    let { socket } = call;
    const several = call.transfer.layout === "messages";
    for (let i = 0; i < call.count; i++) {
      const shown = call.shown[i];
      const whole = dumped[i];
      // Of so many that strace shows nothing of, a few are told.
      if (!shown && !whole && i >= 16) break;
      const length = (several ? (shown?.length ?? whole?.length) : call.result.value) ?? whole?.length ?? 0;
      const room = Math.min(length, shown?.capacity ?? length);
      const there = whole ?? shown?.bytes ?? NONE;
      const bytes = there.length > room ? there.subarray(0, room) : there;
      if (!socket) {
        if (!isWhole(bytes)) continue;
        socket = this.#sockets.open(call.pid, call.fd);
      }
      const missed = missing(call, shown, bytes.length, length, room);
      const told = missed === undefined ? problems : [...problems, missed];
      out.push(capturedOf(call, socket, bytes, length, told, shown?.groups || undefined));
    }
  }
}

const NONE = new Uint8Array(0);

function capturedOf(
  { offset, transfer, time, pid, name }: Call,
  { protocol, name: socket, portId }: NetlinkSocket,
  bytes: Uint8Array,
  length: number,
  problems: readonly string[],
  groups?: number,
): Captured {
  const { direction } = transfer;
  return {
    offset,
    bytes,
    length,
    protocol,
    direction,
    time,
    socket,
    pid,
    portId,
    groups,
    call: name,
    problems,
  };
}

/** Why there are fewer bytes than the call moved. */
function missing(
  call: Call,
  shown: Shown | undefined,
  there: number,
  length: number,
  room: number,
): string | undefined {
  // Of sendmmsg and recvmmsg nothing may be known, not even the length.
  if (there < room || (there === 0 && length === 0)) {
    const what =
      shown?.state === "decoded"
        ? "strace wrote structures, not bytes"
        : `strace shows ${there} of ${length || "the"} bytes`;
    return `${what}: -e read=all -e write=all adds them`;
  }
  if (room < length) return `the buffer of ${call.name} has room for ${room} of ${length} bytes`;
  return shown?.truncated ? `the buffer of ${call.name} was too small: the end is lost` : undefined;
}
