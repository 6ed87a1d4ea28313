/**
 * pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, several interfaces, enhanced, simple and
 * obsolete packet blocks; other blocks are passed over.
 *
 *     type u32, length u32, body, the same length u32
 */
import { LONGEST_BLOCK } from "./byte-buffer.ts";
import type { Captured, ReadCapture } from "./captured.ts";
import { ByteCursor } from "./cursor.ts";
import { Packets } from "./packet.ts";
import { trouble } from "./trouble.ts";

export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
const PACKET = 2;
const SIMPLE_PACKET = 3;
export const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const WANTED = [INTERFACE_DESCRIPTION, PACKET, SIMPLE_PACKET, INTERFACE_STATISTICS, ENHANCED_PACKET];

/** More interfaces than any capture has. */
const MOST_INTERFACES = 65_536;

interface Interface {
  readonly linkType: number;
  readonly snapshotLength: number;
  /** Of its times: units in a second, and seconds to be added. */
  readonly resolution: bigint;
  readonly offset: bigint;
}

export const readPcapng: ReadCapture = async function* (input) {
  const cursor = new ByteCursor(input);
  try {
    const reader = new Reader();
    for (let more = true; more; ) {
      const out: Captured[] = [];
      more = await reader.block(cursor, out);
      yield* out;
    }
  } finally {
    await cursor.close();
  }
};

class Reader {
  readonly #packets = new Packets();
  #little = true;
  #interfaces: Interface[] = [];
  #inSection = false;

  /** Reads one block; false at the end, or where nothing more can be read. */
  async block(cursor: ByteCursor, out: Captured[]): Promise<boolean> {
    const { offset } = cursor;
    const stop = (problem?: string) => {
      if (problem) out.push(trouble(offset, problem));
      out.push(...this.#packets.end());
      return false;
    };
    const head = (await cursor.peek(12)).slice();
    if (head.length === 0) return stop();
    if (head.length < 12) return stop(`the input ends after ${head.length} bytes of a block's header`);
    const view = new DataView(head.buffer);
    const isSection = view.getUint32(0) === SECTION_HEADER;
    if (isSection) {
      if (view.getUint32(8, true) === BYTE_ORDER_MAGIC) this.#little = true;
      else if (view.getUint32(8) === BYTE_ORDER_MAGIC) this.#little = false;
      else return stop("a section without byte order");
      this.#interfaces = [];
      this.#inSection = true;
    } else if (!this.#inSection) return stop("no pcapng: it does not begin with a section");
    const type = view.getUint32(0, this.#little);
    const length = view.getUint32(4, this.#little);
    if (length < 12 || length % 4 !== 0)
      return stop(`a block cannot be ${length} bytes long: what follows cannot be read`);
    if (isSection || !WANTED.includes(type) || length > LONGEST_BLOCK) {
      if (length > LONGEST_BLOCK)
        out.push(trouble(offset, `a block of ${length} bytes is too long to be read`));
      const skipped = await cursor.skip(length);
      return skipped === length || stop(`the input ends after ${skipped} of a block's ${length} bytes`);
    }
    const block = await cursor.take(length);
    const problems =
      block.length < length ? [`the input ends after ${block.length} of a block's ${length} bytes`] : [];
    const fields = new DataView(block.buffer, block.byteOffset, block.length);
    if (problems.length === 0 && fields.getUint32(length - 4, this.#little) !== length)
      problems.push("the block's second length is another");
    // Cut blocks have no second length: what there is belongs to the body.
    const end = block.length < length ? block.length : length - 4;
    this.#known(type, offset, block.subarray(0, end), problems, out);
    return block.length === length || stop();
  }

  /** @param block - with its type and length, without the length behind it. */
  #known(type: number, offset: number, block: Uint8Array, problems: string[], out: Captured[]): void {
    const view = new DataView(block.buffer, block.byteOffset, block.length);
    const minimum =
      { [INTERFACE_DESCRIPTION]: 16, [SIMPLE_PACKET]: 12, [INTERFACE_STATISTICS]: 20 }[type] ?? 28;
    if (block.length < minimum) {
      const few = `${block.length} bytes are too few for a block of type ${type}`;
      out.push({ ...trouble(offset, few), problems: [few, ...problems] });
      return;
    }
    if (type === INTERFACE_DESCRIPTION) this.#interface(view, block);
    else if (type === INTERFACE_STATISTICS) this.#statistics(view, offset, out);
    else this.#packet(type, view, block, offset, problems, out);
  }

  #interface(view: DataView, block: Uint8Array): void {
    if (this.#interfaces.length >= MOST_INTERFACES) return;
    const found = {
      linkType: view.getUint16(8, this.#little),
      snapshotLength: view.getUint32(12, this.#little),
      resolution: 1_000_000n,
      offset: 0n,
    };
    for (const { code, at, length } of options(view, 16, this.#little)) {
      // if_tsresol: a power of ten, or of two with the highest bit.
      if (code === 9 && length === 1)
        found.resolution = (block[at]! & 0x80 ? 2n : 10n) ** BigInt(block[at]! & 0x7f);
      else if (code === 14 && length === 8) found.offset = view.getBigInt64(at, this.#little);
    }
    this.#interfaces.push(found);
  }

  /** isb_ifdrop and isb_osdrop: what the capture lost. */
  #statistics(view: DataView, offset: number, out: Captured[]): void {
    let lost = 0n;
    for (const { code, at, length } of options(view, 20, this.#little))
      if ((code === 5 || code === 7) && length === 8) lost += view.getBigUint64(at, this.#little);
    if (lost > 0n) out.push(trouble(offset, `${lost} datagrams were lost by the capture`));
  }

  #packet(
    type: number,
    view: DataView,
    block: Uint8Array,
    offset: number,
    problems: string[],
    out: Captured[],
  ) {
    const little = this.#little;
    const simple = type === SIMPLE_PACKET;
    const number = simple ? 0 : type === PACKET ? view.getUint16(8, little) : view.getUint32(8, little);
    const from = this.#interfaces[number];
    if (!from) {
      out.push(trouble(offset, `a packet of interface ${number}, which the section does not have`));
      return;
    }
    const at = simple ? 12 : 28;
    const length = view.getUint32(simple ? 8 : 24, little);
    const limit = from.snapshotLength || 0xffffffff;
    const kept = simple ? Math.min(length, limit) : view.getUint32(20, little);
    const data = block.subarray(at, at + kept);
    if (data.length < kept && problems.length === 0)
      problems.push(`the block has room for ${data.length} of the packet's ${kept} bytes`);
    const time = simple ? undefined : timeOf(view.getUint32(12, little), view.getUint32(16, little), from);
    const { linkType } = from;
    const captured = this.#packets.captured({
      offset,
      linkType,
      data,
      length: Math.max(kept, length),
      time,
      problems,
    });
    if (captured) out.push(captured);
  }
}

/** Milliseconds since 1970. */
function timeOf(high: number, low: number, { resolution, offset }: Interface): number {
  const units = (BigInt(high) << 32n) | BigInt(low);
  const seconds = units / resolution + offset;
  return Number(seconds) * 1000 + (Number(units % resolution) / Number(resolution)) * 1000;
}

/** Code u16, length u16, value padded to four bytes; code 0 is the end. */
function* options(view: DataView, start: number, little: boolean) {
  for (let at = start; at + 4 <= view.byteLength; ) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === 0 || at + 4 + length > view.byteLength) return;
    yield { code, at: at + 4, length };
    at += 4 + length + (-length & 3);
  }
}
