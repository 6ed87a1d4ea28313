/** Which format an input has: its first bytes tell. */
import type { CaptureFormat } from "./captured.ts";
import { pcapMagics } from "./pcap.ts";
import { SECTION_HEADER } from "./pcapng.ts";

/** So many bytes are looked at. */
export const LOOKED_AT = 64 * 1024;

export type Compression = "gzip" | "zstd" | "xz" | "bzip2";

const COMPRESSED: readonly (readonly [name: Compression, magic: readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["bzip2", [0x42, 0x5a, 0x68]],
];

/** `gzip`, where a file has to be unpacked first. */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  return COMPRESSED.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0];
}

const DUMP = /^ \| [0-9a-f]{5} {2}[0-9a-f]{2} /;
const CALL =
  /^(?:\[pid\s{1,9}\d+[^\]]{0,40}\]\s{0,9}|\d+\s{1,20})?(?:[\d:.]+\s{1,20})?(?:\(?\+?\s{0,20}\d+\.\d+\)?\s{1,20})?(?:\[[\s0-9a-f?]{1,20}\]\s{1,20}){0,2}(?:<\.\.\. )?[a-z_0-9]{2,40}(?:\(.*(?:\)\s{1,40}= |<unfinished \.\.\.>$)| resumed>)/;

/**
 * @param bytes - the beginning of the input, or all of it.
 * @returns `hex` for text of any other kind: its reader says what cannot be read.
 */
export function detectFormat(bytes: Uint8Array): CaptureFormat {
  if (bytes.length >= 4) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(0) === SECTION_HEADER) return "pcapng";
    if ([true, false].some((little) => pcapMagics.includes(view.getUint32(0, little)))) return "pcap";
  }
  if (isBinary(bytes)) return "bin";
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (/^\s*\{\s*"fixture"\s*:/.test(lines.slice(0, 10).join("\n").slice(0, 1000))) return "fixture";
  // The last one may be cut.
  if (lines.length > 1) lines.pop();
  if (lines.some((line) => DUMP.test(line) || CALL.test(line))) return "strace";
  const data = lines.map((line) => line.split("#", 1)[0]!.trim()).filter((line) => line !== "");
  return data.length > 0 && data.every(isBase64) && !data.every(isHex) ? "base64" : "hex";
}

const isHex = (line: string) => /^(?:[0-9a-f]{2})+$/i.test(line);

/** Words of prose are base64 too; a datagram has more digits than any of them. */
const isBase64 = (line: string) =>
  /^[A-Za-z0-9+/_-]{3,}={0,2}$/.test(line) && (line.length >= 20 || line.endsWith("="));

/** Bytes that no text has. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}
