/** Which descriptor of which process is which netlink socket. */

export interface NetlinkSocket {
  /** `4711:3`: the process and descriptor it was opened as, with a number where that happens again. */
  readonly name: string;
  protocol?: number | undefined;
  portId?: number | undefined;
}

interface Descriptor {
  /** null: it is known to be something else. */
  readonly socket: NetlinkSocket | null;
  readonly closesOnExec: boolean;
}

/** Descriptors of one process; its threads have the same ones. */
class Table {
  readonly own = new Map<number, Descriptor>();
  /** Those of the process that made this one, where strace did not show how. */
  readonly inherited: Table | undefined;

  constructor(inherited?: Table) {
    this.inherited = inherited;
  }

  get(fd: number): Descriptor | undefined {
    return this.own.get(fd) ?? this.inherited?.own.get(fd);
  }

  copy(): Table {
    const table = new Table();
    for (const source of [this.inherited, this])
      for (const [fd, descriptor] of source?.own ?? []) table.own.set(fd, descriptor);
    return table;
  }
}

/** No more is kept: input with millions of processes that never exit is not from strace. */
const MOST_PROCESSES = 4096;
const MOST_DESCRIPTORS = 256;

export class Sockets {
  readonly #tables = new Map<number | undefined, Table>();
  /** Times a name was given. */
  readonly #names = new Map<string, number>();
  #first: Table | undefined;
  /** The process that is in the middle of a clone(). */
  #cloning: number | undefined;
  #isCloning = false;

  /** undefined: nothing is known; null: it is no netlink socket. */
  get(pid: number | undefined, fd: number): NetlinkSocket | null | undefined {
    return this.#table(pid).get(fd)?.socket;
  }

  open(pid: number | undefined, fd: number, protocol?: number, closesOnExec = false): NetlinkSocket {
    const place = pid === undefined ? `${fd}` : `${pid}:${fd}`;
    const times = (this.#names.get(place) ?? 0) + 1;
    remember(this.#names, place, times);
    const socket = { name: times === 1 ? place : `${place}#${times}`, protocol, portId: undefined };
    this.#set(pid, fd, { socket, closesOnExec });
    return socket;
  }

  /** A descriptor of another kind: of a file, of a pipe. */
  openOther(pid: number | undefined, fd: number): void {
    this.#set(pid, fd, { socket: null, closesOnExec: true });
  }

  close(pid: number | undefined, fd: number): void {
    const table = this.#table(pid);
    // What is inherited is hidden, not forgotten.
    if (table.inherited?.own.has(fd)) this.openOther(pid, fd);
    else table.own.delete(fd);
  }

  closeRange(pid: number | undefined, first: number, last: number): void {
    const table = this.#table(pid);
    for (const fd of [...table.own.keys(), ...(table.inherited?.own.keys() ?? [])])
      if (fd >= first && fd <= last) this.close(pid, fd);
  }

  duplicate(pid: number | undefined, from: number, to: number, closesOnExec: boolean): void {
    const descriptor = this.#table(pid).get(from);
    if (descriptor) this.#set(pid, to, { ...descriptor, closesOnExec });
    else this.close(pid, to);
  }

  closeOnExec(pid: number | undefined, fd: number, closesOnExec: boolean): void {
    const descriptor = this.#table(pid).get(fd);
    if (descriptor) this.#set(pid, fd, { ...descriptor, closesOnExec });
  }

  /** A process begins to make another, whose lines may come before the end of this call. */
  cloning(pid: number | undefined): void {
    this.#cloning = pid;
    this.#isCloning = true;
  }

  /** @param shares - CLONE_FILES: what one opens, the other has. */
  cloned(pid: number | undefined, child: number, shares: boolean): void {
    const parent = this.#table(pid);
    const early = this.#tables.get(child);
    if (shares) {
      if (early && early !== parent)
        for (const [fd, own] of early.own) remember(parent.own, fd, own, MOST_DESCRIPTORS);
      remember(this.#tables, child, parent);
    } else if (!early) remember(this.#tables, child, parent.copy());
    this.#isCloning = false;
  }

  executed(pid: number | undefined): void {
    const table = this.#table(pid).copy();
    for (const [fd, { closesOnExec }] of table.own) if (closesOnExec) table.own.delete(fd);
    remember(this.#tables, pid, table);
  }

  exited(pid: number | undefined): void {
    this.#tables.delete(pid);
  }

  #set(pid: number | undefined, fd: number, descriptor: Descriptor): void {
    remember(this.#table(pid).own, fd, descriptor, MOST_DESCRIPTORS);
  }

  #table(pid: number | undefined): Table {
    let table = this.#tables.get(pid);
    if (!table) {
      const maker = this.#isCloning ? this.#tables.get(this.#cloning) : undefined;
      // On a terminal strace names the process of a line only while there are several.
      table = maker?.copy() ?? this.#tables.get(undefined) ?? new Table(this.#first);
      this.#first ??= table;
      remember(this.#tables, pid, table);
    }
    return table;
  }
}

function remember<K, V>(map: Map<K, V>, key: K, value: V, most = MOST_PROCESSES): void {
  if (map.size >= most && !map.has(key)) map.delete(map.keys().next().value!);
  map.set(key, value);
}

/** Names as -yy writes them: NETLINK_… of linux/netlink.h. */
const protocols = [
  ...["ROUTE", "UNUSED", "USERSOCK", "FIREWALL", "SOCK_DIAG", "NFLOG", "XFRM", "SELINUX", "ISCSI", "AUDIT"],
  ...["FIB_LOOKUP", "CONNECTOR", "NETFILTER", "IP6_FW", "DNRTMSG", "KOBJECT_UEVENT", "GENERIC", "DM"],
  ...["SCSITRANSPORT", "ECRYPTFS", "RDMA", "CRYPTO", "SMC"],
];

/** `NETLINK_ROUTE`, `ROUTE`, `0`, `0 /* NETLINK_ROUTE *\/`. */
export function protocolNumber(text: string): number | undefined {
  if (/^\d/.test(text)) return Number.parseInt(text, text.startsWith("0x") ? 16 : 10);
  const name = text.replace("NETLINK_", "").replace("INET_DIAG", "SOCK_DIAG");
  const number = protocols.indexOf(name);
  return number < 0 ? undefined : number;
}

/**
 * What -y and -yy write behind a descriptor: `NETLINK:[ROUTE:4711]`, `socket:[12345]`.
 *
 * @returns null for what is no netlink socket, undefined where it does not say.
 */
export function aboutDescriptor(
  text: string | undefined,
): { protocol?: number | undefined; portId?: number | undefined } | null | undefined {
  if (text === undefined || text === "") return undefined;
  const about = text.replace(/\\x([0-9a-f]{2})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  if (about.startsWith("socket:[")) return undefined;
  if (!about.startsWith("NETLINK")) return null;
  const found = /^NETLINK:\[(\w+):(-?\d+)\]/.exec(about);
  return found ? { protocol: protocolNumber(found[1]!), portId: Number(found[2]) >>> 0 } : {};
}
