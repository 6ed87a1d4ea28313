import type { AttributeSet } from "./attributes.ts";
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
  /** While decoding: the value of an attribute that comes later in the same set. */
  peek?(name: string): unknown;
}

/** Attributes nested deeper than this are left as bytes. */
export const MAX_DEPTH = 32;

export function lookUp(scope: Scope | undefined, name: string): unknown {
  for (let inner = scope; inner; inner = inner.outer) {
    const value = inner.values[name] ?? inner.peek?.(name);
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
  text?(value: T): string;
  /** Unit of a number: `ms`, `bytes`. */
  readonly unit?: string | undefined;
  /** True when this value means that the attribute is not sent. */
  omits?(value: T): boolean;
  /** The parts of a composite value, with their byte ranges. */
  explain?(input: Input, at: number, length: number, scope: Scope | undefined): Explained[];
  /** The attribute set of the payload, where it is one. */
  attributeSet?(scope: Scope | undefined): AttributeSet<unknown> | undefined;
  /** Repeats the attribute once for each element. */
  readonly multi?: boolean | undefined;
  /** Attributes inside: the type carries NLA_F_NESTED. */
  readonly nested?: boolean | undefined;
  /** Multi-byte numbers are big endian and the type carries NLA_F_NET_BYTEORDER. */
  readonly netByteOrder?: boolean | undefined;
  /** The buffer-layout field, for shapes of fixed size. */
  layout?(property: string): FieldLayout;
}

/** The value type of a shape. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** One line of an explained message: a header field, an attribute, an array element. */
export interface Explained {
  /** The field's name in the decoded object; `[0]` for an array element. */
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
  readonly text?: string | undefined;
  readonly unit?: string | undefined;
  readonly shape?: string | undefined;
  readonly children?: readonly Explained[] | undefined;
  /** The set that the children are attributes of. */
  readonly set?: AttributeSet<unknown> | undefined;
  readonly problem?: string | undefined;
}

/** A shape whose numbers have a unit. */
export function withUnit<T>(shape: Shape<T>, unit: string): Shape<T> {
  return { ...shape, unit };
}
