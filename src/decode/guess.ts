/** What the bytes of an unknown attribute may be. */

import { formatIpv4, formatIpv6, formatMac } from "../netlink/codec/address.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import { align4 } from "../netlink/codec/byte-order.ts";
import { Input } from "../netlink/codec/input.ts";
import { readAttribute } from "../netlink/codec/raw-attribute.ts";
import { NLA_TYPE_MASK } from "../netlink/constants.ts";

/** Longer payloads are looked at no further than this. */
const LOOKED_AT = 4096;
/** Attribute numbers of a nest that is one. */
const HIGHEST_TYPE = 255;
const SHOWN_CHILDREN = 4;
const DEEPEST = 3;

/**
 * The likeliest reading of bytes that no schema knows, `string "eth0"`, `u32 1500`, `nested { 1: u32 5 }`; several
 * where they are as likely. Undefined where bytes are all that can be said.
 */
export function guess(bytes: Uint8Array, byteOrder: ByteOrder): string | undefined {
  return guessAt(new Input(bytes, { byteOrder }), 0, bytes.length, DEEPEST);
}

function guessAt(input: Input, at: number, length: number, depth: number): string | undefined {
  if (length === 0) return "flag";
  if (length > LOOKED_AT) return undefined;
  const text = readText(input.bytes.subarray(at, at + length));
  if (text !== undefined) return `string ${JSON.stringify(text)}`;
  return readNest(input, at, length, depth) ?? readNumber(input, at, length);
}

/** Printable ASCII of two characters and more, with or without NULs at the end. */
function readText(bytes: Uint8Array): string | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  // More than one NUL, where it is no fixed array of a name's length, makes a number likelier.
  if (end < 2 || (bytes.length - end > 1 && end < 3)) return undefined;
  const text = bytes.subarray(0, end);
  if (!text.every((byte) => byte >= 0x20 && byte < 0x7f)) return undefined;
  // Four bytes that happen to be letters are as well a number.
  if (end === bytes.length && end <= 4) return undefined;
  return String.fromCharCode(...text);
}

function readNest(input: Input, at: number, length: number, depth: number): string | undefined {
  if (depth === 0 || length < 4) return undefined;
  const end = at + length;
  const children: string[] = [];
  let count = 0;
  let next = at;
  for (let raw = readAttribute(input, next, end); raw; raw = readAttribute(input, next, end)) {
    const type = raw.type & NLA_TYPE_MASK;
    // Zeros look like attributes of type 0; lists are numbered from it, but one element is no list.
    if (type > HIGHEST_TYPE || (type === 0 && at + 4 + align4(raw.length) >= end)) return undefined;
    const gap = Math.min(end, raw.at + align4(raw.length));
    for (let pad = raw.at + raw.length; pad < gap; pad++) if (input.bytes[pad] !== 0) return undefined;
    count++;
    if (count <= SHOWN_CHILDREN)
      children.push(`${type}: ${guessAt(input, raw.at, raw.length, depth - 1) ?? `${raw.length} bytes`}`);
    next = gap;
  }
  if (count === 0 || next < end) return undefined;
  if (count > SHOWN_CHILDREN) children.push(`… ${count - SHOWN_CHILDREN} more`);
  return `nested { ${children.join(", ")} }`;
}

function readNumber({ bytes, view, little }: Input, at: number, length: number): string | undefined {
  switch (length) {
    case 1:
      return `u8 ${bytes[at]}`;
    case 2:
      return ofEither("16", view.getUint16(at, little), view.getUint16(at, !little));
    case 4: {
      const number = view.getUint32(at, little);
      const swapped = view.getUint32(at, !little);
      const small = Math.min(number, swapped) < 0x10000;
      return small ? ofEither("32", number, swapped) : `u32 ${number} or address ${formatIpv4(bytes, at)}`;
    }
    case 6:
      return `address ${formatMac(bytes, at, 6)}`;
    case 8:
      return ofEither("64", view.getBigUint64(at, little), view.getBigUint64(at, !little));
    case 16:
      return `address ${formatIpv6(bytes, at)}`;
    default:
      return undefined;
  }
}

/** Numbers are mostly small: where they are far smaller in the other byte order, that one. */
function ofEither<T extends number | bigint>(bits: string, host: T, swapped: T): string {
  return Number(swapped) * 16 < Number(host) ? `be${bits} ${swapped}` : `u${bits} ${host}`;
}
