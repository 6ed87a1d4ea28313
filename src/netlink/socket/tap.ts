/** What passes an nlmon device: a packet socket (packet(7)) that hears every netlink datagram of its namespace. */
import { hostByteOrder } from "../codec/byte-order.ts";
import { ClosedError } from "../errors.ts";
import * as libc from "./libc.ts";
import { inNetns } from "./netns.ts";
import { receiveMessage } from "./receive-message.ts";
import { setReceiveBuffer } from "./setup.ts";
import { Watch } from "./watch.ts";

const SOL_PACKET = 263;
const PACKET_STATISTICS = 6;
/** With 64-bit seconds on every machine; Linux 5.1. */
const SO_TIMESTAMPNS_NEW = 64;

/** A datagram as the device saw it. */
export interface Tapped {
  /** Valid until the next call of {@link Tap.receive}. */
  readonly bytes: Uint8Array;
  /** Full length, more than `bytes.length` when it was cut. */
  readonly length: number;
  /** NETLINK_ROUTE … */
  readonly protocol: number;
  /** PACKET_OUTGOING …, as linux/if_packet.h numbers them. nlmon has 4 for both directions. */
  readonly packetType: number;
  /** Milliseconds since 1970 with fractions, when the kernel handed it out. */
  readonly time: number;
}

export interface TapOptions {
  /** Index of the nlmon device. */
  readonly index: number;
  /** Descriptor of the namespace the device is in; the caller's own without it. */
  readonly netns?: number | undefined;
  /** Receive buffer, in bytes; default 64 MiB. */
  readonly receiveBuffer?: number | undefined;
}

/**
 * Hears an nlmon device.
 *
 * @throws SystemError `EPERM` without CAP_NET_RAW, `ENODEV`.
 */
export class Tap implements Disposable {
  readonly #fd: number;
  readonly #watch: Watch;
  /** The kernel makes no datagram of a dump larger; a request may be. */
  #buffer = new Uint8Array(1 << 18);
  #lost = 0;
  #closed = false;

  constructor({ index, netns, receiveBuffer = 64 << 20 }: TapOptions) {
    // SOCK_DGRAM: the protocol's number stands in the address, not in front of the datagram.
    this.#fd = inNetns(netns, () => libc.socket(libc.AF_PACKET, libc.SOCK_DGRAM, 0));
    this.#watch = new Watch(this.#fd);
    try {
      setReceiveBuffer(this.#fd, receiveBuffer);
      libc.setSocketOption(this.#fd, libc.SOL_SOCKET, SO_TIMESTAMPNS_NEW, 1);
      libc.bindPacket(this.#fd, index);
    } catch (error) {
      libc.close(this.#fd);
      throw error;
    }
  }

  /**
   * The next datagram that is already there, without waiting.
   *
   * @throws SystemError `ENETDOWN` the device went away.
   */
  receive(): Tapped | undefined {
    if (this.#closed) return undefined;
    const message = receiveMessage(this.#fd, this.#buffer);
    if (!message) return undefined;
    const { length, name, control } = message;
    const stamp = control.find(({ level, type }) => level === libc.SOL_SOCKET && type === SO_TIMESTAMPNS_NEW);
    const bytes = this.#buffer.subarray(0, length);
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(2 ** Math.ceil(Math.log2(length)));
    return {
      bytes,
      length,
      protocol: name.getUint16(2),
      packetType: name.getUint8(10),
      time: stamp ? milliseconds(stamp.data) : performance.timeOrigin + performance.now(),
    };
  }

  /** Calls `readable` once when something can be received, and keeps the process alive until then. */
  wait(readable: (() => void) | undefined): void {
    if (this.#closed) {
      if (readable) throw new ClosedError("tap");
      return;
    }
    this.#watch.wait(readable);
  }

  /** How many datagrams found no room in the receive buffer since it was opened. */
  lost(): number {
    // Reading it starts the count anew.
    if (!this.#closed) this.#lost += libc.getSocketOption(this.#fd, SOL_PACKET, PACKET_STATISTICS, 2)[1]!;
    return this.#lost;
  }

  close(): void {
    if (this.#closed) return;
    this.#watch.close();
    this.lost();
    this.#closed = true;
    libc.close(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** struct __kernel_timespec: seconds and nanoseconds. */
function milliseconds(time: DataView): number {
  const little = hostByteOrder === "little";
  return Number(time.getBigInt64(0, little)) * 1e3 + Number(time.getBigInt64(8, little)) / 1e6;
}
