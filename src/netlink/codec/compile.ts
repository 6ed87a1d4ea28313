/**
 * Decoders made of a schema as JavaScript text, once for each set: three to eight times as fast as walking the schema
 * for every message (docs/performance.md).
 *
 * They know the usual case alone. Whatever is not, a repeated attribute, a length that is no value of its shape, a
 * selector behind what it selects, raises {@link UNUSUAL}, and the interpreter, which knows it all, decodes the message
 * instead: both give the same for every input.
 */
import { NLA_TYPE_MASK } from "../constants.ts";
import type { AttributeSet } from "./attributes.ts";
import type { Input } from "./input.ts";
import { lookUp, MAX_DEPTH, type Scope, type Shape } from "./shape.ts";
import type { StructField, StructShape } from "./struct.ts";

/** Thrown where a compiled decoder does not know further. One object, without a stack: it is cheap. */
export const UNUSUAL = new Error("not the usual case: the interpreter decodes it");

/** What the text of a decoder refers to: the values it captures, and the byte order it is for. */
export class Code {
  readonly little: boolean;
  /** The expression of the scope that values are decoded in. */
  scope: string;
  readonly names: string[] = [];
  readonly values: unknown[] = [];

  constructor(little: boolean, scope = "undefined") {
    this.little = little;
    this.scope = scope;
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

/** Adds the attributes between `at` and `end` to `into`. */
export type FastDecoder = (
  into: Record<string, unknown>,
  input: Input,
  at: number,
  end: number,
  outer: Scope | undefined,
) => void;

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
function expression(code: Code, shape: Shape<unknown>, at: string, length: string): string {
  return (
    shape.source?.(code, at, length) ?? `${code.capture(shape)}.decode(I, ${at}, ${length}, ${code.scope})`
  );
}

/** Throws unless a payload of n bytes is such a value. */
function guard(code: Code, shape: Shape<unknown>): string {
  if (shape.size !== undefined) return `if (n !== ${shape.size}) throw U;`;
  return shape.acceptsAll ? "" : `if (!${code.capture(shape)}.accepts(n)) throw U;`;
}

/** Whether something in the set looks outwards, so that it needs a scope. */
function needsScope(shape: Shape<unknown>, seen = new Set<unknown>()): boolean {
  if (seen.has(shape)) return false;
  seen.add(shape);
  if (shape.selective || shape.recursive) return true;
  const set = shape as Partial<AttributeSet<unknown>>;
  if (set.attributes)
    return Object.values(set.attributes).some((attribute) => needsScope(attribute.shape, seen));
  return shape.of !== undefined && needsScope(shape.of, seen);
}

export function compileSet(set: AttributeSet<unknown>, little: boolean): FastDecoder {
  // Few attributes look at what is around them, so the scope is made by the first that does.
  const scoped = needsScope(set as Shape<unknown>);
  const code = new Code(little, "outer");
  if (scoped) {
    const make = (o: Record<string, unknown>, outer: Scope | undefined) => new FastScope(set, o, outer);
    code.scope = `(s ??= ${code.capture(make)}(o, outer))`;
  }
  const cases = Object.entries(set.attributes).map(([field, { type, shape }]) => {
    const name = `o[${JSON.stringify(field)}]`;
    const body = shape.multi
      ? `const v = ${expression(code, shape, "p", "n")}; if (${name} === undefined) ${name} = [v]; else ${name}.push(v);`
      : `if (${name} !== undefined) throw U; ${name} = ${selected(code, shape) ?? expression(code, shape, "p", "n")};`;
    return `case ${type}: { ${guard(code, shape)} ${body} break; }`;
  });
  const unusual = code.capture(UNUSUAL);
  const depth = scoped ? `if (outer !== undefined && outer.depth >= ${MAX_DEPTH}) throw U;` : "";
  const text = `function ${set.name.replace(/\W/g, "_")}(o, I, at, end, outer) {
    const B = I.bytes, V = I.view, U = ${unusual};
    let t, s, index = 0;
    ${depth}
    while (at + 4 <= end) {
      const l = V.getUint16(at, ${little});
      if (l < 4 || at + l > end) break;
      const y = V.getUint16(at + 2, ${little}), p = at + 4, n = l - 4;
      switch (y & ${NLA_TYPE_MASK}) {
        ${cases.join("\n        ")}
        default: {
          const unknown = { type: y, data: B.slice(p, p + n), index };
          if (o.unknown === undefined) o.unknown = [unknown]; else o.unknown.push(unknown);
        }
      }
      at += (l + 3) & ~3;
      index++;
    }
    if (at < end) o.trailing = B.slice(at, end);
  }`;
  return code.build(text);
}

/** The scope of a set whose attributes are decoded one after the other. */
class FastScope implements Scope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outer: Scope | undefined;
  readonly depth: number;
  readonly #set: AttributeSet<unknown>;

  constructor(set: AttributeSet<unknown>, values: Record<string, unknown>, outer: Scope | undefined) {
    this.values = values;
    this.outer = outer;
    this.depth = (outer === undefined ? 0 : outer.depth) + 1;
    this.#set = set;
  }

  /** What is not there yet may come later: only the interpreter looks ahead. */
  peek(name: string): unknown {
    if (!Object.hasOwn(this.#set.attributes, name)) return undefined;
    const value = this.values[name];
    if (value === undefined) throw UNUSUAL;
    return value;
  }
}

/** A sub-message: its selector stands in front of it, in the message's header, or further out. */
function selected(code: Code, shape: Shape<unknown>): string | undefined {
  if (!shape.selective) return undefined;
  const { selector, formats, otherwise } = shape.selective;
  const map = new Map(Object.entries(formats));
  const decode = (
    input: Input,
    at: number,
    length: number,
    scope: Scope | undefined,
    own: unknown,
  ): unknown => {
    const key = own ?? lookUp(scope, selector);
    if (key === undefined) throw UNUSUAL;
    const chosen = map.get(String(key)) ?? otherwise;
    if (!chosen.accepts(length)) throw UNUSUAL;
    return chosen.fast ? chosen.fast(input, at, length, scope) : chosen.decode(input, at, length, scope);
  };
  const own = `o[${JSON.stringify(selector)}]`;
  const inner = [...map.values(), otherwise].some((format) => needsScope(format));
  const scope = inner ? code.scope : `${own} === undefined ? ${code.scope} : undefined`;
  return `${code.capture(decode)}(I, p, n, ${scope}, ${own})`;
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

/**
 * Makes a message's object from its header. Objects of one constructor have room for attributes inside; its prototype
 * is that of every plain object.
 */
export function compileHeader(
  header: StructShape<unknown>,
  little: boolean,
): (input: Input, at: number) => Record<string, unknown> {
  const code = new Code(little);
  const assignments = header.fields.map(({ name, shape, offset, size }) => {
    return `this.${name} = ${expression(code, shape, `at + ${offset}`, String(size))};`;
  });
  const text = `(() => {
    function Message(I, at) {
      const B = I.bytes, V = I.view;
      let t;
      ${assignments.join("\n      ")}
    }
    Message.prototype = Object.prototype;
    return (input, at) => new Message(input, at);
  })()`;
  return code.build(text);
}
