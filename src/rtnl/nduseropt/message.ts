import { ipv6 } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { align4 } from "../../netlink/codec/byte-order.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { applyVariant, findVariant, noteVariant, variantOf } from "../../netlink/codec/forms.ts";
import type { Input } from "../../netlink/codec/input.ts";
import { s32, u8, u16 } from "../../netlink/codec/integer.ts";
import { decodedBy, type Message, message } from "../../netlink/codec/message.ts";
import type { Output } from "../../netlink/codec/output.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import { apart, type Explained, explainValue, type Infer, type Scope } from "../../netlink/codec/shape.ts";
import { encodeFields, explainStruct, type StructShape, struct } from "../../netlink/codec/struct.ts";
import { atField, DecodeError, InputError } from "../../netlink/errors.ts";
import { addressFamily } from "../family.ts";
import { type NdOption, ndOptions } from "./options.ts";

const header = struct("nduseroptmsg", {
  nduseroptFamily: addressFamily,
  nduseroptPad1: pad(1),
  /** nduseropt_opts_len: bytes of the options that follow. */
  nduseroptOptsLen: pad(2),
  nduseroptIfindex: s32,
  /** 134: a router advertisement. */
  nduseroptIcmpType: u8,
  nduseroptIcmpCode: u8,
  nduseroptPad2: pad(6),
});
const OPTS_LEN = 2;

/** struct nduseroptmsg (linux/rtnetlink.h), 16 bytes. */
export interface Nduseroptmsg extends Infer<typeof header> {}
export const nduseroptmsg: StructShape<Nduseroptmsg> = header;

const set = attributes("nduseropt-attrs", () => ({
  /** The router. */
  srcaddr: attr("NDUSEROPT_SRCADDR", 1, ipv6),
}));
export interface NduseroptAttrs extends Infer<typeof set> {}
export const nduseroptAttrs: AttributeSet<NduseroptAttrs> = set;

/**
 * Options of neighbour discovery that the kernel leaves to programs, such as name servers (RFC 4861, RFC 8106): struct
 * nduseroptmsg, the options themselves, and NDUSEROPT_* (linux/rtnetlink.h).
 *
 * Options that do not fit together are left in `trailing`, with all behind them.
 */
export interface Nduseropt extends Nduseroptmsg, NduseroptAttrs {
  options?: NdOption[];
  trailing?: Uint8Array;
}

type Values = Record<string, unknown>;

const notAttributes = new Set([...header.fields.map(({ name }) => name), "options"]);

/** Where the options end and the attributes begin. */
function bounds(input: Input, at: number, length: number): { end: number; attributes: number } | undefined {
  const size = length < header.size ? 0 : input.view.getUint16(at + OPTS_LEN, input.little);
  const end = at + header.size + size;
  return end > at + length
    ? undefined
    : { end, attributes: at + Math.min(align4(header.size + size), length) };
}

function decodeInto(value: Values, input: Input, at: number, length: number, outer: Scope | undefined): void {
  const from = at + header.size;
  const place = bounds(input, at, length);
  try {
    if (!place) throw new DecodeError("the options end behind the message", at);
    if (place.end > from) value.options = ndOptions.decode(input, from, place.end - from, outer);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    value.trailing = input.bytes.slice(from, at + length);
    return;
  }
  set.decodeInto(value, input, place.attributes, at + length, apart(outer));
}

function interpret(input: Input, at: number, length: number, outer?: Scope): Nduseropt {
  const value: Values = {};
  header.decodeInto(value, input, at, Math.min(length, header.size));
  if (length > header.size) decodeInto(value, input, at, length, outer);
  if (input.exact) {
    const written = (output: Output) => encode(output, value, outer);
    noteVariant(value, findVariant(input, at, length, written));
  }
  return value as unknown as Nduseropt;
}

function encode(output: Output, value: unknown, outer?: Scope): void {
  if (!isRecord(value)) throw new InputError("", "an object with nduseropt", value);
  const start = output.take(header.size);
  encodeFields(output, header.fields, start, value);
  if (value.options !== undefined) {
    try {
      ndOptions.encode(output, value.options as NdOption[], outer);
      const size = output.at - start - header.size;
      if (size > 0xffff) throw new InputError("", "options of at most 65535 bytes", value.options);
      output.view.setUint16(start + OPTS_LEN, size, output.little);
    } catch (error) {
      throw atField(error, "options");
    }
  }
  set.encodeFrom(output, value, apart(outer), notAttributes);
  applyVariant(output, start, variantOf(value));
}

function explain(input: Input, at: number, length: number, outer?: Scope): Explained[] {
  const place = bounds(input, at, length);
  const value: Values = {};
  if (length > header.size) decodeInto(value, input, at, length, outer);
  if (length <= header.size || !place || (place.end > at + header.size && !value.options)) {
    return explainStruct(header.fields, input, at, length, header.size);
  }
  const parts = explainStruct(header.fields, input, at, header.size, header.size);
  if (value.options) {
    const from = at + header.size;
    parts.splice(1, 0, explainValue("nduseroptOptsLen", u16, input, at + OPTS_LEN, 2, outer));
    parts.push(explainValue("options", ndOptions, input, from, place.end - from, outer));
  }
  parts.push(...set.explainRange(input, place.attributes, at + length, value, apart(outer)));
  return parts;
}

/** What stands between the header and the attributes is as long as the header says. */
export const nduseroptMessage: Message<Nduseropt> = {
  ...decodedBy(message("nduseropt", nduseroptmsg, nduseroptAttrs), interpret),
  encode,
  explain,
};
