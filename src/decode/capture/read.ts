/** Any capture: the format is detected where it is not given. */
import { readBase64 } from "./base64.ts";
import { readBin } from "./bin.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import { type Captured, type CaptureFormat, captureFormats, type ReadCapture } from "./captured.ts";
import { type Compression, compressionOf, detectFormat, LOOKED_AT } from "./detect.ts";
import { readFixture } from "./fixture.ts";
import { readHex } from "./hex.ts";
import { readPcap } from "./pcap.ts";
import { readPcapng } from "./pcapng.ts";
import { readStrace } from "./strace.ts";
import { trouble } from "./trouble.ts";

export interface ReadOptions {
  /** Default: what the first bytes look like. */
  readonly format?: CaptureFormat | undefined;
  /** NETLINK_ROUTE …, for what does not say it. */
  readonly protocol?: number | undefined;
}

const readers: Readonly<Record<CaptureFormat, ReadCapture>> = {
  hex: readHex,
  bin: readBin,
  base64: readBase64,
  strace: readStrace,
  pcap: readPcap,
  pcapng: readPcapng,
  fixture: readFixture,
};

/**
 * The datagrams of an input, one by one, in memory that does not grow with it. Nothing is thrown for what the input
 * contains: where it cannot be read, a `Captured` without bytes says so.
 *
 * @param input - chunks of any size, from a file or live; each may be used again by the caller afterwards.
 */
export async function* readCapture(
  input: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<Captured> {
  const { format, whole } = options.format ? { format: options.format, whole: input } : await detected(input);
  if (!captureFormats.includes(format as CaptureFormat)) {
    yield trouble(0, `this is compressed with ${format}: unpack it first`);
    return;
  }
  const { protocol } = options;
  for await (const captured of readers[format as CaptureFormat](whole))
    yield protocol === undefined || captured.protocol !== undefined ? captured : { ...captured, protocol };
}

/** What the first bytes look like, and the input with them still in it. A live input is not kept waiting for long. */
async function detected(input: AsyncIterable<Uint8Array>) {
  const iterator = input[Symbol.asyncIterator]();
  const beginning = new ByteBuffer();
  let looked = 0;
  let format: CaptureFormat | Compression = "hex";
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    beginning.append(next.value);
    if (beginning.length < 2 * looked) continue;
    looked = beginning.length;
    format = compressionOf(beginning.view) ?? detectFormat(beginning.view);
    if (beginning.length >= LOOKED_AT || (beginning.length >= 16 && format !== "hex" && format !== "base64"))
      break;
  }
  if (looked < beginning.length) format = compressionOf(beginning.view) ?? detectFormat(beginning.view);
  return { format, whole: both(beginning.take(), iterator) };
}

async function* both(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
