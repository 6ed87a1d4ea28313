/** What carries datagrams between a client and the kernel, or a recording of it. */

/** One received datagram. */
export interface Datagram {
  /** Valid until the next call of {@link Channel.receive} on any channel: copy what is kept. */
  readonly bytes: Uint8Array;
  /** The sender's port id; 0 is the kernel. */
  readonly portId: number;
  /** The full length, more than `bytes.length` when the datagram was cut. */
  readonly length: number;
  /** Of a multicast: bit n-1 is group n; groups above 32 have none. */
  readonly groups?: number | undefined;
  /** Id of the namespace a notification comes from, where that is another than the socket's. */
  readonly nsid?: number | undefined;
}

/** A netlink socket, or something that behaves like one. */
export interface Channel {
  /** Which implementation this is: `unix-dgram`, `koffi`, `replay` … */
  readonly kind: string;
  /** Why it is not the preferred implementation, where that is so. */
  readonly because?: string | undefined;
  /** NETLINK_ROUTE … */
  readonly protocol: number;
  /** This end's port id, as the kernel sees it. May change when an idle channel is used again. */
  readonly portId: number;
  /** Largest datagram that one {@link send} takes, in bytes. */
  readonly maxSend: number;
  /** How many small acknowledgements the receive buffer holds before some are lost. */
  readonly maxReplies: number;

  /** Sends one datagram to the kernel. The bytes may be reused as soon as it returns. */
  send(datagram: Uint8Array): void;
  /**
   * The next datagram that is already there, without waiting.
   *
   * @throws OverrunError once after messages were lost.
   */
  receive(): Datagram | undefined;
  /**
   * Asks to be called once when something can be received, and keeps the process alive until then; `undefined` takes
   * it back. A channel nobody waits for never keeps the process alive.
   */
  wait(readable: (() => void) | undefined): void;
  /** How many messages the kernel dropped since the channel was opened. */
  lost(): number;
  join(group: number): void;
  leave(group: number): void;
  close(): void;
}

/** What a channel is opened with. */
export interface ChannelOptions {
  /** NETLINK_ROUTE … */
  readonly protocol: number;
  /** Descriptor of the network namespace to open it in; the caller's own without it. */
  readonly netns?: number | undefined;
  /** Size asked for the receive buffer, in bytes; the kernel may grant less. Default 8 MiB. */
  readonly receiveBuffer?: number | undefined;
  /** Refuse unknown header bits and filters in dump requests (NETLINK_GET_STRICT_CHK). Default true. */
  readonly strict?: boolean | undefined;
  /** `requests` talks to the kernel one answer after the other; `stream` carries dumps and multicast. */
  readonly use: "requests" | "stream";
  /**
   * Hear the multicasts of every namespace that has an id in this one, too (NETLINK_LISTEN_ALL_NSID): for a `stream`.
   * Needs CAP_NET_BROADCAST.
   */
  readonly allNsid?: boolean | undefined;
  /** Use this implementation or fail. */
  readonly kind?: "unix-dgram" | "koffi" | undefined;
}

export type OpenChannel = (options: ChannelOptions) => Channel;
