import { formatIpv6, parseIpv6 } from "../../../netlink/codec/address.ts";
import { flags } from "../../../netlink/codec/enumeration.ts";
import type { Input } from "../../../netlink/codec/input.ts";
import { be16, u8 } from "../../../netlink/codec/integer.ts";
import type { Output } from "../../../netlink/codec/output.ts";
import { isRecord } from "../../../netlink/codec/record.ts";
import type { Infer, Shape } from "../../../netlink/codec/shape.ts";
import { atField, DecodeError, InputError } from "../../../netlink/errors.ts";

/** SR6_FLAG1_* (linux/seg6.h) */
const srhFlags = flags(u8, "SR6_FLAG1_", { hmac: 8, alert: 16, oam: 32, protected: 64 });

/** Segment routing header: struct ipv6_sr_hdr (linux/seg6.h, RFC 8754). Its lengths follow from what is in it. */
export interface Srh {
  /** Protocol behind the header; the kernel sets it. */
  nexthdr?: number;
  /** Default: to begin with the first. */
  segmentsLeft?: number;
  flags?: Infer<typeof srhFlags>;
  tag?: number;
  /** As in the header: the last to be visited comes first. */
  segments: string[];
  /** Options behind the segments, a multiple of 8 bytes. */
  tlvs?: Uint8Array;
}

const HEAD = 8;
const ADDRESS = 16;
const ROUTING_TYPE = 4;
const fields = ["nexthdr", "segmentsLeft", "flags", "tag", "segments", "tlvs"];

export const srh: Shape<Srh> = {
  type: "struct ipv6_sr_hdr",
  accepts: (length) => length >= HEAD + ADDRESS && length % 8 === 0,
  decode: decodeSrh,
  encode: encodeSrh,
  text: ({ segments }) => segments.toReversed().join(","),
};

function decodeSrh(input: Input, at: number, length: number): Srh {
  const { bytes } = input;
  const behind = at + HEAD + (bytes[at + 4]! + 1) * ADDRESS;
  const size = (bytes[at + 1]! + 1) * 8;
  if (size !== length || behind > at + length || bytes[at + 2] !== ROUTING_TYPE) {
    throw new DecodeError("no segment routing header", at);
  }
  const segments: string[] = [];
  for (let from = at + HEAD; from < behind; from += ADDRESS) segments.push(formatIpv6(bytes, from));
  const value: Srh = {
    nexthdr: bytes[at]!,
    segmentsLeft: bytes[at + 3]!,
    flags: srhFlags.decode(input, at + 5, 1, undefined),
    tag: input.view.getUint16(at + 6, false),
    segments,
  };
  if (behind < at + length) value.tlvs = bytes.slice(behind, at + length);
  return value;
}

function encodeSrh(output: Output, value: Srh): void {
  if (!isRecord(value)) throw new InputError("", "an object with segments", value);
  const other = Object.keys(value).find((key) => !fields.includes(key));
  if (other !== undefined)
    throw new InputError(other, `one of ${fields.join(", ")}`, value[other as keyof Srh]);
  const addresses = segmentBytes(value.segments, 127);
  const { tlvs = new Uint8Array(0) } = value;
  if (!(tlvs instanceof Uint8Array) || tlvs.length % 8 !== 0) {
    throw new InputError("tlvs", "a Uint8Array of a multiple of 8 bytes", tlvs);
  }
  const length = (addresses.length * ADDRESS + tlvs.length) / 8;
  if (length > 255) throw new InputError("tlvs", "at most 2040 bytes with the segments", tlvs);
  field("nexthdr", () => u8.encode(output, value.nexthdr ?? 0, undefined));
  output.append(Uint8Array.of(length, ROUTING_TYPE));
  field("segmentsLeft", () => u8.encode(output, value.segmentsLeft ?? addresses.length - 1, undefined));
  output.append(Uint8Array.of(addresses.length - 1));
  field("flags", () => srhFlags.encode(output, value.flags ?? [], undefined));
  field("tag", () => be16.encode(output, value.tag ?? 0, undefined));
  for (const address of addresses) output.append(address);
  output.append(tlvs);
}

/** The bytes of the segments' addresses. */
export function segmentBytes(segments: unknown, max: number): Uint8Array[] {
  if (!Array.isArray(segments) || segments.length === 0 || segments.length > max) {
    throw new InputError("segments", `an array of 1 to ${max} IPv6 addresses`, segments);
  }
  return segments.map((segment: unknown, index) => {
    const bytes = typeof segment === "string" ? parseIpv6(segment) : undefined;
    if (!bytes) throw new InputError(`segments[${index}]`, "an IPv6 address", segment);
    return bytes;
  });
}

/** Runs an encoder whose errors are about a field. */
export function field(name: string, encode: () => void): void {
  try {
    encode();
  } catch (error) {
    throw atField(error, name);
  }
}
