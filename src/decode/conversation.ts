/** Who answers whom: a capture's datagrams as a conversation. */
import { type ByteOrder, hostByteOrder } from "../netlink/codec/byte-order.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import * as c from "../netlink/constants.ts";
import type { Captured } from "./capture/captured.ts";
import { type ExplainedMessage, explainDatagram } from "./explain.ts";
import { Families } from "./families.ts";
import { verbOf } from "./header.ts";
import { InterfaceNames } from "./interface-names.ts";
import { type Book, Outstanding, type OutstandingRequest } from "./outstanding.ts";
import type { Remark } from "./remarks.ts";
import type { Told, ToldMessage, ToldRequest, ToldRole, Unfinished } from "./told.ts";
import { verify } from "./verify.ts";

export interface ConversationOptions {
  /** Which protocols there are; what the capture tells of generic netlink's families is learnt. */
  readonly families?: Families | undefined;
  /** Encodes every message again, and reports the first byte that differs. */
  readonly verify?: boolean | undefined;
  /** Of the machine the capture is from; where the lengths say otherwise, they are right. */
  readonly byteOrder?: ByteOrder | undefined;
  /** Of datagrams that do not say it: NETLINK_ROUTE … */
  readonly protocol?: number | undefined;
}

const NOTHING = new Uint8Array(0);

/**
 * Explains the datagrams of a capture one after the other, and pairs requests with what answers them: by socket where
 * the capture tells sockets apart, by port id where it does not, and by sequence number.
 *
 * Takes memory for requests without an answer, of which it forgets the oldest.
 */
export class Conversation {
  readonly families: Families;
  readonly #options: ConversationOptions;
  readonly #outstanding = new Outstanding();
  readonly #names = new InterfaceNames();
  #byteOrder: ByteOrder;
  #next = 0;

  constructor(options: ConversationOptions = {}) {
    this.#options = options;
    this.families = options.families ?? new Families();
    this.#byteOrder = options.byteOrder ?? hostByteOrder;
  }

  /** Tells of the next datagram of the capture; never throws, whatever the bytes. */
  take(captured: Captured): Told {
    const index = this.#next++;
    const number = captured.protocol ?? this.#options.protocol;
    const byteOrder = guessByteOrder(captured) ?? this.#byteOrder;
    this.#byteOrder = byteOrder;
    this.families.learn(captured, number, byteOrder);
    const protocol = this.families.protocolOf(number);
    const book = this.#outstanding.book(`${captured.socket ?? ""} ${protocol.number}`);
    const { direction } = captured;
    const datagram = explainDatagram(captured.bytes, {
      protocol,
      direction,
      byteOrder,
      requestOf: ({ sequence, portId, requestType }) =>
        book.find(sequence, portId, (entry) => entry.type === requestType)?.bytes,
    });
    const place = { socket: captured.socket, pid: captured.pid };
    const said: Told = {
      index,
      captured,
      protocol,
      byteOrder,
      datagram,
      messages: [],
      ...this.#ofDatagram(captured, book, index, datagram),
      nameOf: (ifindex) => this.#names.nameOf(place, ifindex),
    };
    const messages = datagram.messages.map((message, position) => {
      this.#names.learn(captured, protocol.number, message);
      const told =
        message.direction === "sent"
          ? this.#ask(said, message, position, book)
          : this.#answer(said, message, position, book);
      const differs = this.#options.verify && verify(captured.bytes, message, protocol, byteOrder);
      return differs ? { ...told, problems: [...told.problems, differs] } : told;
    });
    return { ...said, messages };
  }

  /** What is missing when nothing more comes: requests without an answer, dumps without an end. */
  finish(): Unfinished[] {
    const unfinished: Unfinished[] = [];
    for (const request of this.#outstanding) {
      const { isDump, objects, expects, book } = request;
      if (!expects || book.received === 0) continue;
      const lost = book.overrunAt === undefined ? "" : `; messages were lost at datagram ${book.overrunAt}`;
      const text =
        isDump && objects > 0
          ? `the dump has no NLMSG_DONE after ${objects} object${objects === 1 ? "" : "s"}`
          : "no answer";
      unfinished.push({ request: reference(request), text: text + lost });
    }
    return unfinished;
  }

  /** What is wrong with the datagram as a whole. */
  #ofDatagram(captured: Captured, book: Book, index: number, datagram: Told["datagram"]) {
    const { bytes, length, failed, direction } = captured;
    const problems: Remark[] = captured.problems.map((text) => ({ text, start: 0, end: bytes.length }));
    const notes: Remark[] = [...datagram.notes];
    if (failed !== undefined) {
      const call = direction === "sent" ? "sending" : "receiving";
      const lost = failed === "ENOBUFS" && direction !== "sent";
      if (lost) book.overrunAt = index;
      const text = `${call} failed with ${failed}${lost ? ": the socket's buffer was full and messages were lost" : ""}`;
      const isUsual = failed === "EAGAIN" || failed === "EWOULDBLOCK" || failed === "EINTR";
      (isUsual ? notes : problems).push({ text, start: 0, end: 0 });
    }
    if (length > bytes.length) {
      const text = `the capture has ${bytes.length} of the datagram's ${length} bytes`;
      problems.push({ text, start: bytes.length, end: bytes.length });
    }
    // That nothing was read is said already.
    if (bytes.length > 0 || (failed === undefined && problems.length === 0))
      problems.push(...datagram.problems);
    return { problems, notes };
  }

  #ask(told: Told, message: ExplainedMessage, index: number, book: Book): ToldMessage {
    book.sent++;
    const { captured, protocol } = told;
    const { flags, type, offset, length, sequence } = message;
    const verb = verbOf(protocol, type);
    const isChange = isChanging(protocol, type);
    const isDump = !isChange && (flags & c.NLM_F_DUMP) === c.NLM_F_DUMP;
    // Nothing that is kept may hold on to the datagram.
    const context = {
      captured: { ...captured, bytes: NOTHING },
      protocol,
      byteOrder: told.byteOrder,
      nameOf: told.nameOf,
    };
    const request: OutstandingRequest = {
      datagram: told.index,
      message: index,
      offset,
      type,
      constant: message.constant,
      flags,
      sequence,
      time: captured.time,
      bytes: captured.bytes.slice(offset, Math.min(offset + length, captured.bytes.length)),
      portId: captured.portId ?? message.portId,
      expects: (flags & c.NLM_F_ACK) !== 0 || isDump || verb === "GET",
      isDump,
      isChange,
      book,
      objects: 0,
      tell: () => tellAgain(request, context),
    };
    if (type >= c.NLMSG_MIN_TYPE) this.#outstanding.add(request);
    return { index, message, role: "request", problems: message.problems, notes: message.notes };
  }

  #answer(told: Told, message: ExplainedMessage, index: number, book: Book): ToldMessage {
    book.received++;
    const { captured } = told;
    const { type, flags, sequence, portId, answer } = message;
    const plain = { index, message, problems: message.problems, notes: message.notes };
    if (type < c.NLMSG_MIN_TYPE && !answer) return { ...plain, role: "notification" };
    const foreign = isForeign(captured, message);
    const fits = (entry: OutstandingRequest): boolean => {
      if (!answer) return !entry.isChange || (entry.flags & c.NLM_F_ECHO) !== 0;
      if (answer.requestType === undefined) return entry.isDump;
      return answer.requestType === (entry.constant ?? entry.type);
    };
    const request = foreign ? undefined : book.find(sequence, portId, fits);
    if (!request) return { ...plain, ...stray(told, message, book, foreign) };
    if (request.portId === 0) request.portId = portId;
    const caused =
      !answer && request.isChange && (flags & c.NLM_F_MULTI) === 0 && (request.flags & c.NLM_F_ECHO) === 0;
    const role: ToldRole = caused ? "notification" : "reply";
    if (!answer && !caused) request.objects++;
    const isLast =
      answer !== undefined ||
      (!caused && (flags & c.NLM_F_MULTI) === 0 && !request.isDump && (request.flags & c.NLM_F_ACK) === 0);
    if (isLast) {
      this.#outstanding.dropSilentBefore(request);
      this.#outstanding.drop(request);
    }
    const elapsed =
      captured.time === undefined || request.time === undefined ? undefined : captured.time - request.time;
    return { ...plain, role, request, elapsed, objects: request.isDump ? request.objects : undefined };
  }
}

/** SET, NEW, DEL of rtnetlink's fours; elsewhere what the name says. */
function isChanging(protocol: Protocol, type: number): boolean {
  const verb = verbOf(protocol, type);
  return verb === "NEW" || verb === "DEL" || (protocol.number === c.NETLINK_ROUTE && verb !== "GET");
}

/** Sent to a group, or meant for another socket: it has the numbers of whoever caused it. */
function isForeign({ groups, portId }: Captured, message: ExplainedMessage): boolean {
  if (message.answer) return false;
  if (groups !== undefined && groups !== 0) return true;
  if (portId !== undefined && portId !== 0 && message.portId !== 0) return message.portId !== portId;
  return message.sequence === 0 && message.portId === 0;
}

function stray(
  { index }: Told,
  { answer, flags, sequence, portId, offset, length, problems, notes }: ExplainedMessage,
  book: Book,
  foreign: boolean,
): Pick<ToldMessage, "role" | "problems" | "notes"> {
  const isReply = answer !== undefined || (flags & c.NLM_F_MULTI) !== 0;
  const role: ToldRole = isReply ? "reply" : "notification";
  const key = `${sequence} ${portId}`;
  // Of a dump without its request, one message is enough to say so.
  if (foreign || !isReply || book.stray === key || book.forgot) return { role, problems, notes };
  book.stray = key;
  const remark = {
    text: "the request that this answers is not in the capture",
    start: offset,
    end: offset + length,
  };
  // A capture may begin in the middle, or have one side alone.
  const isOdd = book.sent > 0 && index > 0;
  return isOdd
    ? { role, problems: [...problems, remark], notes }
    : { role, problems, notes: [...notes, remark] };
}

/** The byte order that the first length makes sense in; undefined where both do, or none. */
function guessByteOrder({ bytes, length }: Captured): ByteOrder | undefined {
  if (bytes.length < c.NLMSG_HDRLEN) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const makesSense = (little: boolean): boolean => {
    const says = view.getUint32(0, little);
    return says >= c.NLMSG_HDRLEN && says <= Math.max(length, bytes.length);
  };
  const little = makesSense(true);
  if (little === makesSense(false)) return undefined;
  return little ? "little" : "big";
}

type Context = Pick<Told, "captured" | "protocol" | "byteOrder" | "nameOf">;

function tellAgain(request: OutstandingRequest, { captured, protocol, byteOrder, nameOf }: Context): Told {
  const { bytes: own, offset, datagram: index, message: position } = request;
  const bytes = new Uint8Array(offset + own.length);
  bytes.set(own, offset);
  const datagram = explainDatagram(bytes, { protocol, byteOrder, direction: "sent", start: offset });
  const messages = datagram.messages.map(
    (message): ToldMessage => ({
      index: position,
      message,
      role: "request",
      problems: message.problems,
      notes: message.notes,
    }),
  );
  const again = { ...captured, bytes, length: bytes.length };
  return { index, captured: again, protocol, byteOrder, datagram, messages, problems: [], notes: [], nameOf };
}

function reference(request: OutstandingRequest): Omit<ToldRequest, "tell"> {
  const { datagram, message, offset, type, constant, flags, sequence, time } = request;
  return { datagram, message, offset, type, constant, flags, sequence, time };
}
