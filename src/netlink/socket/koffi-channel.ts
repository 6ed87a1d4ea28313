/**
 * A netlink socket through libc alone: for multicast and dumps, in workers, and where unix-dgram does not load.
 *
 * The kernel stops delivering to a socket that overran until it has been read empty (netlink(7), NETLINK_NO_ENOBUFS
 * turns that off). That is kept here: the reader surely reaches the end of what was sent before the gap, and hears of
 * the gap then, however fast messages come.
 *
 * koffi's poll handle: one that is stopped does not keep the process alive; one that nobody refers to is collected;
 * what is thrown in its callback is swallowed, so waiters are called from process.nextTick; using it once closed
 * crashes, and it must be closed before the descriptor. After an overrun it stops by itself, and `start` revives it.
 */

import { NETLINK_ADD_MEMBERSHIP, NETLINK_DROP_MEMBERSHIP, SOL_NETLINK } from "../constants.ts";
import { ClosedError, OverrunError, SystemError } from "../errors.ts";
import type { Channel, ChannelOptions, Datagram } from "./channel.ts";
import * as libc from "./libc.ts";
import { inNetns } from "./netns.ts";
import { checkDatagram, dropsOf, type Limits, receiveFrom, setUp } from "./setup.ts";

type PollHandle = ReturnType<ReturnType<typeof libc.loadKoffi>["node"]["poll"]>;

const READABLE = { readable: true };

/** Keeps what is waited for, and its poll handle, from being collected. */
const waiting = new Set<KoffiChannel>();

export class KoffiChannel implements Channel {
  readonly kind = "koffi";
  readonly because: string | undefined;
  readonly protocol: number;
  readonly portId: number;
  readonly maxSend: number;
  readonly maxReplies: number;
  readonly #fd: number;
  #poll: PollHandle | undefined;
  #waiter: (() => void) | undefined;
  #overrun = false;
  #lost = 0;
  #closed = false;

  constructor(options: ChannelOptions, because?: string) {
    this.because = because;
    this.protocol = options.protocol;
    this.#fd = inNetns(options.netns, () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, options.protocol));
    let limits: Limits;
    try {
      limits = setUp(this.#fd, options);
      this.portId = libc.portIdOf(this.#fd);
    } catch (error) {
      libc.close(this.#fd);
      throw error;
    }
    this.maxSend = limits.maxSend;
    this.maxReplies = limits.maxReplies;
  }

  send(datagram: Uint8Array): void {
    this.#mustBeOpen();
    checkDatagram(datagram, this.maxSend);
    libc.send(this.#fd, datagram);
  }

  receive(): Datagram | undefined {
    if (this.#closed) return undefined;
    const datagram = this.#next();
    if (datagram || !this.#overrun) return datagram;
    this.#overrun = false;
    const before = this.#lost;
    this.#lost = dropsOf(this.#fd);
    // Without a loss it was the next part of a dump that the kernel had no memory for.
    if (this.#lost === before) throw new SystemError("recvfrom", libc.ENOBUFS);
    throw new OverrunError(this.#lost - before);
  }

  #next(): Datagram | undefined {
    for (;;) {
      try {
        return receiveFrom(this.#fd);
      } catch (error) {
        if (!(error instanceof SystemError && error.code === "ENOBUFS")) throw error;
        this.#overrun = true;
      }
    }
  }

  wait(readable: (() => void) | undefined): void {
    if (readable) this.#mustBeOpen();
    this.#waiter = readable;
    if (!readable) this.#stop();
    else if (!waiting.has(this)) this.#start();
  }

  #start(): void {
    waiting.add(this);
    if (this.#poll) this.#poll.start(READABLE, this.#readable);
    else this.#poll = libc.loadKoffi().node.poll(this.#fd, READABLE, this.#readable);
  }

  #stop(): void {
    if (waiting.delete(this)) this.#poll?.stop();
  }

  readonly #readable = (): void => {
    this.#stop();
    process.nextTick(this.#wake);
  };

  readonly #wake = (): void => {
    const waiter = this.#waiter;
    this.wait(undefined);
    waiter?.();
  };

  lost(): number {
    return this.#closed ? this.#lost : dropsOf(this.#fd);
  }

  /** The socket is bound since it was connected; an unbound one would hear nothing. */
  join(group: number): void {
    this.#mustBeOpen();
    libc.setSocketOption(this.#fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
  }

  leave(group: number): void {
    this.#mustBeOpen();
    libc.setSocketOption(this.#fd, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, group);
  }

  close(): void {
    if (this.#closed) return;
    this.wait(undefined);
    this.#lost = this.lost();
    this.#closed = true;
    this.#poll?.close();
    this.#poll = undefined;
    libc.close(this.#fd);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ClosedError("netlink channel");
  }
}
