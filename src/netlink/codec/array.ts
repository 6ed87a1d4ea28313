import { NLA_TYPE_MASK } from "../constants.ts";
import { atField, DecodeError, InputError } from "../errors.ts";
import { align4, perOrder } from "./byte-order.ts";
import { compileArray } from "./compile.ts";
import type { Input } from "./input.ts";
import { blob } from "./layout.ts";
import { readAttribute, typeWord } from "./raw-attribute.ts";
import {
  deeper,
  type Explained,
  explainValue,
  type FieldLayout,
  MAX_DEPTH,
  type Scope,
  type Shape,
} from "./shape.ts";

/** An attribute that is repeated, once for each element (`multi-attr` in the kernel's specs). */
export function multi<T>(of: Shape<T>): Shape<T[]> {
  // Sets call decode and encode element by element.
  return { ...bind(of), of, multi: true } as unknown as Shape<T[]>;
}

function bind<T>(of: Shape<T>): Shape<T> {
  return {
    type: of.type,
    size: of.size,
    unit: of.unit,
    nested: of.nested,
    netByteOrder: of.netByteOrder,
    accepts: (length) => of.accepts(length),
    decode: (input, at, length, scope) => of.decode(input, at, length, scope),
    encode: (output, value, scope) => of.encode(output, value, scope),
    ...(of.text ? { text: (value: T) => of.text!(value) } : {}),
    ...(of.toNumber ? { toNumber: (value: T) => of.toNumber!(value) } : {}),
    ...(of.attributeSet ? { attributeSet: (scope: Scope | undefined) => of.attributeSet!(scope) } : {}),
    ...(of.explain
      ? { explain: (i: Input, at: number, n: number, s: Scope | undefined) => of.explain!(i, at, n, s) }
      : {}),
  };
}

function encodeElements<T>(value: readonly T[], one: (element: T, index: number) => void): void {
  if (!Array.isArray(value)) throw new InputError("", "an array", value);
  for (const [index, element] of value.entries()) {
    try {
      one(element, index);
    } catch (error) {
      throw atField(error, `[${index}]`);
    }
  }
}

/**
 * Values of fixed size one after the other in one attribute.
 *
 * @param constants - what the kernel calls each of them, for those who look.
 */
export function arrayOf<T>(of: Shape<T>, constants: readonly string[] = []): Shape<T[]> {
  const size = of.size;
  if (size === undefined || size === 0) throw new TypeError(`${of.type} has no fixed size`);
  const compiled = perOrder((little) => compileArray(of, little));
  return {
    type: `${of.type}[]`,
    of,
    unit: of.unit,
    source: (code, at, length) => `${code.capture(compiled(code.little))}(I, ${at}, ${length})`,
    accepts: (length) => length % size === 0,
    accepted: (length) => `${length} % ${size} === 0`,
    decode(input, at, length, scope) {
      const values: T[] = [];
      for (let i = 0; i < length; i += size) values.push(of.decode(input, at + i, size, scope));
      return values;
    },
    encode(output, value, scope) {
      encodeElements(value, (element) => {
        const start = output.at;
        of.encode(output, element, scope);
        if (output.at - start !== size) throw new InputError("", `${size} bytes`, element);
      });
    },
    explain(input, at, length, scope) {
      const parts: Explained[] = [];
      for (let i = 0; i < length; i += size) {
        const part = explainValue(`[${i / size}]`, of, input, at + i, size, scope);
        const constant = constants[i / size];
        parts.push(constant === undefined ? part : { ...part, constant });
      }
      return parts;
    },
  };
}

/** A fixed number of values of fixed size, as a struct's field or an attribute: `__u32 x[4]`. */
export function tuple<T>(of: Shape<T>, count: number): Shape<T[]> {
  const array = arrayOf(of);
  const size = of.size! * count;
  return {
    ...array,
    type: `${of.type}[${count}]`,
    size,
    layout: (property): FieldLayout => blob(size, property),
    accepts: (length) => length === size,
    accepted: (length) => `${length} === ${size}`,
    encode(output, value, scope) {
      if (!Array.isArray(value) || value.length !== count)
        throw new InputError("", `an array of ${count}`, value);
      array.encode(output, value, scope);
    },
  };
}

/** Visits the attributes of a nest, all of which hold such a value. */
export function eachElement(
  of: Shape<unknown>,
  input: Input,
  at: number,
  length: number,
  visit: (type: number, at: number, length: number, start: number) => void,
): void {
  const end = at + length;
  let next = at;
  for (let raw = readAttribute(input, next, end); raw; raw = readAttribute(input, next, end)) {
    if (!of.accepts(raw.length)) throw new DecodeError(`${raw.length} bytes are no ${of.type}`, raw.at);
    visit(raw.type, raw.at, raw.length, next);
    next = raw.at + align4(raw.length);
  }
  if (next < end) throw new DecodeError("bytes behind the last element", next);
}

/**
 * A nest whose attribute types only number the elements (`indexed-array`).
 *
 * @param first - type of the first element when sent: the kernel reads most lists without looking at it.
 * @param elementType - the same type for every element instead, where the kernel wants that.
 * @param constant - what that type is called: `NFTA_LIST_ELEM`.
 */
export function indexedArray<T>(
  of: Shape<T>,
  { first = 1, elementType, constant }: { first?: number; elementType?: number; constant?: string } = {},
): Shape<T[]> {
  return {
    type: "indexed-array",
    of,
    nested: true,
    accepts: () => true,
    decode(input, at, length, scope) {
      const values: T[] = [];
      const inner = deeper(scope, at);
      eachElement(of, input, at, length, (_type, from, size) =>
        values.push(of.decode(input, from, size, inner)),
      );
      return values;
    },
    encode(output, value, scope) {
      const inner = { values: {}, outer: scope, depth: (scope?.depth ?? 0) + 1 };
      if (inner.depth > MAX_DEPTH) throw new InputError("", `at most ${MAX_DEPTH} nested attributes`, value);
      encodeElements(value, (element, index) => {
        const start = output.begin(typeWord(elementType ?? first + index, of, element));
        of.encode(output, element, inner);
        output.end(start);
      });
    },
    explain(input, at, length, scope) {
      const parts: Explained[] = [];
      const inner = deeper(scope, at);
      eachElement(of, input, at, length, (type, from, size, start) => {
        const part = explainValue(`[${parts.length}]`, of, input, from, size, inner);
        const number = type & NLA_TYPE_MASK;
        const named = number === elementType ? constant : undefined;
        parts.push({ ...part, start, constant: named ?? `#${number}`, attributeType: type });
      });
      return parts;
    },
  };
}
