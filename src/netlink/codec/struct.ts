import { atField, InputError } from "../errors.ts";
import { perOrder } from "./byte-order.ts";
import { type Code, compileStruct, structLiteral } from "./compile.ts";
import type { Input } from "./input.ts";
import { type Layout, struct as structLayout } from "./layout.ts";
import type { Output } from "./output.ts";
import { isRecord } from "./record.ts";
import { type Explained, explainValue, type FieldLayout, type Infer, type Shape } from "./shape.ts";

// biome-ignore lint/suspicious/noExplicitAny: any value type is a field
type Fields = Readonly<Record<string, Shape<any>>>;

/** Fields of a struct that is decoded where it stands. */
const FEW = 4;

/** A struct's value: pads are left out; a kernel older than the schema leaves later fields out. */
export type StructOf<F extends Fields> = {
  -readonly [K in keyof F as Infer<F[K]> extends never ? never : K]: Infer<F[K]>;
} & {
  /** What a newer kernel put behind the fields known here. */
  trailing?: Uint8Array;
};

export interface StructField {
  readonly name: string;
  readonly shape: Shape<unknown>;
  readonly offset: number;
  readonly size: number;
}

/** A fixed C struct. */
export interface StructShape<T> extends Shape<T> {
  readonly name: string;
  readonly size: number;
  readonly fields: readonly StructField[];
  /** Decodes the fields that `length` bytes hold, into `into`. */
  decodeInto(into: Record<string, unknown>, input: Input, at: number, length: number): void;
  layout(property: string): FieldLayout;
}

/**
 * Declares a C struct; buffer-layout lays it out. Alignment gaps are fields of shape `pad`.
 *
 * When sent, fields that are undefined are zero.
 */
export function struct<const F extends Fields>(name: string, declared: F): StructShape<StructOf<F>> {
  const shapes = Object.entries(declared);
  for (const [field, shape] of shapes) {
    if (!shape.layout) throw new TypeError(`struct ${name}.${field}: ${shape.type} has no fixed size`);
  }
  let laidOut: Laid | undefined;
  // Most programs use few of the structs that they import.
  const laid = (): Laid => {
    laidOut ??= layOut(name, shapes);
    return laidOut;
  };

  function decodeInto(into: Record<string, unknown>, input: Input, at: number, length: number): void {
    for (const field of laid().fields) {
      if (field.offset + field.size > length) break;
      into[field.name] = field.shape.decode(input, at + field.offset, field.size, undefined);
    }
  }

  function decode(input: Input, at: number, length: number): StructOf<F> {
    const value: Record<string, unknown> = {};
    decodeInto(value, input, at, length);
    const { size } = laid();
    if (length > size) value.trailing = input.bytes.slice(at + size, at + length);
    return value as StructOf<F>;
  }

  const maker = perOrder((little) => compileStruct(name, laid().fields, little));
  /** Structs of many fields have a function of their own: V8 optimizes short ones sooner. */
  function compiled(code: Code, at: string): string {
    const { fields } = laid();
    if (fields.length <= FEW) return structLiteral(code, fields, at);
    return `${code.capture(maker(code.little))}(I, ${at})`;
  }

  return {
    type: "struct",
    name,
    get size() {
      return laid().size;
    },
    get fields() {
      return laid().fields;
    },
    decodeInto,
    layout: (property) => structLayout(laid().layout.fields, property),
    acceptsAll: true,
    accepts: () => true,
    source(code, at, length) {
      const whole = compiled(code, at);
      const { size } = laid();
      return length === String(size)
        ? whole
        : `(${length} === ${size} ? ${whole} : ${code.capture(decode)}(I, ${at}, ${length}))`;
    },
    decode,
    encode(output: Output, value) {
      encodeStruct(output, { name, ...laid() }, value as Record<string, unknown>);
    },
    explain(input, at, length) {
      const { fields, size } = laid();
      return explainStruct(fields, input, at, length, size);
    },
  };
}

interface Laid {
  readonly layout: ReturnType<typeof structLayout>;
  readonly size: number;
  readonly fields: readonly StructField[];
}

function layOut(name: string, shapes: readonly (readonly [field: string, shape: Shape<unknown>])[]): Laid {
  const layout = structLayout(
    shapes.map(([field, shape]) => shape.layout!(field) as Layout),
    name,
  );
  const all: StructField[] = shapes.map(([field, shape]) => ({
    name: field,
    shape,
    offset: layout.offsetOf(field)!,
    size: shape.size!,
  }));
  return { layout, size: layout.span, fields: all.filter((field) => field.shape.type !== "pad") };
}

/** Writes the struct's fields; the value may be partial and may have other properties. */
export function encodeFields(
  output: Output,
  fields: readonly StructField[],
  start: number,
  value: Record<string, unknown>,
): void {
  for (const field of fields) {
    const part = value[field.name];
    if (part === undefined) continue;
    const end = output.at;
    output.at = start + field.offset;
    try {
      field.shape.encode(output, part, undefined);
      if (output.at !== start + field.offset + field.size)
        throw new InputError("", `${field.size} bytes`, part);
    } catch (error) {
      throw atField(error, field.name);
    }
    output.at = end;
  }
}

function encodeStruct(
  output: Output,
  shape: { name: string; size: number; fields: readonly StructField[] },
  value: Record<string, unknown>,
): void {
  if (!isRecord(value)) throw new InputError("", `struct ${shape.name}`, value);
  const { trailing } = value;
  if (trailing !== undefined && !(trailing instanceof Uint8Array))
    throw new InputError("trailing", "a Uint8Array", trailing);
  for (const key of Object.keys(value)) {
    if (key !== "trailing" && value[key] !== undefined && !shape.fields.some((field) => field.name === key)) {
      throw new InputError(
        key,
        `a field of struct ${shape.name} (${shape.fields.map((f) => f.name).join(", ")})`,
        value[key],
      );
    }
  }
  const start = output.take(shape.size);
  encodeFields(output, shape.fields, start, value);
  if (trailing) output.append(trailing);
}

/** The fields that `length` bytes hold, and what else is in them; `size` is the struct's own. */
export function explainStruct(
  fields: readonly StructField[],
  input: Input,
  at: number,
  length: number,
  size = length,
): Explained[] {
  const parts: Explained[] = [];
  let end = 0;
  for (const field of fields) {
    if (field.offset + field.size > length) break;
    const start = at + field.offset;
    end = field.offset + field.size;
    parts.push(explainValue(field.name, field.shape, input, start, field.size, undefined));
  }
  // Padding that is zero, as it ought to be, is not worth a line.
  const from = length > size ? size : end;
  const rest = input.bytes.slice(at + from, at + length);
  if (length > size || rest.some((byte) => byte !== 0)) {
    const name = length === size ? "pad" : "trailing";
    parts.push({ name, start: at + from, end: at + length, valueStart: at + from, value: rest });
  }
  return parts;
}
