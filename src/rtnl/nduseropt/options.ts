import { ipv6 } from "../../netlink/codec/address.ts";
import { arrayOf } from "../../netlink/codec/array.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import type { Input } from "../../netlink/codec/input.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import {
  deeper,
  type Explained,
  explainValue,
  type Scope,
  type Shape,
  withUnit,
} from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { structThen } from "../../netlink/codec/struct-then.ts";
import { type Selected, subMessage } from "../../netlink/codec/sub-message.ts";
import { atField, DecodeError, InputError } from "../../netlink/errors.ts";
import { captivePortal, domains, pref64 } from "./values.ts";

/** Options are a multiple of this long, and their length counts in it (RFC 4861, 4.6). */
const UNIT = 8;
const HEAD = 2;
const MAX = 255 * UNIT;

const optionType = enumeration(u8, "ND_OPT_", {
  "prefix-info": 3,
  rdnss: 25,
  dnssl: 31,
  "captive-portal": 37,
  pref64: 38,
});

/** Seconds; 0xffffffff is for ever. */
const lifetime = withUnit(be32, "s");

export const optionFormats = {
  /** RFC 4861, 4.6.2 */
  "prefix-info": struct("nd_opt_prefix_info", {
    prefixLen: withUnit(u8, "bits"),
    flags: flags(u8, "ND_OPT_PI_FLAG_", { onlink: 128, auto: 64, raddr: 32 }),
    validLifetime: lifetime,
    preferredLifetime: lifetime,
    reserved: pad(4),
    prefix: ipv6,
  }),
  /** Name servers (RFC 8106, 5.1). */
  rdnss: structThen(struct("nd_opt_rdnss", { reserved: pad(2), lifetime }), "addresses", arrayOf(ipv6)),
  /** Domains to search (RFC 8106, 5.2). */
  dnssl: structThen(struct("nd_opt_dnssl", { reserved: pad(2), lifetime }), "domains", domains),
  /** RFC 8910, 2.3 */
  "captive-portal": captivePortal,
  /** RFC 8781, 4 */
  pref64,
};

const data = subMessage("type", optionFormats);

/** An option of neighbour discovery; the data of a type unknown here is bytes, those behind type and length. */
export type NdOption = Selected<"type", "data", typeof optionFormats> | { type: number; data?: Uint8Array };

const fields = ["type", "data"];

/** Options one after the other, each with its type and length in front. */
export const ndOptions: Shape<NdOption[]> = {
  type: "struct nd_opt_hdr[]",
  accepts: (length) => length % UNIT === 0,
  decode(input, at, length, scope) {
    return split(input, at, length).map(([start, size]) => {
      const type = optionType.decode(input, start, 1, scope);
      return { type, data: shapeOf(input, start, size, scope).decode(...valueAt(input, start, size, scope)) };
    }) as NdOption[];
  },
  encode(output, value, scope) {
    if (!Array.isArray(value)) throw new InputError("", "an array of options", value);
    for (const [index, option] of value.entries()) {
      try {
        encodeOption(option);
      } catch (error) {
        throw atField(error, `[${index}]`);
      }
    }
    function encodeOption(option: NdOption): void {
      if (!isRecord(option)) throw new InputError("", "an object with type and data", option);
      const other = Object.keys(option).find((key) => !fields.includes(key));
      if (other !== undefined) throw new InputError(other, `one of ${fields.join(", ")}`, option);
      const start = output.at;
      field("type", () => optionType.encode(output, option.type as number, scope));
      output.take(1);
      const inner: Scope = { values: { type: option.type }, outer: scope, depth: (scope?.depth ?? 0) + 1 };
      field("data", () => data.encode(output, (option.data ?? new Uint8Array(0)) as never, inner));
      const size = Math.ceil((output.at - start) / UNIT) * UNIT;
      if (size > MAX) throw new InputError("data", `at most ${MAX - HEAD} bytes`, option.data);
      output.take(size - (output.at - start));
      output.bytes[start + 1] = size / UNIT;
    }
  },
  explain(input, at, length, scope) {
    return split(input, at, length).map(([start, size], index): Explained => {
      const shape = shapeOf(input, start, size, scope);
      const children = [
        explainValue("type", optionType as Shape<unknown>, input, start, 1, scope),
        explainValue("length", u8 as Shape<unknown>, input, start + 1, 1, scope),
        explainValue("data", shape, ...valueAt(input, start, size, scope)),
      ];
      return { name: `[${index}]`, start, end: start + size, valueStart: start, children };
    });
  },
};

function field(name: string, encode: () => void): void {
  try {
    encode();
  } catch (error) {
    throw atField(error, name);
  }
}

function valueAt(
  input: Input,
  start: number,
  size: number,
  scope: Scope | undefined,
): [Input, number, number, Scope] {
  const type = optionType.decode(input, start, 1, scope);
  return [input, start + HEAD, size - HEAD, deeper(scope, start, { type })];
}

/** What an option's data is: bytes, where it is not what its type says. */
function shapeOf(input: Input, start: number, size: number, scope: Scope | undefined): Shape<unknown> {
  try {
    data.decode(...valueAt(input, start, size, scope));
    return data as Shape<unknown>;
  } catch (error) {
    if (error instanceof DecodeError) return bytes as Shape<unknown>;
    throw error;
  }
}

function split(input: Input, at: number, length: number): [start: number, size: number][] {
  const options: [number, number][] = [];
  const end = at + length;
  for (let start = at; start < end; ) {
    const size = start + 1 < end ? input.bytes[start + 1]! * UNIT : 0;
    if (size === 0 || start + size > end) throw new DecodeError("length of the option does not fit", start);
    options.push([start, size]);
    start += size;
  }
  return options;
}
