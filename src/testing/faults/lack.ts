/** A kernel that lacks an attribute. */
import { type ExplainedMessage, explainDatagram } from "../../decode/explain.ts";
import { align4 } from "../../netlink/codec/byte-order.ts";
import { Input } from "../../netlink/codec/input.ts";
import type { Protocol } from "../../netlink/codec/protocol.ts";
import type { Explained } from "../../netlink/codec/shape.ts";
import type { Fault } from "./fault.ts";
import { refuse } from "./refuse.ts";

export interface LackOptions {
  /** Refuse requests that have it, as newer kernels do with attributes they do not know; default let them pass. */
  readonly refuse?: boolean | undefined;
}

/**
 * The kernel does not know an attribute: it is in no message from it.
 *
 * @param attribute - its constant, `IFLA_XDP`, or its path, `linkinfo.data.id`.
 */
export function lack(attribute: string, options: LackOptions = {}): Fault {
  const refusing = (path: string) =>
    refuse("EINVAL", { message: "Unknown attribute type", at: path, times: Number.POSITIVE_INFINITY });
  return {
    refuses(request) {
      if (!options.refuse) return undefined;
      const [message] = explainDatagram(request.bytes, { ...request, direction: "sent" }).messages;
      const [found] = message ? occurrences(message, attribute) : [];
      return found && refusing(found.path).refuses!(request);
    },
    arrives(datagram, _, protocol) {
      const bytes = without(datagram.bytes, attribute, protocol);
      if (bytes === datagram.bytes) return undefined;
      return [
        { datagram: { ...datagram, bytes, length: datagram.length - datagram.bytes.length + bytes.length } },
      ];
    },
  };
}

interface Occurrence {
  readonly path: string;
  readonly part: Explained;
  /** The attributes around it. */
  readonly around: readonly Explained[];
}

function occurrences({ parts }: ExplainedMessage, attribute: string): Occurrence[] {
  const found: Occurrence[] = [];
  const search = (list: readonly Explained[], prefix: string, around: readonly Explained[]): void => {
    for (const part of list) {
      const path = prefix === "" || part.name.startsWith("[") ? prefix + part.name : `${prefix}.${part.name}`;
      const isIt = part.attributeType !== undefined && (part.constant === attribute || path === attribute);
      if (isIt) found.push({ path, part, around });
      else if (part.children)
        search(part.children, path, part.attributeType === undefined ? around : [...around, part]);
    }
  };
  search(parts, "", []);
  return found;
}

/** The datagram without an attribute, what is around it as much shorter; the same bytes where it has none. */
export function without(bytes: Uint8Array, attribute: string, protocol: Protocol): Uint8Array {
  const { messages } = explainDatagram(bytes, { protocol, direction: "received" });
  let result = bytes;
  // From the end, so that what is in front keeps its place.
  for (const message of messages.toReversed()) {
    for (const { part, around } of occurrences(message, attribute).toReversed()) {
      const end = Math.min(
        around.at(-1)?.end ?? message.offset + message.length,
        part.start + align4(part.end - part.start),
      );
      const removed = end - part.start;
      const shorter = new Uint8Array(result.length - removed);
      shorter.set(result.subarray(0, part.start));
      shorter.set(result.subarray(end), part.start);
      const { view, little } = new Input(shorter);
      for (const { start } of around) view.setUint16(start, view.getUint16(start, little) - removed, little);
      view.setUint32(message.offset, view.getUint32(message.offset, little) - removed, little);
      result = shorter;
    }
  }
  return result;
}
