import type { Channel, Datagram, OpenChannel } from "./channel.ts";
import { WrappedChannel } from "./wrapped-channel.ts";

/** A datagram that went over a traced channel. */
export interface TracedDatagram {
  readonly direction: "sent" | "received";
  /** NETLINK_ROUTE … */
  readonly protocol: number;
  /** Port id of this end: tells the sockets of a client apart. */
  readonly portId: number;
  /** Port id of the other end; 0 is the kernel. */
  readonly peer: number;
  /** A copy, the listener's own. */
  readonly bytes: Uint8Array;
  /** Full length, more than there are bytes when a received datagram was cut. */
  readonly length: number;
  /** Milliseconds since 1970, with fractions. */
  readonly time: number;
}

/**
 * Wraps what opens channels, so that a listener sees every datagram that is sent and received over them.
 *
 * @param listener - called before the datagram goes to its reader, and after it was sent. What it throws, the caller of
 *   `send` or `receive` gets.
 * @example
 * const red = await Netns.create("red", { open: traceChannel(openChannel, (datagram) => console.log(datagram)) });
 */
export function traceChannel(open: OpenChannel, listener: (datagram: TracedDatagram) => void): OpenChannel {
  return (options) => new TracedChannel(open(options), listener);
}

class TracedChannel extends WrappedChannel {
  readonly #listener: (datagram: TracedDatagram) => void;

  constructor(inner: Channel, listener: (datagram: TracedDatagram) => void) {
    super(inner);
    this.#listener = listener;
  }

  override send(datagram: Uint8Array): void {
    super.send(datagram);
    this.#tell("sent", { bytes: datagram, portId: 0, length: datagram.length });
  }

  override receive(): Datagram | undefined {
    const datagram = super.receive();
    if (datagram) this.#tell("received", datagram);
    return datagram;
  }

  #tell(direction: TracedDatagram["direction"], { bytes, portId: peer, length }: Datagram): void {
    const { protocol, portId } = this;
    const time = performance.timeOrigin + performance.now();
    this.#listener({ direction, protocol, portId, peer, bytes: bytes.slice(), length, time });
  }
}
