import type { ChildProcess } from "node:child_process";
import { Client, type ClientOptions } from "../../netlink/client.ts";
import { ClosedError } from "../../netlink/errors.ts";
import { inNetns } from "../../netlink/socket/netns.ts";
import { rtnetlinkLater } from "../../rtnl/later.ts";
import { getNsid, newNsid } from "../../rtnl/nsid/index.ts";
import type { Firewall } from "../firewall/firewall.ts";
import { atFirstUse } from "../first-use.ts";
import type { Nat } from "../nat/nat.ts";
import { Nft } from "../nft/nft.ts";
import { Session } from "../session.ts";
import type { Tuntaps } from "../tuntap/tuntap.ts";
import { attachNetns } from "./attach.ts";
import { type BatchOptions, runBatch } from "./batch.ts";
import { anonymousNetns, createNetns } from "./create.ts";
import { deleteNetns } from "./delete.ts";
import { CURRENT_NETNS, closeNetns, type NetnsIdentity, netnsIdentity } from "./descriptor.ts";
import { execInNetns, type NetnsExecOptions, type NetnsExecResult } from "./exec.ts";
import { listNetns } from "./list.ts";
import { NetnsObjects } from "./objects.ts";
import { type NetnsTarget, openNetns } from "./open.ts";
import { identifyNetns, netnsPids } from "./processes.ts";
import { type NetnsSpawnOptions, spawnInNetns } from "./spawn.ts";

/** How a namespace's sockets are opened. */
export type NetnsOptions = Pick<ClientOptions, "open" | "timeout" | "receiveBuffer">;

/** A named namespace in a listing. */
export interface NetnsEntry {
  readonly name: string;
  /** Device and inode number: what makes it itself, whatever its names. */
  readonly dev: number;
  readonly ino: number;
  /** The id that the caller's namespace knows it by, where it has one. */
  readonly nsid: number | undefined;
}

/**
 * A network namespace, open: its links, addresses, routes …, and programs inside it.
 *
 * The handle keeps the namespace alive until {@link close}; `await using` closes it by itself. Closing does not delete
 * a name.
 */
export class Netns extends NetnsObjects implements AsyncDisposable {
  /** Its name in /run/netns, where it was opened by that. */
  readonly name: string | undefined;
  /** Descriptor of the namespace, owned by this handle. */
  readonly fd: number;
  /** Speaks rtnetlink in the namespace: for the requests of `nlkit/rtnl`. */
  readonly client: Client;
  /** Its packet filter: tables, chains and rules of nft(8). */
  readonly nft: Nft;
  /** Network address translation. */
  readonly nat: Nat;
  /** Which packets may pass. */
  readonly firewall: Firewall;
  readonly tuntap: Tuntaps;
  readonly #label: string;
  #closed = false;

  private constructor(fd: number, name: string | undefined, options: NetnsOptions) {
    const client = new Client({ ...options, protocol: rtnetlinkLater, netns: fd });
    const label = name === undefined ? "this namespace" : `namespace ${JSON.stringify(name)}`;
    const session = new Session(client, label);
    super(session);
    this.tuntap = atFirstUse(async () => new (await import("../tuntap/tuntap.ts")).Tuntaps(session, fd));
    this.client = client;
    this.nft = new Nft((protocol) => {
      if (this.#closed) throw new ClosedError();
      return new Client({ ...options, protocol, netns: fd });
    }, this.link);
    this.nat = atFirstUse(async () => new (await import("../nat/nat.ts")).Nat(this.nft));
    this.firewall = atFirstUse(async () => new (await import("../firewall/firewall.ts")).Firewall(this.nft));
    this.#label = label;
    this.fd = fd;
    this.name = name;
  }

  /** The namespace the caller is in. */
  static async current(options: NetnsOptions = {}): Promise<Netns> {
    return new Netns(openNetns({ path: CURRENT_NETNS }), undefined, options);
  }

  /**
   * Opens a namespace by its name in /run/netns, by a process that is in it, by its file's path, or by a descriptor.
   *
   * @throws SystemError `ENOENT` no such name, `ESRCH` no such process, `EACCES`.
   * @throws InputError a name that is none, or something that is not a network namespace.
   */
  static async open(target: NetnsTarget, options: NetnsOptions = {}): Promise<Netns> {
    return new Netns(openNetns(target), typeof target === "string" ? target : undefined, options);
  }

  /**
   * A handle over an open descriptor, which it then owns: what a sandbox made, or a recording stands for.
   *
   * @param name - for messages.
   */
  static over(
    netns: { readonly fd: number; readonly name?: string | undefined },
    options: NetnsOptions = {},
  ): Netns {
    return new Netns(netns.fd, netns.name, options);
  }

  /**
   * Makes a namespace and names it in /run/netns, as `ip netns add` does.
   *
   * @throws SystemError `EEXIST` the name is taken, `EPERM` without CAP_SYS_ADMIN. Nothing is left behind.
   */
  static async create(name: string, options: NetnsOptions = {}): Promise<Netns> {
    return new Netns(await createNetns(name), name, options);
  }

  /** Makes a namespace without a name, which goes when the last handle, socket and process in it does. */
  static async anonymous(options: NetnsOptions = {}): Promise<Netns> {
    return new Netns(anonymousNetns(), undefined, options);
  }

  /** Gives the namespace of a process, or of another target, a name in /run/netns, as `ip netns attach` does. */
  static async attach(name: string, target: NetnsTarget): Promise<void> {
    await attachNetns(name, target);
  }

  /** Removes a name. The namespace itself goes when nothing holds it any more. */
  static async delete(name: string): Promise<void> {
    deleteNetns(name);
  }

  /** The named namespaces, with the ids the caller's namespace knows them by. */
  static async list(): Promise<NetnsEntry[]> {
    await using here = await Netns.current();
    const entries: NetnsEntry[] = [];
    for (const { name, dev, ino } of listNetns()) {
      // One that was deleted meanwhile has no id.
      const nsid = await here.nsid(name).catch(() => undefined);
      entries.push({ name, dev: Number(dev), ino: Number(ino), nsid });
    }
    return entries;
  }

  /** The names of the namespace that a process is in, as `ip netns identify` prints them. */
  static async identify(pid: number): Promise<string[]> {
    return identifyNetns(pid);
  }

  /** Device and inode number: what makes two handles the same namespace. */
  get identity(): NetnsIdentity {
    return netnsIdentity(this.fd);
  }

  /** The processes in the namespace, as `ip netns pids` prints them. */
  async pids(): Promise<number[]> {
    return netnsPids(this.identity);
  }

  /** The id that this namespace knows another one by; undefined when it has none. */
  async nsid(other: NetnsTarget): Promise<number | undefined> {
    const fd = openNetns(other);
    try {
      const answer = await this.client.request(getNsid({ fd }));
      return answer?.nsid === undefined || answer.nsid < 0 ? undefined : answer.nsid;
    } finally {
      closeNetns(fd);
    }
  }

  /** Gives another namespace an id here, as `ip netns set` does; the kernel chooses one when none is given. */
  async setNsid(other: NetnsTarget, nsid = -1): Promise<void> {
    const fd = openNetns(other);
    try {
      await this.client.request(newNsid({ fd, nsid }));
    } finally {
      closeNetns(fd);
    }
  }

  /**
   * Runs a program in the namespace to its end, with `/etc/netns/NAME` and a `/sys` of the namespace as `ip netns exec`
   * gives them. An exit code other than 0 is a result, not an error.
   *
   * @throws SystemError `ENOENT` no such program.
   */
  exec(
    file: string,
    args?: readonly string[],
    options: NetnsExecOptions & { encoding?: BufferEncoding } = {},
  ): Promise<NetnsExecResult> {
    return execInNetns(this.#target(), file, args, { name: this.name, ...options });
  }

  /** Starts a program in the namespace, as {@link exec} does, and hands out the child process. */
  spawn(file: string, args: readonly string[] = [], options: NetnsSpawnOptions = {}): ChildProcess {
    return spawnInNetns(this.#target(), file, args, { name: this.name, ...options });
  }

  /**
   * Runs a synchronous function with the calling thread in the namespace: sockets opened there belong to it.
   *
   * @throws NetlinkError when the function returns a promise.
   */
  run<T>(fn: () => T): T {
    return inNetns(this.fd, fn);
  }

  /**
   * Gathers changes and sends many of them in one system call, with one acknowledgement for all.
   *
   * Calls inside need not be awaited; they are done in their order, and each promise is settled by its own answer. A link
   * that is named is looked up once, and again when the batch has changed links.
   *
   * @throws BatchError some calls failed; `errors` has each with its number, counted from 0.
   * @example
   * await ns.batch((b) => {
   *   for (const dst of prefixes) b.route.add({ dst, dev: "eth0" });
   * });
   */
  batch<T>(fn: (batch: NetnsObjects) => T | Promise<T>, options: BatchOptions = {}): Promise<T> {
    return runBatch(this.client, this.#label, fn, options);
  }

  #target(): NetnsTarget {
    return { fd: this.fd };
  }

  /** Closes the sockets and lets go of the namespace. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.client.close();
    this.nft.close();
    closeNetns(this.fd);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
