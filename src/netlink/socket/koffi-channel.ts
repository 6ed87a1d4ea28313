/**
 * A netlink socket through libc alone: for multicast and dumps, in workers, and where unix-dgram does not load.
 *
 * The kernel stops delivering to a socket that overran until it has been read empty (netlink(7), NETLINK_NO_ENOBUFS
 * turns that off). That is kept here: the reader surely reaches the end of what was sent before the gap, and hears of
 * the gap then, however fast messages come.
 */
import {
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_DROP_MEMBERSHIP,
  NETLINK_LISTEN_ALL_NSID,
  SOL_NETLINK,
} from "../constants.ts";
import { ClosedError, OverrunError, SystemError } from "../errors.ts";
import type { Channel, ChannelOptions, Datagram } from "./channel.ts";
import * as libc from "./libc.ts";
import { inNetns } from "./netns.ts";
import { ReceiveMany } from "./receive-many.ts";
import { checkDatagram, dropsOf, type Limits, receiveFrom, receiveWithNsid, setUp } from "./setup.ts";
import { Watch } from "./watch.ts";

export class KoffiChannel implements Channel {
  readonly kind = "koffi";
  readonly because: string | undefined;
  readonly protocol: number;
  readonly portId: number;
  readonly maxSend: number;
  readonly maxReplies: number;
  readonly #fd: number;
  readonly #watch: Watch;
  readonly #receive: (fd: number) => Datagram | undefined;
  /** Of a member of groups, who gets bursts. */
  #many: ReceiveMany | undefined;
  /** Calls who waits when there is something that was received already. */
  #soon: NodeJS.Immediate | undefined;
  #overrun = false;
  #lost = 0;
  #closed = false;

  /** @param open - opens the socket. */
  constructor(options: ChannelOptions, because?: string, open = openSocket) {
    this.because = because;
    this.protocol = options.protocol;
    this.#fd = open(options);
    this.#watch = new Watch(this.#fd);
    this.#receive = options.allNsid ? receiveWithNsid : receiveFrom;
    let limits: Limits;
    try {
      limits = setUp(this.#fd, options);
      if (options.allNsid) libc.setSocketOption(this.#fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1);
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
        return this.#many ? this.#many.receive() : this.#receive(this.#fd);
      } catch (error) {
        if (!(error instanceof SystemError && error.code === "ENOBUFS")) throw error;
        this.#overrun = true;
      }
    }
  }

  wait(readable: (() => void) | undefined): void {
    if (readable) this.#mustBeOpen();
    clearImmediate(this.#soon);
    const isHere = readable !== undefined && this.#many?.ready === true;
    this.#soon = isHere ? setImmediate(readable) : undefined;
    this.#watch.wait(isHere ? undefined : readable);
  }

  lost(): number {
    return this.#closed ? this.#lost : dropsOf(this.#fd);
  }

  /** The socket is bound since it was connected; an unbound one would hear nothing. */
  join(group: number): void {
    this.#mustBeOpen();
    libc.setSocketOption(this.#fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    if (this.#receive === receiveFrom && libc.is64Bit()) this.#many ??= new ReceiveMany(this.#fd);
  }

  leave(group: number): void {
    this.#mustBeOpen();
    libc.setSocketOption(this.#fd, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, group);
  }

  close(): void {
    if (this.#closed) return;
    clearImmediate(this.#soon);
    this.#watch.close();
    this.#lost = this.lost();
    this.#closed = true;
    libc.close(this.#fd);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ClosedError("netlink channel");
  }
}

function openSocket({ netns, protocol }: ChannelOptions): number {
  return inNetns(netns, () => libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, protocol));
}
