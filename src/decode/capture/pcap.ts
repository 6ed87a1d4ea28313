/**
 * pcap (draft-ietf-opsawg-pcap), of either byte order, with microseconds or nanoseconds:
 *
 *     magic u32, version 2 × u16, 8 bytes, snapshot length u32, link type u32
 *     then for each packet: seconds u32, fraction u32, captured bytes u32, bytes u32, data
 */
import { LONGEST_BLOCK } from "./byte-buffer.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { ByteCursor } from "./cursor.ts";
import { foreignLinkType, linkTypes } from "./link-type.ts";
import { Packets } from "./packet.ts";
import { trouble } from "./trouble.ts";

const HEADER = 24;
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
/** Alexey Kuznetzov's: 8 more bytes in each record. */
const EXTENDED = 0xa1b2cd34;

export const pcapMagics: readonly number[] = [MICROSECONDS, NANOSECONDS, EXTENDED];

export const readPcap: ReadCapture = async function* (input) {
  const cursor = new ByteCursor(input);
  try {
    yield* packets(cursor);
  } finally {
    await cursor.close();
  }
};

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function* packets(cursor: ByteCursor): AsyncGenerator<Captured> {
  const header = await cursor.take(HEADER);
  if (header.length < HEADER) {
    yield trouble(0, `the input ends after ${header.length} of the header's ${HEADER} bytes`);
    return;
  }
  const view = viewOf(header);
  const little = pcapMagics.includes(view.getUint32(0, true));
  const magic = view.getUint32(0, little);
  if (!pcapMagics.includes(magic)) {
    yield trouble(0, `no pcap: it begins with 0x${magic.toString(16).padStart(8, "0")}`);
    return;
  }
  // The upper bits tell about frame check sequences.
  const linkType = view.getUint32(20, little) & 0xffff;
  if (!linkTypes.has(linkType)) {
    yield trouble(20, foreignLinkType(linkType));
    return;
  }
  const perMillisecond = magic === NANOSECONDS ? 1e6 : 1e3;
  const recordHeader = magic === EXTENDED ? 24 : 16;
  const found = new Packets();
  for (;;) {
    const { offset } = cursor;
    const record = await cursor.take(recordHeader);
    if (record.length === 0) break;
    if (record.length < recordHeader) {
      yield trouble(
        offset,
        `the input ends after ${record.length} of a packet header's ${recordHeader} bytes`,
      );
      break;
    }
    const fields = viewOf(record);
    const kept = fields.getUint32(8, little);
    if (kept > LONGEST_BLOCK) {
      yield trouble(offset, `a packet of ${kept} bytes makes no sense: what follows cannot be read`);
      break;
    }
    const time = fields.getUint32(0, little) * 1000 + fields.getUint32(4, little) / perMillisecond;
    const data = await cursor.take(kept);
    const problems =
      data.length < kept ? [`the input ends after ${data.length} of a packet's ${kept} bytes`] : [];
    // With its end missing it is as long as it says.
    const length = Math.max(kept, fields.getUint32(12, little));
    const captured = found.captured({ offset, linkType, data, length, time, problems });
    if (captured) yield captured;
    if (data.length < kept) break;
  }
  yield* found.end();
}
