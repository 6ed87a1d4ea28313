/** What is unexpected in a message. */
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import type { NlMessage } from "../netlink/codec/nlmsg.ts";
import type { MessageType } from "../netlink/codec/protocol.ts";
import type { Explained } from "../netlink/codec/shape.ts";
import { NLM_F_DUMP_INTR, NLMSG_OVERRUN } from "../netlink/constants.ts";
import { guess } from "./guess.ts";
import { walk } from "./walk.ts";

/** Something to point out, and which bytes of the datagram it is about. */
export interface Remark {
  readonly text: string;
  /** The field it is about. */
  readonly path?: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Problems are wrong, or unknown here; notes are worth knowing. */
export interface Remarks {
  readonly problems: readonly Remark[];
  readonly notes: readonly Remark[];
}

export const isZero = (bytes: unknown): boolean =>
  bytes instanceof Uint8Array && bytes.every((byte) => byte === 0);

export function remarksOn(
  nlmsg: NlMessage,
  type: MessageType<unknown> | undefined,
  parts: readonly Explained[],
  byteOrder: ByteOrder,
): Remarks {
  const problems: Remark[] = [];
  const notes: Remark[] = [];
  const { offset, at, payloadLength } = nlmsg;
  const whole = { start: offset, end: at + payloadLength };
  if (nlmsg.cut) {
    problems.push({
      ...whole,
      text: `${nlmsg.length} bytes long, but the datagram ends after ${whole.end - offset}`,
    });
  }
  if (nlmsg.type === NLMSG_OVERRUN) problems.push({ ...whole, text: "messages were lost" });
  if (nlmsg.flags & NLM_F_DUMP_INTR) {
    problems.push({ ...whole, text: "objects changed while they were listed: some may be missing or twice" });
  }
  if (type && payloadLength < type.message.header.size) {
    const { size, name } = type.message.header;
    notes.push({
      start: at,
      end: whole.end,
      text: `${payloadLength} of the ${size} bytes of struct ${name}`,
    });
  }
  for (const { part, path } of isRemarkable(parts) ? walk(parts) : []) {
    const { start, end } = part;
    if (part.name === "trailing" && (!part.problem || isZero(part.value))) {
      const text = part.problem
        ? `${end - start} zero bytes`
        : `${end - start} bytes more than are known here`;
      notes.push({ path, start, end, text });
    } else if (part.problem) {
      problems.push({ path, start, end, text: withoutPlace(part.problem) + perhaps(part, byteOrder) });
    }
  }
  return { problems, notes };
}

/** Whether there is anything to say at all: mostly not, and paths take their time. */
function isRemarkable(parts: readonly Explained[]): boolean {
  return parts.some(
    ({ name, problem, children }) =>
      problem !== undefined || name === "trailing" || (children !== undefined && isRemarkable(children)),
  );
}

/** Of an unknown attribute, how long it is and what its bytes look like. */
function perhaps({ name, value }: Explained, byteOrder: ByteOrder): string {
  if (!name.startsWith("unknown.") || !(value instanceof Uint8Array)) return "";
  const reading = guess(value, byteOrder);
  return `, ${value.length} byte${value.length === 1 ? "" : "s"}${reading === undefined ? "" : `, perhaps ${reading}`}`;
}

/** A DecodeError's message has the place at its end, which the remark has by itself. */
const withoutPlace = (text: string): string => text.replace(/ \(byte \d+\)$/, "");

/** `linkinfo.data.id: 3 bytes are no u32 (byte 52)` */
export function formatRemark({ text, path, start }: Remark): string {
  return `${path === undefined ? "" : `${path}: `}${text} (byte ${start})`;
}
