/** NLMSG_ERROR and NLMSG_DONE: what the kernel says of a request. */
import { type Ack, decodeAck, type ExtendedAck, extendedAckAttrs } from "../netlink/codec/ack.ts";
import { Input } from "../netlink/codec/input.ts";
import { s32 } from "../netlink/codec/integer.ts";
import { messagesOf, type NlMessage } from "../netlink/codec/nlmsg.ts";
import { type Protocol, typeOf } from "../netlink/codec/protocol.ts";
import { type Explained, explainValue } from "../netlink/codec/shape.ts";
import { NLM_F_CAPPED, NLMSG_DONE, NLMSG_HDRLEN } from "../netlink/constants.ts";
import { errnoName } from "../netlink/errno.ts";
import { DecodeError } from "../netlink/errors.ts";
import { type AckDetails, explainAck } from "../netlink/kernel-error.ts";
import { explainHeader, typeConstant } from "./header.ts";
import { explainPayload, opaque } from "./payload.ts";

/** What an acknowledgement, an error or the end of a dump says. */
export interface Answer {
  /** 0, or a negative error number. */
  readonly error: number;
  /** `EEXIST`; undefined without an error. */
  readonly code: string | undefined;
  /** Constant, or number, of the request's type; NLMSG_DONE does not say it. */
  readonly requestType: string | number | undefined;
  /** The attributes of the extended acknowledgement. */
  readonly extended: ExtendedAck | undefined;
  /** The same in words: the kernel's message, and fields of the request where its bytes are known. */
  readonly details: AckDetails;
}

export interface ExplainedAnswer {
  readonly parts: Explained[];
  readonly answer: Answer;
}

/** Finds the request, with its header, that a message answers. */
export type RequestOf = (answer: {
  readonly sequence: number;
  readonly portId: number;
  /** NLMSG_DONE does not say it. */
  readonly requestType: number | undefined;
}) => Uint8Array | undefined;

export function explainAnswer(
  input: Input,
  nlmsg: NlMessage,
  protocol: Protocol,
  requestOf: RequestOf | undefined,
): ExplainedAnswer {
  const { at, payloadLength } = nlmsg;
  const end = at + payloadLength;
  const ack = decodeAck(input, nlmsg);
  const isDone = nlmsg.type === NLMSG_DONE;
  const least = isDone ? 4 : 4 + NLMSG_HDRLEN;
  const parts: Explained[] = [];
  let copied: Uint8Array | undefined;
  if (payloadLength < least) {
    if (payloadLength > 0) parts.push(opaque("payload", input, at, end, `less than ${least} bytes`));
  } else {
    const error = explainValue("error", s32, input, at, 4, undefined);
    parts.push(ack.error < 0 ? { ...error, text: errnoName(ack.error), number: ack.error } : error);
    let next = at + 4;
    if (!isDone) {
      const copy = explainCopy(input, nlmsg, protocol);
      parts.push(copy.part);
      copied = copy.whole;
      next = copy.part.end;
    }
    parts.push(...explainRest(input, ack, next, end));
  }
  const { requestType } = ack;
  const { sequence, portId } = nlmsg;
  const known = copied ?? requestOf?.({ sequence, portId, requestType });
  return {
    parts,
    answer: {
      error: ack.error,
      code: ack.error < 0 ? errnoName(ack.error) : undefined,
      requestType:
        requestType === undefined ? undefined : (typeConstant(protocol, requestType) ?? requestType),
      extended: ack.extended,
      details: inWords(ack.extended, known, input, protocol),
    },
  };
}

/** The request as the error repeats it: its header alone, or all of it. */
function explainCopy(
  input: Input,
  { at, payloadLength, flags }: NlMessage,
  protocol: Protocol,
): { part: Explained; whole: Uint8Array | undefined } {
  const start = at + 4;
  const limit = at + payloadLength;
  const says = input.view.getUint32(start, input.little);
  const length = flags & NLM_F_CAPPED ? NLMSG_HDRLEN : Math.max(says, NLMSG_HDRLEN);
  const end = Math.min(start + length, limit);
  const children = explainHeader(input, start, NLMSG_HDRLEN, protocol);
  const type = typeOf(protocol, input.view.getUint16(start + 4, input.little), true);
  const body = start + NLMSG_HDRLEN;
  if (end > body) children.push(...explainPayload(type, input, body, end - body));
  const cut = start + length > limit;
  const problem = cut ? `the copy of the request has ${end - start} of ${says} bytes` : undefined;
  const part = {
    name: "request",
    start,
    end,
    valueStart: start,
    shape: "struct nlmsghdr",
    children,
    problem,
  };
  const isWhole = !cut && !(flags & NLM_F_CAPPED) && says >= NLMSG_HDRLEN;
  return { part, whole: isWhole ? input.bytes.subarray(start, end) : undefined };
}

function explainRest(input: Input, ack: Ack, from: number, end: number): Explained[] {
  if (ack.attributesAt !== undefined) {
    return extendedAckAttrs.explainRange(input, ack.attributesAt, end, {}, undefined);
  }
  if (from >= end) return [];
  return [opaque("trailing", input, from, end, "bytes that no flag announces")];
}

function inWords(
  extended: ExtendedAck | undefined,
  request: Uint8Array | undefined,
  { little }: Input,
  protocol: Protocol,
): AckDetails {
  const plain = { message: extended?.msg, policy: extended?.policy };
  if (!extended || !request) return plain;
  const [first] = messagesOf(new Input(request, { byteOrder: little ? "little" : "big" }));
  const type = first && typeOf(protocol, first.type, true);
  if (!type) return plain;
  const bytes = request.subarray(0, first.at + first.payloadLength);
  try {
    return explainAck(type.message, new Input(bytes, { byteOrder: little ? "little" : "big" }), extended);
  } catch (error) {
    // A request that cannot be read names no field.
    if (error instanceof DecodeError) return plain;
    throw error;
  }
}
