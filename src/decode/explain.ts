import { type DecodeOptions, Input } from "../netlink/codec/input.ts";
import { messagesOf, type NlMessage } from "../netlink/codec/nlmsg.ts";
import { type MessageType, type Protocol, typeOf } from "../netlink/codec/protocol.ts";
import type { Explained } from "../netlink/codec/shape.ts";
import {
  NLM_F_REQUEST,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSG_HDRLEN,
  NLMSG_MIN_TYPE,
} from "../netlink/constants.ts";
import { type Answer, explainAnswer, type RequestOf } from "./answer.ts";
import { explainHeader, headerInWords } from "./header.ts";
import { explainPayload, opaque } from "./payload.ts";
import { isZero, type Remark, type Remarks, remarksOn } from "./remarks.ts";

/** To the kernel, or from it. */
export type Direction = "sent" | "received";

export interface ExplainOptions extends Pick<DecodeOptions, "byteOrder"> {
  readonly protocol: Protocol;
  /** Without it, what carries NLM_F_REQUEST counts as sent. */
  readonly direction?: Direction | undefined;
  /** The request that an error answers, so that its offsets become fields: bytes with the header. */
  readonly requestOf?: RequestOf | undefined;
  /** Where the first message starts; default 0. */
  readonly start?: number | undefined;
}

/** A datagram's messages, and what is wrong outside of them. */
export interface ExplainedDatagram extends Remarks {
  readonly messages: readonly ExplainedMessage[];
}

/** One message. Byte positions, also those of its parts, count from the start of the datagram. */
export interface ExplainedMessage extends Remarks {
  readonly offset: number;
  /** As its header says, without padding. */
  readonly length: number;
  readonly direction: Direction;
  readonly type: number;
  /** `RTM_NEWLINK`; undefined for a type without a name here. */
  readonly constant: string | undefined;
  readonly flags: number;
  /** What they mean with this type: `NLM_F_CREATE`, where a GET has `NLM_F_ATOMIC`. */
  readonly flagNames: readonly string[];
  readonly sequence: number;
  readonly portId: number;
  /** The fields of struct nlmsghdr. */
  readonly header: readonly Explained[];
  /** What follows it: the family's header and the attributes. */
  readonly parts: readonly Explained[];
  /** Of NLMSG_ERROR and NLMSG_DONE. */
  readonly answer?: Answer | undefined;
}

/**
 * Says what a datagram's bytes mean, however wrong they are: what cannot be read stays bytes, with a problem.
 *
 * @param bytes - one datagram: one or more messages, each struct nlmsghdr and payload.
 */
export function explainDatagram(bytes: Uint8Array, options: ExplainOptions): ExplainedDatagram {
  const input = new Input(bytes, { byteOrder: options.byteOrder });
  const messages: ExplainedMessage[] = [];
  const first = options.start ?? 0;
  const walk = messagesOf(input, first);
  let next = walk.next();
  for (; !next.done; next = walk.next()) messages.push(explainMessage(input, next.value, options));
  return { messages, ...remarksBehind(input, first, next.value) };
}

function explainMessage(input: Input, nlmsg: NlMessage, options: ExplainOptions): ExplainedMessage {
  const { protocol } = options;
  const { offset, length, type, flags, sequence, portId, at, payloadLength } = nlmsg;
  const direction = options.direction ?? (flags & NLM_F_REQUEST ? "sent" : "received");
  const known = typeOf(protocol, type, direction === "sent");
  const { parts, answer } =
    type === NLMSG_ERROR || type === NLMSG_DONE
      ? explainAnswer(input, nlmsg, protocol, options.requestOf)
      : { parts: explainBody(input, nlmsg, known), answer: undefined };
  return {
    offset,
    length,
    direction,
    type,
    ...headerInWords(protocol, nlmsg),
    flags,
    sequence,
    portId,
    header: explainHeader(input, offset, at + payloadLength - offset, protocol),
    parts,
    answer,
    ...remarksOn(nlmsg, known, parts, input.little ? "little" : "big"),
  };
}

function explainBody(
  input: Input,
  { type, at, payloadLength }: NlMessage,
  known: MessageType<unknown> | undefined,
): Explained[] {
  if (type >= NLMSG_MIN_TYPE) return explainPayload(known, input, at, payloadLength);
  return payloadLength > 0 ? [opaque("payload", input, at, at + payloadLength)] : [];
}

/** iproute2 sends zero bytes behind its requests; anything else is no message. */
function remarksBehind(input: Input, first: number, start: number): Remarks {
  const end = input.bytes.length;
  const left = end - start;
  if (left === 0)
    return { problems: start === first ? [{ text: "an empty datagram", start, end }] : [], notes: [] };
  const rest = input.bytes.subarray(start);
  if (start > first && isZero(rest)) {
    return { problems: [], notes: [{ text: `${left} zero bytes behind the last message`, start, end }] };
  }
  const length = left >= NLMSG_HDRLEN ? input.view.getUint32(start, input.little) : undefined;
  const text =
    length === undefined
      ? `${left} bytes are no header, which takes ${NLMSG_HDRLEN}`
      : `a message cannot be ${length} bytes long: its header takes ${NLMSG_HDRLEN}`;
  const problem: Remark = { text, start, end };
  return { problems: [problem], notes: [] };
}
