/** What every reader of a capture gives, whatever the file looks like. */
import type { Direction } from "../explain.ts";

/** One datagram of a capture, before anybody says what it means; or a system call that failed. */
export interface Captured {
  /** Where its record, or line, begins in the input: bytes. */
  readonly offset: number;
  /** Empty where the system call failed or nothing could be read. */
  readonly bytes: Uint8Array;
  /** Length on the socket, more than `bytes.length` where the capture cut it. */
  readonly length: number;
  /** NETLINK_ROUTE …, where the input says it. */
  readonly protocol?: number | undefined;
  readonly direction?: Direction | undefined;
  /** Milliseconds since 1970, with fractions. */
  readonly time?: number | undefined;
  /** Tells the sockets of a capture apart: `4711:3` for descriptor 3 of process 4711. */
  readonly socket?: string | undefined;
  readonly pid?: number | undefined;
  /** The namespace it comes from, where the source hears several: its name, or `nsid 7`. */
  readonly netns?: string | undefined;
  /** Port id of the socket, where the input says it. */
  readonly portId?: number | undefined;
  /** Of a multicast: bit n-1 is group n. */
  readonly groups?: number | undefined;
  /** `ENOBUFS`: what the system call failed with. */
  readonly failed?: string | undefined;
  /** `recvmsg`: the system call, where the input says it. */
  readonly call?: string | undefined;
  /** What the reader noticed. */
  readonly problems: readonly string[];
}

export const captureFormats = ["hex", "bin", "base64", "strace", "pcap", "pcapng", "fixture"] as const;
export type CaptureFormat = (typeof captureFormats)[number];

/** Reads one format, in memory that does not grow with the input. Input that makes no sense is told, never thrown. */
export type ReadCapture = (input: AsyncIterable<Uint8Array>) => AsyncIterable<Captured>;
