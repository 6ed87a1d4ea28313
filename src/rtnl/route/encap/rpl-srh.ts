import { formatIpv6 } from "../../../netlink/codec/address.ts";
import { u8 } from "../../../netlink/codec/integer.ts";
import { isRecord } from "../../../netlink/codec/record.ts";
import type { Shape } from "../../../netlink/codec/shape.ts";
import { DecodeError, InputError } from "../../../netlink/errors.ts";
import { field, segmentBytes } from "./srh.ts";

/** Source routing header: struct ipv6_rpl_sr_hdr (linux/rpl.h, RFC 6554) with whole addresses. */
export interface RplSrh {
  nexthdr?: number;
  /** Default: all of them. */
  segmentsLeft?: number;
  /** As in the header. */
  segments: string[];
}

const HEAD = 8;
const ADDRESS = 16;
const ROUTING_TYPE = 3;
const fields = ["nexthdr", "segmentsLeft", "segments"];

/** The kernel takes no shortened addresses in a route. */
export const rplSrh: Shape<RplSrh> = {
  type: "struct ipv6_rpl_sr_hdr",
  accepts: (length) => length > HEAD && length % ADDRESS === HEAD,
  decode(input, at, length) {
    const { bytes } = input;
    const size = (bytes[at + 1]! + 1) * 8;
    if (size !== length || bytes[at + 2] !== ROUTING_TYPE || input.view.getUint32(at + 4) !== 0) {
      throw new DecodeError("no source routing header with whole addresses", at);
    }
    const segments: string[] = [];
    for (let from = at + HEAD; from < at + length; from += ADDRESS) segments.push(formatIpv6(bytes, from));
    return { nexthdr: bytes[at]!, segmentsLeft: bytes[at + 3]!, segments };
  },
  encode(output, value, scope) {
    if (!isRecord(value)) throw new InputError("", "an object with segments", value);
    const other = Object.keys(value).find((key) => !fields.includes(key));
    if (other !== undefined) throw new InputError(other, `one of ${fields.join(", ")}`, value[other]);
    const { nexthdr = 0, segmentsLeft, segments } = value as unknown as RplSrh;
    const addresses = segmentBytes(segments, 127);
    field("nexthdr", () => u8.encode(output, nexthdr, scope));
    output.append(Uint8Array.of(addresses.length * 2, ROUTING_TYPE));
    field("segmentsLeft", () => u8.encode(output, segmentsLeft ?? addresses.length, scope));
    output.take(4);
    for (const address of addresses) output.append(address);
  },
  text: ({ segments }) => segments.join(","),
};
