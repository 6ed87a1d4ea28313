/**
 * Decoders made of a schema as JavaScript text: three to eight times as fast as walking the schema for every message
 * (docs/performance.md).
 *
 * They know the usual case alone. Whatever is not, a repeated attribute, a length that is no value of its shape, a
 * selector behind what it selects, raises {@link UNUSUAL}, and the interpreter, which knows it all, decodes the message
 * instead: both give the same for every input.
 */
import type { Input } from "./input.ts";
import type { Shape } from "./shape.ts";
import type { StructField } from "./struct.ts";

/** Thrown where a compiled decoder does not know further. One object, without a stack: it is cheap. */
export const UNUSUAL = new Error("not the usual case: the interpreter decodes it");

/** What the text of a decoder refers to: the values it captures, and the byte order it is for. */
export class Code {
  readonly little: boolean;
  /** The expression of the scope that values are decoded in. */
  scope = "undefined";
  /** The expression of a header's field, for what depends on it: where there is no header it has no value. */
  field = (_name: string): string => "undefined";
  readonly names: string[] = [];
  readonly values: unknown[] = [];

  constructor(little: boolean) {
    this.little = little;
  }

  /** A name for a value from outside. */
  capture(value: unknown): string {
    const known = this.values.indexOf(value);
    if (known >= 0) return this.names[known]!;
    const name = `c${this.values.length}`;
    this.names.push(name);
    this.values.push(value);
    return name;
  }

  /** The function that `text`, a function expression, stands for. */
  build<T>(text: string): T {
    return new Function(...this.names, `"use strict"; return ${text};`)(...this.values) as T;
  }
}

let allowed: boolean | undefined;

/** Whether code may be made of text here: a page's content security policy may forbid it. */
export function canCompile(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function("return true")() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/** The expression that decodes a value of `shape`; B are the bytes, V their view, I the input. */
export function expression(code: Code, shape: Shape<unknown>, at: string, length: string): string {
  return (
    shape.source?.(code, at, length) ?? `${code.capture(shape)}.decode(I, ${at}, ${length}, ${code.scope})`
  );
}

/** The expression whether a payload of `length` bytes can be such a value. */
export function acceptance(code: Code, shape: Shape<unknown>, length: string): string {
  if (shape.acceptsAll) return "true";
  if (shape.size !== undefined) return `${length} === ${shape.size}`;
  return shape.accepted?.(length) ?? `${code.capture(shape)}.accepts(${length})`;
}

/** Decodes values of one size that follow one another. */
export function compileArray<T>(
  of: Shape<T>,
  little: boolean,
): (input: Input, at: number, length: number) => T[] {
  const code = new Code(little);
  const text = `function (I, at, length) {
    const B = I.bytes, V = I.view, count = length / ${of.size}, values = new Array(count);
    let t;
    for (let i = 0, p = at; i < count; i++, p += ${of.size}) values[i] = ${expression(code, of as Shape<unknown>, "p", String(of.size))};
    return values;
  }`;
  return code.build(text);
}

/** An object literal with the struct's fields. */
export function structLiteral(code: Code, fields: readonly StructField[], at: string): string {
  const parts = fields.map(({ name, shape, offset, size }) => {
    return `${name}: ${expression(code, shape, `${at} + ${offset}`, String(size))}`;
  });
  return `{ ${parts.join(", ")} }`;
}

/** Decodes a whole struct. */
export type StructMaker = (input: Input, at: number) => unknown;

export function compileStruct(name: string, fields: readonly StructField[], little: boolean): StructMaker {
  const code = new Code(little);
  const literal = structLiteral(code, fields, "at");
  return code.build(`function ${identifier(name)}(I, at) {
    const B = I.bytes, V = I.view;
    let t;
    return ${literal};
  }`);
}

/** A name for profiles. */
export function identifier(name: string): string {
  return `_${name}`.replace(/\W/g, "_");
}
