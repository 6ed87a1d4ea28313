import { atField, DecodeError, InputError } from "../errors.ts";
import { isRecord } from "./record.ts";
import { deeper, type Explained, explainValue, type Shape } from "./shape.ts";
import type { StructShape } from "./struct.ts";

/** A struct and a payload behind it: a flexible array, or what a field of the struct chooses. */
export interface StructThen<T> extends Shape<T> {
  readonly header: StructShape<unknown>;
  readonly field: string;
  readonly of: Shape<unknown>;
}

/**
 * Declares a struct with something of any length behind it, as one flat object.
 *
 * @param field - the name of what follows; where it is undefined, nothing does.
 * @param of - its shape. A sub-message finds its selector among the struct's fields.
 * @param count - the struct's field that counts the elements; sent as their number where it is undefined.
 */
export function structThen<H, const K extends string, T>(
  header: StructShape<H>,
  field: K,
  of: Shape<T>,
  count?: keyof H & string,
): StructThen<Omit<H, "trailing"> & { [P in K]?: T }> {
  type Value = Omit<H, "trailing"> & { [P in K]?: T };
  const { size } = header;
  return {
    type: `struct ${header.name} and ${of.type}`,
    header: header as StructShape<unknown>,
    field,
    of: of as Shape<unknown>,
    accepts: (length) => length >= size && of.accepts(length - size),
    decode(input, at, length, scope) {
      const value: Record<string, unknown> = {};
      header.decodeInto(value, input, at, size);
      if (!of.accepts(length - size)) throw new DecodeError(`${length - size} bytes are no ${of.type}`, at);
      value[field] = of.decode(input, at + size, length - size, deeper(scope, at, { ...value }));
      return value as Value;
    },
    encode(output, value, scope) {
      if (!isRecord(value)) throw new InputError("", `struct ${header.name}`, value);
      const { [field as string]: rest, ...fields } = value as Record<string, unknown>;
      if (count !== undefined && fields[count] === undefined && Array.isArray(rest))
        fields[count] = rest.length;
      header.encode(output, fields as H, scope);
      if (rest === undefined) return;
      try {
        of.encode(output, rest as T, { values: fields, outer: scope, depth: (scope?.depth ?? 0) + 1 });
      } catch (error) {
        throw atField(error, field);
      }
    },
    explain(input, at, length, scope) {
      const values: Record<string, unknown> = {};
      header.decodeInto(values, input, at, size);
      const parts: Explained[] = header.explain!(input, at, size, scope) ?? [];
      const inner = deeper(scope, at, values);
      parts.push(explainValue(field, of, input, at + size, length - size, inner));
      return parts;
    },
  };
}
