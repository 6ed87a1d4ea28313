/** The kernel says no. */
import { explainDatagram } from "../../decode/explain.ts";
import { walk } from "../../decode/walk.ts";
import { extendedAckAttrs } from "../../netlink/codec/ack.ts";
import { beginMessage, endMessage } from "../../netlink/codec/nlmsg.ts";
import { Output } from "../../netlink/codec/output.ts";
import { NLM_F_ACK_TLVS, NLM_F_CAPPED, NLMSG_ERROR, NLMSG_HDRLEN } from "../../netlink/constants.ts";
import { ERRNO } from "../../netlink/errno.ts";
import { InputError } from "../../netlink/errors.ts";
import { chooser, type Fault, type FaultOptions, type OutgoingRequest } from "./fault.ts";

export interface RefuseOptions extends FaultOptions {
  /** What the kernel says besides, as its extended acknowledgement. */
  readonly message?: string | undefined;
  /** The field it points at: `linkinfo.data.id`. */
  readonly at?: string | undefined;
}

/**
 * Answers requests with an error; the kernel never gets them.
 *
 * @param code - `EPERM`, `EBUSY` …
 */
export function refuse(code: string, options: RefuseOptions = {}): Fault {
  const errno = ERRNO[code];
  if (errno === undefined) throw new InputError("code", "an error's name, for instance EPERM", code);
  const isChosen = chooser(options);
  return {
    refuses: (request) => (isChosen(request) ? errorAnswer(request, errno, options) : undefined),
  };
}

function errorAnswer(request: OutgoingRequest, errno: number, { message, at }: RefuseOptions): Uint8Array {
  const offs = at === undefined ? undefined : offsetOf(request, at);
  const told = message !== undefined || offs !== undefined;
  const output = new Output();
  const flags = NLM_F_CAPPED | (told ? NLM_F_ACK_TLVS : 0);
  const start = beginMessage(output, NLMSG_ERROR, flags, request.sequence, request.portId);
  const error = output.take(4);
  output.view.setInt32(error, -errno, output.little);
  const copy = output.take(NLMSG_HDRLEN);
  output.bytes.set(request.bytes.subarray(0, NLMSG_HDRLEN), copy);
  if (told) extendedAckAttrs.encode(output, { msg: message, offs }, undefined);
  endMessage(output, start);
  return output.finish();
}

function offsetOf({ bytes, protocol }: OutgoingRequest, path: string): number {
  const [message] = explainDatagram(bytes, { protocol, direction: "sent" }).messages;
  for (const visited of walk(message?.parts ?? [])) if (visited.path === path) return visited.part.start;
  throw new InputError("at", "a field of the request", path);
}
