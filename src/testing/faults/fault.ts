/** What goes wrong on a channel on purpose. */
import { explainDatagram } from "../../decode/explain.ts";
import type { Protocol } from "../../netlink/codec/protocol.ts";
import { NLM_F_DUMP } from "../../netlink/constants.ts";
import type { Datagram } from "../../netlink/socket/channel.ts";

/** Which requests, and how many of them. */
export interface FaultOptions {
  /** `RTM_NEWLINK`: requests of this type; default any. */
  readonly request?: string | undefined;
  /** How many of them let pass before; default 0. */
  readonly after?: number | undefined;
  /** How many of them to strike; default 1. */
  readonly times?: number | undefined;
}

/** A request that is on its way to the kernel. */
export interface OutgoingRequest {
  /** With its header. */
  readonly bytes: Uint8Array;
  /** `RTM_NEWLINK` */
  readonly type: string;
  readonly flags: number;
  readonly sequence: number;
  readonly portId: number;
  readonly protocol: Protocol;
}

/** What reaches the program; `turns` of the event loop later, where it says so. */
export type Arriving =
  | { readonly datagram: Datagram; readonly turns?: number | undefined }
  | { readonly error: Error };

/** Something that goes wrong. All parts are asked of every request and datagram. */
export interface Fault {
  /** The kernel's answer to a request it never gets; undefined lets it pass. */
  refuses?(request: OutgoingRequest): Uint8Array | undefined;
  /** What arrives instead of a datagram; undefined leaves it as it is. */
  arrives?(
    datagram: Datagram,
    request: OutgoingRequest | undefined,
    protocol: Protocol,
  ): Arriving[] | undefined;
}

/** Counts the requests that a fault is about: true for those to strike. The same request is asked about only once. */
export function chooser({ request: type, after = 0, times = 1 }: FaultOptions) {
  const known = new WeakMap<OutgoingRequest, boolean>();
  let seen = 0;
  return (request: OutgoingRequest): boolean => {
    if (type !== undefined && request.type !== type) return false;
    let strikes = known.get(request);
    if (strikes === undefined) {
      strikes = seen >= after && seen < after + times;
      seen++;
      known.set(request, strikes);
    }
    return strikes;
  };
}

export const isDump = ({ flags, type }: OutgoingRequest): boolean =>
  (flags & NLM_F_DUMP) === NLM_F_DUMP && type.includes("GET");

/** The messages of a datagram that is sent. */
export function outgoing(bytes: Uint8Array, protocol: Protocol, portId: number): OutgoingRequest[] {
  return explainDatagram(bytes, { protocol, direction: "sent" }).messages.map((message) => ({
    bytes: bytes.slice(message.offset, message.offset + message.length),
    type: message.constant ?? String(message.type),
    flags: message.flags,
    sequence: message.sequence,
    portId,
    protocol,
  }));
}
