/**
 * A netlink socket that unix-dgram opens, watches and sends on; libc sets its options and drains it.
 *
 * unix-dgram asserts, that is aborts the process, in cases which are excluded here one by one:
 * - an error pending on the socket: NETLINK_NO_ENOBUFS keeps overruns from raising one (losses are counted with
 *   SO_MEMINFO instead), and groups, which can raise others, cannot be joined. A dump for which the kernel finds no
 *   memory would raise one, too: dumps belong on a koffi channel;
 * - closing twice, or what is not its own: the descriptor never leaves this object and is forgotten when closed;
 * - closing inside its receive callback: nobody is called from there, waiters are called from process.nextTick;
 * - sending what is not a buffer: checked;
 * - worker threads: the addon is not loaded there.
 *
 * Its watch keeps the process alive and cannot be unref'd, so a channel that is idle closes its socket, and opens another
 * in the same namespace, with the same port id, when it is used next. Keeping the socket under a duplicate descriptor
 * does not work: closing the watched one then leaves it registered in the loop's epoll set, and the loop spins at full
 * load as soon as anything arrives (measured: 500 ms of processor time in 500 ms).
 */
import { closeSync } from "node:fs";
import { NETLINK_NO_ENOBUFS, SOL_NETLINK } from "../constants.ts";
import { ClosedError, NetlinkError, OverrunError, SystemError } from "../errors.ts";
import type { Channel, ChannelOptions, Datagram } from "./channel.ts";
import * as libc from "./libc.ts";
import { inNetns, openCurrentNetns } from "./netns.ts";
import { checkDatagram, dropsOf, type Limits, receiveFromKernel, setUp } from "./setup.ts";
import { loadUnixDgram, type UnixDgramBinding } from "./unix-dgram-binding.ts";

/** How long a socket that is not used stays watched, and so keeps the process alive; up to twice that. */
const IDLE_MS = 20;
/** What unix-dgram receives of a datagram; it does not tell whether there was more. */
const WATCH_BUFFER = 65536;
const CLOSED = -1;

export class UnixDgramChannel implements Channel {
  readonly kind = "unix-dgram";
  readonly protocol: number;
  readonly #binding: UnixDgramBinding;
  readonly #options: ChannelOptions;
  readonly #netns: number;
  readonly #idle: NodeJS.Timeout;
  /** {@link CLOSED} while idle. */
  #fd = CLOSED;
  #portId = 0;
  #limits: Limits;
  /** Whether anything was sent or received since {@link #idle} last looked. */
  #used = false;
  /** What the watch received, which is older than anything still in the socket. */
  #queue: Datagram[] = [];
  #waiter: (() => void) | undefined;
  /** Lost by this channel's sockets before the present one. */
  #lostBefore = 0;
  #lostReported = 0;
  #closed = false;

  constructor(options: ChannelOptions) {
    this.#binding = loadUnixDgram();
    this.#options = options;
    this.protocol = options.protocol;
    this.#netns = options.netns === undefined ? openCurrentNetns() : libc.duplicate(options.netns);
    try {
      this.#limits = this.#open();
    } catch (error) {
      closeSync(this.#netns);
      throw error;
    }
    this.#idle = setTimeout(this.#closeIfIdle, IDLE_MS).unref();
  }

  #open(): Limits {
    const { protocol } = this;
    const fd = inNetns(this.#netns, () =>
      this.#binding.socket(libc.AF_NETLINK, libc.SOCK_RAW, protocol, this.#received, nothing),
    );
    if (fd < 0) throw new SystemError("socket", -fd);
    try {
      libc.setSocketOption(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
      const limits = setUp(fd, this.#options, this.#portId);
      this.#portId = libc.portIdOf(fd);
      this.#fd = fd;
      return limits;
    } catch (error) {
      this.#binding.close(fd);
      throw error;
    }
  }

  #reopen(): void {
    this.#limits = this.#open();
    this.#idle.refresh();
  }

  /** Called by the timer. The loop reads what is there between two calls, so nothing is thrown away unseen. */
  readonly #closeIfIdle = (): void => {
    if (this.#waiter) return; // wait() starts the timer again
    if (!this.#used) {
      this.#release();
      return;
    }
    this.#used = false;
    this.#idle.refresh();
  };

  #release(): void {
    if (this.#fd === CLOSED) return;
    this.#lostBefore += dropsOf(this.#fd);
    const fd = this.#fd;
    this.#fd = CLOSED;
    this.#binding.close(fd);
  }

  readonly #received = (status: number, bytes: Uint8Array | null): void => {
    // -EAGAIN: receive() was faster.
    if (status < 0 || !bytes) return;
    this.#used = true;
    // The socket is connected to the kernel and in no group, so nobody else can have sent it.
    this.#queue.push({ bytes, portId: 0, length: bytes.length + (bytes.length < WATCH_BUFFER ? 0 : 1) });
    if (this.#waiter) process.nextTick(this.#wake);
  };

  readonly #wake = (): void => {
    const waiter = this.#waiter;
    if (!waiter) return;
    this.wait(undefined);
    waiter();
  };

  get portId(): number {
    return this.#portId;
  }

  get maxSend(): number {
    return this.#limits.maxSend;
  }

  get maxReplies(): number {
    return this.#limits.maxReplies;
  }

  send(datagram: Uint8Array): void {
    this.#mustBeOpen();
    checkDatagram(datagram, this.maxSend);
    if (this.#fd === CLOSED) this.#reopen();
    this.#used = true;
    const result = this.#binding.send(this.#fd, datagram);
    if (result !== 0) throw new SystemError("sendmsg", result < 0 ? -result : libc.ENOBUFS);
  }

  receive(): Datagram | undefined {
    if (this.#queue.length > 0) return this.#queue.shift();
    const datagram = this.#fd === CLOSED ? undefined : receiveFromKernel(this.#fd);
    if (datagram) this.#used = true;
    else this.#reportLost();
    return datagram;
  }

  #reportLost(): void {
    if (this.#closed) return;
    const before = this.#lostReported;
    this.#lostReported = this.lost();
    if (this.#lostReported > before) throw new OverrunError(this.#lostReported - before);
  }

  wait(readable: (() => void) | undefined): void {
    if (readable) this.#mustBeOpen();
    if (!readable && this.#waiter) this.#idle.refresh();
    this.#waiter = readable;
    if (!readable) return;
    if (this.#queue.length > 0) process.nextTick(this.#wake);
    else if (this.#fd === CLOSED) this.#reopen();
  }

  lost(): number {
    return this.#lostBefore + (this.#fd === CLOSED ? 0 : dropsOf(this.#fd));
  }

  join(_group: number): never {
    throw new NetlinkError(
      "ERR_NETLINK_UNSUPPORTED",
      'this channel does not hear multicast groups: open one with use: "stream"',
    );
  }

  leave(group: number): never {
    return this.join(group);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiter = undefined;
    this.#queue = [];
    clearTimeout(this.#idle);
    this.#release();
    closeSync(this.#netns);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ClosedError("netlink channel");
  }
}

function nothing(): void {}
