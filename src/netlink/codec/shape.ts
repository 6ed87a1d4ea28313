import { DecodeError } from "../errors.ts";
import type { AttributeSet } from "./attributes.ts";
import type { Code } from "./compile.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";

/**
 * The values around the one being decoded or encoded. Sub-messages look their selector up here: in their own set,
 * then in the enclosing ones, at last among the fields of the fixed header.
 */
export interface Scope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outer: Scope | undefined;
  readonly depth: number;
  /** While decoding: the value that an attribute of this set will have, wherever it stands. */
  peek?(name: string): unknown;
}

/** Attributes nested deeper than this are left as bytes. */
export const MAX_DEPTH = 32;

/** The scope one nesting further in, where that is not too deep. */
export function deeper(
  outer: Scope | undefined,
  at: number,
  values: Scope["values"] = {},
  peek?: Scope["peek"],
): Scope {
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) throw new DecodeError("nested too deep", at);
  return { values, outer, depth, peek };
}

/** The scope of a message inside an attribute: as deep, but with selectors of its own. */
export function apart(outer: Scope | undefined): Scope | undefined {
  return outer && { values: {}, outer: undefined, depth: outer.depth };
}

export function lookUp(scope: Scope | undefined, name: string): unknown {
  for (let inner = scope; inner; inner = inner.outer) {
    const value = inner.peek?.(name) ?? inner.values[name];
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A buffer-layout `Layout`, without its typings, which npm does not have. */
export interface FieldLayout {
  readonly span: number;
  readonly property?: string | undefined;
}

/**
 * What one kind of value looks like on the wire.
 *
 * `decode` throws `DecodeError` on bytes that are no such value, and its caller then keeps the bytes. `encode` throws
 * `InputError` without a path; the enclosing sets put the field's name in front.
 */
export interface Shape<T> {
  /** `u32`, `string`, `nest` …: the word of the kernel's own specs. */
  readonly type: string;
  /** Payload size in bytes, where it is fixed. */
  readonly size?: number | undefined;
  /** Whether a payload of this many bytes can be such a value. */
  accepts(length: number): boolean;
  decode(input: Input, at: number, length: number, scope: Scope | undefined): T;
  encode(output: Output, value: T, scope: Scope | undefined): void;
  /** The value for people: `RTN_UNICAST`, `1500`. */
  text?(value: T): string | undefined;
  /** The number behind a name, or names. */
  toNumber?(value: T): number;
  /** Unit of a number: `ms`, `bytes`. */
  readonly unit?: string | undefined;
  /** True when this value means that the attribute is not sent. */
  omits?(value: T): boolean;
  /** The parts of a composite value, with their byte ranges; undefined where these bytes have none. */
  explain?(input: Input, at: number, length: number, scope: Scope | undefined): Explained[] | undefined;
  /** The attribute set of the payload, where it is one. */
  attributeSet?(scope: Scope | undefined): AttributeSet<unknown> | undefined;
  /** The shape of the elements, or of the number that has names. */
  readonly of?: Shape<unknown> | undefined;
  /** Payloads come in a few lengths only, those of addresses: compiled decoders know each. */
  readonly fewLengths?: boolean | undefined;
  /** A payload of any length may be such a value. */
  readonly acceptsAll?: boolean | undefined;
  /** The same as `accepts`: an expression of the length, for {@link source}. */
  accepted?(length: string): string;
  /** JavaScript that decodes the value, for compiled decoders: an expression of the bytes `B` and their view `V`. */
  source?(code: Code, at: string, length: string): string;
  /**
   * JavaScript for compiled encoders: an expression that writes the value at `at`, where {@link most} bytes are free, and
   * is its length in bytes; -1 where only `encode` knows further. A shape with an `encode` of its own needs one to match.
   */
  put?(code: Code, value: string, at: string): string;
  /** The most bytes that `put` writes. */
  readonly most?: number | undefined;
  /** The same as `decode`, compiled; throws UNUSUAL where only `decode` knows. */
  fast?(input: Input, at: number, length: number, scope: Scope | undefined): T;
  /** May contain itself: what is around it counts how deep. */
  readonly recursive?: boolean | undefined;
  /** The field, of the same set, of one around it or of the header, whose value tells what the payload is. */
  readonly selector?: string | undefined;
  /** What chooses the payload's shape. */
  readonly selective?: Selective | undefined;
  /** Repeats the attribute once for each element. */
  readonly multi?: boolean | undefined;
  /** Attributes inside: the type carries NLA_F_NESTED. */
  readonly nested?: boolean | undefined;
  /** The same of one value, where only some have attributes inside. */
  nests?(value: unknown): boolean;
  /** Multi-byte numbers are big endian and the type carries NLA_F_NET_BYTEORDER. */
  readonly netByteOrder?: boolean | undefined;
  /** The buffer-layout field, for shapes of fixed size. */
  layout?(property: string): FieldLayout;
}

/** A choice of shapes by a selector's value. */
export interface Selective {
  readonly selector: string;
  readonly formats: Readonly<Record<string, Shape<unknown>>>;
  readonly otherwise: Shape<unknown>;
}

/** The value type of a shape. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** One line of an explained message: a header field, an attribute, an array element. */
export interface Explained {
  /** The field's name in the decoded object; `[0]` for an array element, `info[0]` for a repeated attribute. */
  readonly name: string;
  /** The kernel's name: `IFLA_MTU`. */
  readonly constant?: string | undefined;
  /** The attribute's type with its flag bits; header fields have none. */
  readonly attributeType?: number | undefined;
  /** Byte range in the message: with the attribute's own header, without its padding. */
  readonly start: number;
  readonly end: number;
  /** Where the value itself starts. */
  readonly valueStart: number;
  readonly value?: unknown;
  /** The value for people: `RTN_UNICAST`, and the number that it stands for. */
  readonly text?: string | undefined;
  readonly number?: number | undefined;
  readonly unit?: string | undefined;
  readonly shape?: string | undefined;
  readonly children?: readonly Explained[] | undefined;
  /** The set that the children are attributes of. */
  readonly set?: AttributeSet<unknown> | undefined;
  readonly problem?: string | undefined;
}

/** One explained value without an attribute header. */
export function explainValue(
  name: string,
  shape: Shape<unknown>,
  input: Input,
  at: number,
  length: number,
  scope: Scope | undefined,
): Explained {
  const children = shape.explain?.(input, at, length, scope);
  const value = children ? undefined : shape.decode(input, at, length, scope);
  // A large capture has millions of these: objects of one form, made in one piece.
  return {
    name,
    constant: undefined,
    attributeType: undefined,
    start: at,
    end: at + length,
    valueStart: at,
    value,
    text: children ? undefined : shape.text?.(value),
    number: children ? undefined : shape.toNumber?.(value),
    unit: shape.unit,
    shape: shape.type,
    children,
    set: children && shape.attributeSet?.(scope),
    problem: undefined,
  };
}

/** A shape whose numbers have a unit. */
export function withUnit<T>(shape: Shape<T>, unit: string): Shape<T> {
  return { ...shape, unit };
}
