/** Calls that carry nothing but say which descriptor is what. */
import { Scanner } from "./scanner.ts";
import { aboutDescriptor, protocolNumber, type Sockets } from "./sockets.ts";
import { hasFlag, readAddress } from "./transfer.ts";

/** What a call gave back. */
export interface Result {
  /** undefined for `?` and for a failure. */
  readonly value: number | undefined;
  /** `ENOBUFS` */
  readonly failed: string | undefined;
  /** Milliseconds, with -T. */
  readonly took: number | undefined;
}

type Pid = number | undefined;
type Keep = (sockets: Sockets, pid: Pid, scanner: Scanner) => Failed | undefined;

/** A call on a netlink socket that failed. */
export interface Failed {
  readonly failed: string;
  readonly protocol: number | undefined;
  readonly socket: string | undefined;
}

const CLONE_FILES = 0x400;
const SOCK_CLOEXEC = 0x80000;

/** Reads the rest of the arguments, then `) = 32 <0.000021>`; undefined where the line ends before. */
export function readResult(scanner: Scanner): Result | undefined {
  while (scanner.eat(",")) scanner.skip();
  scanner.skip();
  if (!scanner.eat(")")) return undefined;
  const tail = scanner.text.slice(scanner.at);
  const found = /^\s*=\s*(?:(-?\d+|0x[0-9a-f]+)|\?)(?:<(?:->|\\.|[^>\\]){0,8192}>)?(?:\s+(E[A-Z0-9]+))?/.exec(
    tail,
  );
  if (!found) return undefined;
  const took = /<(\d+\.\d+)>\s*$/.exec(tail)?.[1];
  // "? ERESTARTSYS": a signal came, and the call begins again.
  const failed = found[1] === undefined ? undefined : found[2];
  const value = found[1] === undefined || failed !== undefined ? undefined : Number(found[1]);
  return { value, failed, took: took === undefined ? undefined : Number(took) * 1000 };
}

/** Makes a new descriptor of a kind that is not netlink. */
const others =
  "open openat openat2 creat accept accept4 epoll_create epoll_create1 eventfd eventfd2 timerfd_create signalfd4 " +
  "memfd_create inotify_init inotify_init1 pidfd_open userfaultfd perf_event_open bpf fanotify_init";

const keepers: ReadonlyMap<string, Keep> = new Map<string, Keep>([
  ...others.split(" ").map((name): [string, Keep] => [name, opensOther]),
  ["socket", socket],
  ["socketpair", socketPair],
  ["bind", bind],
  ["getsockname", address],
  ["close", close],
  ["close_range", closeRange],
  ["dup", duplicate],
  ["dup2", duplicate],
  ["dup3", duplicate],
  ["fcntl", control],
  ["fcntl64", control],
  ["clone", clone],
  ["clone3", clone],
  ["fork", clone],
  ["vfork", clone],
  ["execve", execute],
  ["execveat", execute],
]);

export const isHousekeeping = (name: string) => keepers.has(name);

/** Notes what a call does to the process's descriptors. */
export function keepHouse(sockets: Sockets, pid: Pid, name: string, text: string): Failed | undefined {
  return keepers.get(name)?.(sockets, pid, new Scanner(text, name.length + 1));
}

function succeeded(scanner: Scanner): number | undefined {
  return readResult(scanner)?.value;
}

function opensOther(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  scanner.skip();
  const fd = succeeded(scanner);
  if (fd !== undefined) sockets.openOther(pid, fd);
}

/** socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3 */
function socket(sockets: Sockets, pid: Pid, scanner: Scanner): Failed | undefined {
  const domain = scanner.value();
  const type = scanner.eat(",") ? scanner.value() : "";
  const protocol = scanner.eat(",") ? protocolNumber(scanner.value()) : undefined;
  const result = readResult(scanner);
  const isNetlink = /^(?:AF_NETLINK|PF_NETLINK|0x10\b|16\b)/.test(domain);
  if (result?.failed !== undefined && isNetlink)
    return { failed: result.failed, protocol, socket: undefined };
  if (result?.value === undefined) return undefined;
  if (isNetlink) sockets.open(pid, result.value, protocol, hasFlag(type, "SOCK_CLOEXEC", SOCK_CLOEXEC));
  else sockets.openOther(pid, result.value);
  return undefined;
}

/** socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0 */
function socketPair(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  for (let i = 0; i < 3; i++) {
    scanner.skip();
    scanner.eat(",");
  }
  scanner.eat("[");
  const first = scanner.descriptor();
  scanner.eat(",");
  const second = scanner.descriptor();
  for (const fd of [first, second]) if (fd) sockets.openOther(pid, fd.number);
}

/** bind(3, {sa_family=AF_NETLINK, nl_pid=4711, nl_groups=0x000001}, 12) = 0 */
function bind(sockets: Sockets, pid: Pid, scanner: Scanner): Failed | undefined {
  const fd = scanner.descriptor();
  if (!fd || !scanner.eat(",")) return undefined;
  const bound = readAddress(scanner.value());
  const about = aboutDescriptor(fd.about);
  const known = sockets.get(pid, fd.number);
  if (!known && !bound) return undefined;
  const socket = known ?? sockets.open(pid, fd.number, about?.protocol);
  const result = readResult(scanner);
  if (result?.value === 0 && bound?.portId) socket.portId = bound.portId;
  if (result?.failed === undefined) return undefined;
  return { failed: result.failed, protocol: socket.protocol, socket: socket.name };
}

/** getsockname(3, {sa_family=AF_NETLINK, nl_pid=4711, nl_groups=00000000}, [12]) = 0 */
function address(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  bind(sockets, pid, scanner);
}

function close(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  const fd = scanner.descriptor();
  // Linux closes it whatever it answers, but EBADF.
  if (fd && readResult(scanner)?.failed !== "EBADF") sockets.close(pid, fd.number);
}

function closeRange(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  const first = Number(scanner.value());
  const last = scanner.eat(",") ? Number(scanner.value()) : first;
  if (succeeded(scanner) === 0) sockets.closeRange(pid, first, last);
}

function duplicate(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  const fd = scanner.descriptor();
  const rest = scanner.text.slice(scanner.at);
  const copy = succeeded(scanner);
  if (fd && copy !== undefined && copy !== fd.number)
    sockets.duplicate(pid, fd.number, copy, rest.includes("O_CLOEXEC"));
}

/** fcntl(3, F_DUPFD_CLOEXEC, 10) = 11, fcntl(3, F_SETFD, FD_CLOEXEC) = 0 */
function control(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  const fd = scanner.descriptor();
  if (!fd || !scanner.eat(",")) return;
  const command = scanner.value();
  const argument = scanner.eat(",") ? scanner.value() : "";
  const result = succeeded(scanner);
  if (result === undefined) return;
  // By name, or with -X raw by number.
  if (/F_DUPFD|^(?:0|0x406)$/.test(command))
    sockets.duplicate(pid, fd.number, result, /CLOEXEC|0x406/.test(command));
  else if (/F_SETFD|^0x2$/.test(command))
    sockets.closeOnExec(pid, fd.number, hasFlag(argument, "FD_CLOEXEC", 1));
}

/** clone(child_stack=NULL, flags=CLONE_VM|CLONE_FILES|…) = 4712, fork() = 4712 */
function clone(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  const { text } = scanner;
  scanner.skip();
  const child = succeeded(scanner);
  if (child === undefined || child <= 0) return;
  const flags = /flags=([^,}]*)/.exec(text)?.[1];
  // -e verbose leaves the address of clone3's arguments, and what glibc makes with clone3 are threads.
  const shares = flags === undefined ? text.startsWith("clone3") : hasFlag(flags, "CLONE_FILES", CLONE_FILES);
  sockets.cloned(pid, child, shares);
}

function execute(sockets: Sockets, pid: Pid, scanner: Scanner): undefined {
  scanner.skip();
  if (succeeded(scanner) === 0) sockets.executed(pid);
}
