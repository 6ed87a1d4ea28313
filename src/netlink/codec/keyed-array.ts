import { NLA_TYPE_MASK } from "../constants.ts";
import { atField, InputError } from "../errors.ts";
import { eachElement } from "./array.ts";
import { typeWord } from "./raw-attribute.ts";
import { isRecord } from "./record.ts";
import { deeper, type Explained, explainValue, MAX_DEPTH, type Shape } from "./shape.ts";

/** One element: the number that its attribute's type is, and what the attribute holds. */
export interface Keyed<T> {
  id: number;
  value: T;
}

/** A nest whose attribute types are numbers that mean something (`nest-type-value` in the kernel's specs). */
export interface KeyedArray<T> extends Shape<Keyed<T>[]> {
  readonly keyed: true;
  readonly of: Shape<T>;
}

/** Declares a nest of `of`, each under a number of its own: operations by command, policies by attribute. */
export function keyedArray<T>(of: Shape<T>): KeyedArray<T> {
  return {
    type: "nest-type-value",
    keyed: true,
    of,
    nested: true,
    accepts: () => true,
    decode(input, at, length, scope) {
      const values: Keyed<T>[] = [];
      const inner = deeper(scope, at);
      eachElement(of as Shape<unknown>, input, at, length, (type, from, size) => {
        values.push({ id: type & NLA_TYPE_MASK, value: of.decode(input, from, size, inner) });
      });
      return values;
    },
    encode(output, value, scope) {
      if (!Array.isArray(value)) throw new InputError("", "an array of id and value", value);
      const inner = { values: {}, outer: scope, depth: (scope?.depth ?? 0) + 1 };
      if (inner.depth > MAX_DEPTH) throw new InputError("", `at most ${MAX_DEPTH} nested attributes`, value);
      for (const [index, entry] of value.entries()) {
        if (!isRecord(entry)) throw new InputError(`[${index}]`, "an object with id and value", entry);
        const { id } = entry;
        if (!Number.isInteger(id) || id < 0 || id > NLA_TYPE_MASK)
          throw new InputError(`[${index}].id`, `an integer 0 to ${NLA_TYPE_MASK}`, id);
        const start = output.begin(typeWord(id, of, entry.value));
        try {
          of.encode(output, entry.value, inner);
        } catch (error) {
          throw atField(atField(error, "value"), `[${index}]`);
        }
        output.end(start);
      }
    },
    explain(input, at, length, scope) {
      const parts: Explained[] = [];
      const inner = deeper(scope, at);
      eachElement(of as Shape<unknown>, input, at, length, (type, from, size, start) => {
        const value = explainValue("value", of as Shape<unknown>, input, from, size, inner);
        const constant = `#${type & NLA_TYPE_MASK}`;
        const place = { start, end: from + size, valueStart: from, attributeType: type };
        parts.push({ ...place, name: `[${parts.length}]`, constant, shape: of.type, children: [value] });
      });
      return parts;
    },
  };
}
