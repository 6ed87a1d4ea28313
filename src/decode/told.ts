/** What a conversation tells of one datagram: what every output, filter and comparison takes. */
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import type { Captured } from "./capture/captured.ts";
import type { ExplainedDatagram, ExplainedMessage } from "./explain.ts";
import type { Remark, Remarks } from "./remarks.ts";

/** A datagram, what it says, and what it has to do with those before it. */
export interface Told extends Remarks {
  /** Number of the datagram in the input, from 0. */
  readonly index: number;
  readonly captured: Captured;
  readonly protocol: Protocol;
  readonly byteOrder: ByteOrder;
  /** The datagram by itself. */
  readonly datagram: ExplainedDatagram;
  /** Its messages; a filter leaves some out. */
  readonly messages: readonly ToldMessage[];
  /** About the datagram as a whole: bytes outside of messages, a cut capture, a system call that failed. */
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
  /** The name that the interface with this index had last in what was seen. */
  nameOf(index: number): string | undefined;
}

/** Asks, answers, or tells whoever listens. */
export type ToldRole = "request" | "reply" | "notification";

/** A message in its conversation. */
export interface ToldMessage extends Remarks {
  /** Number of the message in its datagram, from 0. */
  readonly index: number;
  readonly message: ExplainedMessage;
  readonly role: ToldRole;
  /** What it answers; of a notification, what caused it. */
  readonly request?: ToldRequest | undefined;
  /** Milliseconds since the request, where the capture has times. */
  readonly elapsed?: number | undefined;
  /** Of the answers to a dump: how many objects there are so far, or were when it ended. */
  readonly objects?: number | undefined;
  /** The message's own, and those that only the conversation shows. */
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** A request, as its answers refer to it. */
export interface ToldRequest {
  /** Its place: number of the datagram in the input, number of the message in the datagram, byte in the datagram. */
  readonly datagram: number;
  readonly message: number;
  readonly offset: number;
  readonly type: number;
  readonly constant: string | undefined;
  readonly flags: number;
  readonly sequence: number;
  readonly time: number | undefined;
  /** Tells it again: that message alone. */
  tell(): Told;
}

/** What is missing when the capture ends. */
export interface Unfinished {
  readonly request: Omit<ToldRequest, "tell">;
  readonly text: string;
}
