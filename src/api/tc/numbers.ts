import type { AttributeSet } from "../../netlink/codec/attributes.ts";
import type { IntegerShape } from "../../netlink/codec/integer.ts";
import type { PayloadShape } from "../../netlink/codec/lazy.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import type { StructField, StructShape } from "../../netlink/codec/struct.ts";
import type { StructThen } from "../../netlink/codec/struct-then.ts";

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

/** The value as the codec takes it: whole numbers as bigints where the wire has 64 bits. */
export function withBigints(shape: Shape<unknown> | undefined, value: unknown): unknown {
  if (typeof value === "number") {
    const wide = (shape as Partial<IntegerShape<bigint>> | undefined)?.bits === 64;
    return wide && Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  if (!shape) return value;
  if (Array.isArray(value)) return value.map((element) => withBigints(shape.of ?? shape, element));
  if (!isRecord(value)) return value;
  const fields = fieldsOf(shape, value);
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, withBigints(fields[field], inner)]),
  );
}
