/**
 * Units of traffic control: rates are bits a second, times µs, sizes bytes, shares fractions of 1, wherever the kernel
 * has bytes a second, ticks, milliseconds or a number that stands for all. Times that the schema has in ns stay such.
 */
import type { AttributeSet } from "../../netlink/codec/attributes.ts";
import type { IntegerShape } from "../../netlink/codec/integer.ts";
import type { PayloadShape } from "../../netlink/codec/lazy.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import type { StructField, StructShape } from "../../netlink/codec/struct.ts";
import type { StructThen } from "../../netlink/codec/struct-then.ts";

/** Nanoseconds of a tick, as rtnl/tc/units.ts tells. */
export const TICK = 64;

/** The kernel's unit → ours is so many of it, as a fraction. */
const factors: Readonly<Record<string, readonly [times: number, over: number]>> = {
  "bytes/s": [8, 1],
  "64 ns": [TICK, 1000],
  ms: [1000, 1],
};

/** The shapes of a composite value's fields. */
function fieldsOf(shape: Shape<unknown>, value: Record<string, unknown>): Record<string, Shape<unknown>> {
  const { message } = shape as Partial<PayloadShape<unknown>>;
  if (message) return { ...structFields(message.header.fields), ...fieldsOf(message.attributes, value) };
  const set = shape as Partial<AttributeSet<unknown>>;
  if (set.attributes) {
    const rows = Object.entries(set.attributes).map(([field, row]) => [field, chosen(row.shape, value)]);
    return Object.fromEntries(rows) as Record<string, Shape<unknown>>;
  }
  const { header, field } = shape as Partial<StructThen<unknown>>;
  if (header && field) return { ...structFields(header.fields), [field]: chosen(shape.of!, value) };
  return structFields((shape as Partial<StructShape<unknown>>).fields ?? []);
}

function structFields(fields: readonly StructField[]): Record<string, Shape<unknown>> {
  return Object.fromEntries(fields.map(({ name, shape }) => [name, shape]));
}

/** What a sub-message's selector among these values chooses. */
function chosen(shape: Shape<unknown>, value: Record<string, unknown>): Shape<unknown> {
  if (!shape.selective) return shape;
  const { selector, formats, otherwise } = shape.selective;
  const key = String(value[selector]);
  return Object.hasOwn(formats, key) ? formats[key]! : otherwise;
}

/** Every number in a value with its shape. */
function eachNumber(
  shape: Shape<unknown> | undefined,
  value: unknown,
  one: (shape: Shape<unknown> | undefined, number: number | bigint) => unknown,
): unknown {
  if (typeof value === "number" || typeof value === "bigint") return one(shape, value);
  if (Array.isArray(value)) return value.map((element) => eachNumber(shape?.of ?? shape, element, one));
  if (value instanceof Uint8Array || !isRecord(value)) return value;
  const fields = shape ? fieldsOf(shape, value) : {};
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, eachNumber(fields[field], inner, one)]),
  );
}

/** What was decoded with numbers in the units above; a 64-bit one is exact up to 2^53. */
export function inUnits<T>(shape: Shape<unknown> | undefined, value: T): unknown {
  return eachNumber(shape, value, (of, number) => {
    const [times, over] = factors[of?.unit ?? ""] ?? [1, 1];
    return (Number(number) * times) / over;
  });
}

/** The value as the codec takes it: rates rounded down, times to the nearest; a bigint where the wire has 64 bits. */
export function fromUnits(shape: Shape<unknown> | undefined, value: unknown): unknown {
  return eachNumber(shape, value, (of, number) => {
    const [times, over] = factors[of?.unit ?? ""] ?? [1, 1];
    if (typeof number === "bigint") return (number * BigInt(over)) / BigInt(times);
    const kernels = times === over ? number : Math[times === 8 ? "floor" : "round"]((number * over) / times);
    const wide = (of as Partial<IntegerShape<bigint>> | undefined)?.bits === 64;
    return wide && Number.isSafeInteger(kernels) ? BigInt(kernels) : kernels;
  });
}
