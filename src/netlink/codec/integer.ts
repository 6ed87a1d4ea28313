import { InputError } from "../errors.ts";
import type { Code } from "./compile.ts";
import type { Input } from "./input.ts";
import {
  blob,
  s8 as s8Layout,
  s16,
  s32be,
  s32 as s32Layout,
  u8 as u8Layout,
  u16,
  u16be,
  u32,
  u32be,
} from "./layout.ts";
import type { Output } from "./output.ts";
import type { FieldLayout, Shape } from "./shape.ts";

/** An integer of fixed size. */
export interface IntegerShape<T extends number | bigint> extends Shape<T> {
  readonly size: number;
  readonly bits: number;
  readonly signed: boolean;
  readonly bigEndian: boolean;
  layout(property: string): FieldLayout;
}

type Read<T> = (view: DataView, at: number, little: boolean) => T;
type Write<T> = (view: DataView, at: number, value: T, little: boolean) => void;

function integer<T extends number | bigint>(
  type: string,
  bits: number,
  options: { signed?: boolean; bigEndian?: boolean; netByteOrder?: boolean },
  layout: (property: string) => FieldLayout,
  read: Read<T>,
  write: Write<T>,
): IntegerShape<T> {
  const size = bits / 8;
  const signed = options.signed === true;
  const bigEndian = options.bigEndian === true;
  const low = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const high = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  const isBig = bits === 64;
  const [least, most] = [Number(low), Number(high)];
  const valid = (value: unknown): boolean =>
    isBig
      ? typeof value === "bigint" && value >= low && value <= high
      : typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
  return {
    type,
    size,
    bits,
    signed,
    bigEndian,
    netByteOrder: options.netByteOrder,
    layout,
    accepts: (length) => length === size,
    source: (code, at) => readSource(bits, signed, bigEndian, code, at),
    decode: (input: Input, at) => read(input.view, at, bigEndian ? false : input.little),
    most: size,
    put: (code, value, at) => {
      const check = isBig ? `${code.capture(valid)}(${value})` : rangeSource(value, least, most);
      return `(${check} ? (V.${methodOf("set", bits, signed)}(${at}, ${value}${orderOf(bits, bigEndian, code)}), ${size}) : -1)`;
    },
    encode(output: Output, value) {
      if (!valid(value))
        throw new InputError("", `${isBig ? "a bigint" : "an integer"} ${low} to ${high}`, value);
      const at = output.room(size);
      write(output.view, at, value, bigEndian ? false : output.little);
    },
  };
}

function readSource(bits: number, signed: boolean, bigEndian: boolean, code: Code, at: string): string {
  if (bits === 8 && !signed) return `B[${at}]`;
  const read = `V.${methodOf("get", bits, signed)}(${at}${orderOf(bits, bigEndian, code)})`;
  // Most counters are zero, and that bigint need not be made.
  return bits === 64 ? `(V.getUint32(${at}) === 0 && V.getUint32(${at} + 4) === 0 ? 0n : ${read})` : read;
}

/** `getUint32`, of a DataView. */
function methodOf(verb: "get" | "set", bits: number, signed: boolean): string {
  return `${verb}${bits === 64 ? "Big" : ""}${signed ? "Int" : "Uint"}${bits}`;
}

/** The argument that tells the byte order. */
function orderOf(bits: number, bigEndian: boolean, code: Code): string {
  return bits === 8 ? "" : `, ${code.little && !bigEndian}`;
}

function rangeSource(value: string, least: number, most: number): string {
  return `typeof ${value} === "number" && ${value} >= ${least} && ${value} <= ${most} && Math.floor(${value}) === ${value}`;
}

const wide = (property: string) => blob(8, property);

export const u8: IntegerShape<number> = integer(
  "u8",
  8,
  {},
  u8Layout,
  (v, at) => v.getUint8(at),
  (v, at, n) => v.setUint8(at, n),
);
export const s8: IntegerShape<number> = integer(
  "s8",
  8,
  { signed: true },
  s8Layout,
  (v, at) => v.getInt8(at),
  (v, at, n) => v.setInt8(at, n),
);

const getU16: Read<number> = (v, at, little) => v.getUint16(at, little);
const setU16: Write<number> = (v, at, n, little) => v.setUint16(at, n, little);
const getU32: Read<number> = (v, at, little) => v.getUint32(at, little);
const setU32: Write<number> = (v, at, n, little) => v.setUint32(at, n, little);
const getU64: Read<bigint> = (v, at, little) => v.getBigUint64(at, little);
const setU64: Write<bigint> = (v, at, n, little) => v.setBigUint64(at, n, little);

const u16Shape: IntegerShape<number> = integer("u16", 16, {}, u16, getU16, setU16);
const u32Shape: IntegerShape<number> = integer("u32", 32, {}, u32, getU32, setU32);

export { u16Shape as u16, u32Shape as u32 };
/** 64 bits are a bigint, always. */
export const u64: IntegerShape<bigint> = integer("u64", 64, {}, wide, getU64, setU64);

const s16Shape: IntegerShape<number> = integer(
  "s16",
  16,
  { signed: true },
  s16,
  (v, at, l) => v.getInt16(at, l),
  (v, at, n, l) => v.setInt16(at, n, l),
);

export { s16Shape as s16 };
export const s32: IntegerShape<number> = integer(
  "s32",
  32,
  { signed: true },
  s32Layout,
  (v, at, l) => v.getInt32(at, l),
  (v, at, n, l) => v.setInt32(at, n, l),
);
export const s64: IntegerShape<bigint> = integer(
  "s64",
  64,
  { signed: true },
  wide,
  (v, at, l) => v.getBigInt64(at, l),
  (v, at, n, l) => v.setBigInt64(at, n, l),
);

/** Big endian whatever the host. */
export const be16: IntegerShape<number> = integer("be16", 16, { bigEndian: true }, u16be, getU16, setU16);
export const be32: IntegerShape<number> = integer("be32", 32, { bigEndian: true }, u32be, getU32, setU32);
export const sbe32: IntegerShape<number> = integer(
  "sbe32",
  32,
  { signed: true, bigEndian: true },
  s32be,
  (v, at, l) => v.getInt32(at, l),
  (v, at, n, l) => v.setInt32(at, n, l),
);
export const be64: IntegerShape<bigint> = integer("be64", 64, { bigEndian: true }, wide, getU64, setU64);

/** Big endian, and the attribute's type says so (NLA_F_NET_BYTEORDER). */
export const net16: IntegerShape<number> = integer(
  "net16",
  16,
  { bigEndian: true, netByteOrder: true },
  u16be,
  getU16,
  setU16,
);
export const net32: IntegerShape<number> = integer(
  "net32",
  32,
  { bigEndian: true, netByteOrder: true },
  u32be,
  getU32,
  setU32,
);

function variable(type: string, narrow: IntegerShape<number>, broad: IntegerShape<bigint>): Shape<bigint> {
  return {
    type,
    accepts: (length) => length === 4 || length === 8,
    decode: (input, at, length, scope) =>
      length === 4 ? BigInt(narrow.decode(input, at, 4, scope)) : broad.decode(input, at, 8, scope),
    encode(output, value, scope) {
      if (typeof value !== "bigint") throw new InputError("", "a bigint", value);
      const fits = narrow.signed ? BigInt.asIntN(32, value) === value : BigInt.asUintN(32, value) === value;
      if (fits) narrow.encode(output, Number(value), scope);
      else broad.encode(output, value, scope);
    },
  };
}

/** 4 or 8 bytes as the value needs (NLA_UINT, NLA_SINT); a bigint either way. */
export const uint: Shape<bigint> = variable("uint", u32Shape, u64);
export const sint: Shape<bigint> = variable("sint", s32, s64);
