/** Recorded answers with the sequence numbers and port ids of who asks now. */
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";
import { NLMSG_ERROR, NLMSG_HDRLEN } from "../netlink/constants.ts";

export interface Identity {
  readonly sequence: number;
  readonly portId: number;
}

const SEQUENCE = 8;
const PORT = 12;

/** A copy of a datagram in which `now` says who is meant where the recording says it. */
export function readdressed(
  bytes: Uint8Array,
  now: (recorded: Identity) => Identity | undefined,
): Uint8Array {
  const copy = bytes.slice();
  const input = new Input(copy);
  const { view, little } = input;
  for (const { offset, at, type, payloadLength, sequence, portId } of messagesOf(input)) {
    const identity = now({ sequence, portId });
    if (!identity) continue;
    view.setUint32(offset + SEQUENCE, identity.sequence, little);
    if (portId !== 0) view.setUint32(offset + PORT, identity.portId, little);
    // An error repeats the request's header behind its number.
    const inner = at + 4;
    if (type !== NLMSG_ERROR || payloadLength < 4 + NLMSG_HDRLEN) continue;
    view.setUint32(inner + SEQUENCE, identity.sequence, little);
    if (view.getUint32(inner + PORT, little) !== 0) view.setUint32(inner + PORT, identity.portId, little);
  }
  return copy;
}
