/**
 * Netlink messages as they are, one behind the other, each at a multiple of four bytes.
 *
 * Nothing says where a datagram ends. What belongs together is given together: the parts of an answer (NLM_F_MULTI,
 * the same sequence number and port id, up to NLMSG_DONE) as far as 32 KiB, which is what the kernel puts into a
 * datagram of a dump, and a batch of nf_tables from its begin to its end. Any other message is a datagram.
 */
import { align4 } from "../../netlink/codec/byte-order.ts";
import { NLM_F_MULTI, NLM_F_REQUEST, NLMSG_DONE, NLMSG_HDRLEN } from "../../netlink/constants.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { ByteCursor } from "./cursor.ts";

const DATAGRAM = 32 * 1024;
/** A message of a file that is longer is taken for nonsense: bytes. */
const LONGEST_MESSAGE = 16 * 1024 * 1024;
/** Of what is no message, so many bytes are kept. */
const SHOWN = 4096;

interface Header {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly portId: number;
  readonly little: boolean;
}

export const readBin: ReadCapture = async function* (input) {
  const cursor = new ByteCursor(input);
  try {
    yield* datagrams(cursor);
  } finally {
    await cursor.close();
  }
};

async function* datagrams(cursor: ByteCursor): AsyncGenerator<Captured> {
  const datagram = new ByteBuffer();
  let offset = 0;
  let last: Header | undefined;
  let inBatch = false;
  const captured = (problems: readonly string[] = []): Captured => {
    const bytes = datagram.take();
    return { offset, bytes, length: bytes.length, problems };
  };
  for (;;) {
    const start = cursor.offset;
    const bytes = await cursor.peek(NLMSG_HDRLEN + 4);
    if (bytes.length === 0) break;
    const header: Header | undefined = headerOf(bytes, last?.little);
    if (header === undefined) {
      // iproute2 sends zeros behind its requests: they belong to the datagram.
      if (datagram.length > 0 && isZero(bytes.subarray(0, 4))) {
        datagram.append(await cursor.take(Math.min(4, bytes.length)));
        continue;
      }
      if (datagram.length > 0) yield captured();
      yield await rest(cursor);
      return;
    }
    if (datagram.length > 0 && !(inBatch || continues(last!, header))) yield captured();
    if (datagram.length > 0 && datagram.length + header.length > DATAGRAM && !inBatch) yield captured();
    if (datagram.length === 0) offset = start;
    datagram.append(await cursor.take(align4(header.length)));
    const there = cursor.offset - start;
    if (there < header.length) {
      yield captured([`the input ends after ${there} of a message's ${header.length} bytes`]);
      return;
    }
    inBatch = inBatch
      ? !isBatch(header, bytes, 17) && datagram.length < LONGEST_MESSAGE
      : isBatch(header, bytes, 16);
    last = header;
  }
  if (datagram.length > 0) yield captured();
}

function continues(before: Header, { flags, sequence, portId }: Header): boolean {
  return (
    (flags & (NLM_F_MULTI | NLM_F_REQUEST)) === NLM_F_MULTI &&
    (before.flags & (NLM_F_MULTI | NLM_F_REQUEST)) === NLM_F_MULTI &&
    before.type !== NLMSG_DONE &&
    before.sequence === sequence &&
    before.portId === portId
  );
}

/** NFNL_MSG_BATCH_BEGIN (16) and _END (17): struct nfgenmsg alone, of the subsystem nf_tables (10). */
function isBatch({ length, type }: Header, bytes: Uint8Array, wanted: number): boolean {
  return type === wanted && length === 20 && bytes[18] === 0 && bytes[19] === 10;
}

/** In the byte order of the message before, or in that which makes sense. */
function headerOf(bytes: Uint8Array, little: boolean | undefined): Header | undefined {
  if (bytes.length < NLMSG_HDRLEN) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const order of little === undefined ? [true, false] : [little]) {
    const length = view.getUint32(0, order);
    if (length >= NLMSG_HDRLEN && length <= LONGEST_MESSAGE) {
      return {
        length,
        type: view.getUint16(4, order),
        flags: view.getUint16(6, order),
        sequence: view.getUint32(8, order),
        portId: view.getUint32(12, order),
        little: order,
      };
    }
  }
  return undefined;
}

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

/** Where no message begins, nothing tells where the next one would. */
async function rest(cursor: ByteCursor): Promise<Captured> {
  const { offset } = cursor;
  const bytes = await cursor.take(SHOWN);
  const length = bytes.length + (await cursor.skip(Number.POSITIVE_INFINITY));
  return { offset, bytes, length, problems: [`${length} bytes from here on are no messages`] };
}
