import { NLA_TYPE_MASK } from "../constants.ts";
import { DecodeError, InputError } from "../errors.ts";
import { encodeAttributes } from "./attribute-encode.ts";
import { explainAttributes } from "./attribute-explain.ts";
import { align4, perOrder } from "./byte-order.ts";
import type { Code } from "./compile.ts";
import { SetEncoder } from "./compile-encode.ts";
import { SetDecoder } from "./compile-set.ts";
import { type AttributeForm, findVariant, noteForms } from "./forms.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";
import { type RawAttribute, readAttribute } from "./raw-attribute.ts";
import { isRecord } from "./record.ts";
import { deeper, type Explained, type Scope, type Shape } from "./shape.ts";

export { type RawAttribute, readAttribute } from "./raw-attribute.ts";

/** One line of an attribute set. */
export interface Attribute<T> {
  /** The kernel's constant: `IFLA_MTU`. */
  readonly constant: string;
  readonly type: number;
  readonly shape: Shape<T>;
}

/** An attribute the schema does not know, or one whose bytes are no value of its shape. */
export interface UnknownAttribute {
  /** Type with its flag bits. */
  type: number;
  data: Uint8Array;
  /** How many attributes stood before it in its set. */
  index: number;
}

export interface Kept {
  /** Attributes without a field, sent again where they stood. */
  unknown?: UnknownAttribute[];
  /** Bytes behind the last attribute that are too few for another. */
  trailing?: Uint8Array;
}

// biome-ignore lint/suspicious/noExplicitAny: any value type is an attribute
type Declared = Readonly<Record<string, Attribute<any>>>;

/** The value of an attribute set: every field may be missing, and is then not sent. */
export type AttributesOf<F extends Declared> = {
  -readonly [K in keyof F]?: F[K] extends Attribute<infer T> ? T : never;
} & Kept;

/** Declares one attribute: `mtu: attr("IFLA_MTU", 4, u32)`. */
export function attr<T>(constant: string, type: number, shape: Shape<T>): Attribute<T> {
  return { constant, type, shape };
}

/** An attribute set as a shape of its own: the payload of a nested attribute, or what follows a message's header. */
export interface AttributeSet<T> extends Shape<T> {
  /** The kernel spec's name: `link-attrs`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute<unknown>>>;
  readonly byType: ReadonlyMap<number, readonly [field: string, attribute: Attribute<unknown>]>;
  readonly byField: ReadonlyMap<string, Attribute<unknown>>;
  /** What the attributes mean is said elsewhere, or nowhere: none of them is unknown. */
  readonly opaque?: boolean | undefined;
  /** Decodes into an object that may have fields already: a message's header. */
  decodeInto(
    into: Record<string, unknown>,
    input: Input,
    at: number,
    end: number,
    outer: Scope | undefined,
  ): void;
  /** The compiled decoder for a byte order. */
  compiled(little: boolean): SetDecoder;
  /** Encodes the fields of this set, leaving out those in `skip`. */
  encodeFrom(
    output: Output,
    value: Record<string, unknown>,
    outer: Scope | undefined,
    skip?: ReadonlySet<string>,
  ): void;
  explainRange(
    input: Input,
    at: number,
    end: number,
    values: Record<string, unknown>,
    outer: Scope | undefined,
  ): Explained[];
}

/**
 * Declares an attribute set.
 *
 * @param name - the kernel spec's name.
 * @param declared - the fields, in camelCase of the spec's attribute names. Called when the set is first used: programs
 * use few of those that they import.
 */
export function attributes<const F extends Declared>(
  name: string,
  declared: () => F,
): AttributeSet<AttributesOf<F>> {
  const set = new FieldSet(name, declared);
  return set as unknown as AttributeSet<AttributesOf<F>>;
}

/** A set whose attributes nobody has declared: they are kept in `unknown`, and none of them is a problem. */
export function opaqueAttributes(name: string): AttributeSet<Kept> {
  return Object.assign(new FieldSet(name, () => ({})), { opaque: true }) as unknown as AttributeSet<Kept>;
}

/** Where an attribute stands: its payload, and how many attributes before it. */
interface Place {
  readonly raw: RawAttribute;
  readonly index: number;
}

class FieldSet implements AttributeSet<Record<string, unknown>> {
  readonly type = "nest";
  readonly nested = true;
  readonly acceptsAll = true;
  readonly name: string;
  #declared: Declared | (() => Declared);

  constructor(name: string, declared: () => Declared) {
    this.name = name;
    this.#declared = declared;
  }

  get attributes(): Declared {
    if (typeof this.#declared === "function") this.#declared = this.#declared();
    return this.#declared;
  }

  #byType: Map<number, readonly [string, Attribute<unknown>]> | undefined;
  get byType(): Map<number, readonly [string, Attribute<unknown>]> {
    this.#byType ??= this.#index();
    return this.#byType;
  }

  #index(): Map<number, readonly [string, Attribute<unknown>]> {
    const index = new Map<number, readonly [string, Attribute<unknown>]>();
    for (const [field, attribute] of Object.entries(this.attributes)) {
      if (field === "unknown" || field === "trailing" || field in Object.prototype)
        throw new TypeError(`${this.name}: ${field} is no name for a field`);
      const taken = index.get(attribute.type);
      if (taken)
        throw new TypeError(
          `${this.name}: ${attribute.constant} and ${taken[1].constant} are both ${attribute.type}`,
        );
      index.set(attribute.type, [field, attribute]);
    }
    return index;
  }

  #byField: Map<string, Attribute<unknown>> | undefined;
  get byField(): Map<string, Attribute<unknown>> {
    this.#byField ??= new Map(Object.entries(this.attributes));
    return this.#byField;
  }

  accepts(): boolean {
    return true;
  }

  attributeSet(): AttributeSet<unknown> {
    return this as AttributeSet<unknown>;
  }

  source(code: Code, at: string, length: string): string {
    const decoder = this.compiled(code.little);
    return `${code.capture(decoder)}.decode(I, ${at}, ${length}, ${decoder.scoped ? code.scope : "undefined"})`;
  }

  #decoders: ((little: boolean) => SetDecoder) | undefined;
  compiled(little: boolean): SetDecoder {
    this.#decoders ??= perOrder((order) => new SetDecoder(this as AttributeSet<unknown>, order));
    return this.#decoders(little);
  }

  #encoders: ((little: boolean) => SetEncoder) | undefined;
  #encoder(little: boolean): SetEncoder {
    this.#encoders ??= perOrder(
      (order) => new SetEncoder(this as AttributeSet<unknown>, order, (...args) => this.encodeFrom(...args)),
    );
    return this.#encoders(little);
  }

  fast(input: Input, at: number, length: number, outer: Scope | undefined): Record<string, unknown> {
    return this.compiled(input.little).decode(input, at, length, outer);
  }

  /** The scope of the attributes from `at` to `end`. */
  #scope(
    values: Record<string, unknown>,
    outer: Scope | undefined,
    input: Input,
    at: number,
    end: number,
  ): Scope {
    let found: Map<string, unknown> | undefined;
    const peek = (field: string): unknown => {
      if (!Object.hasOwn(this.attributes, field)) return undefined;
      found ??= new Map();
      if (!found.has(field)) found.set(field, findLast(input, at, end, this.attributes[field]!));
      return found.get(field);
    };
    return deeper(outer, at, values, peek);
  }

  decode(input: Input, at: number, length: number, outer: Scope | undefined): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    this.decodeInto(value, input, at, at + length, outer);
    return value;
  }

  decodeInto(
    into: Record<string, unknown>,
    input: Input,
    start: number,
    end: number,
    outer: Scope | undefined,
  ): void {
    const scope = this.#scope(into, outer, input, start, end);
    const forms: AttributeForm[] | undefined = input.exact ? [] : undefined;
    let places: Map<string, Place> | undefined;
    let at = start;
    for (let index = 0; ; index++) {
      const raw = readAttribute(input, at, end);
      if (!raw) break;
      at = raw.at + align4(raw.length);
      const known = this.byType.get(raw.type & NLA_TYPE_MASK);
      const value = known && decodeAttribute(known[1].shape, input, raw, scope);
      if (!known || value === undefined) {
        keep(into, input, raw, index);
        forms?.push({ name: undefined, type: raw.type, variant: undefined });
        continue;
      }
      const [field, { shape }] = known;
      const before = into[field];
      if (shape.multi) {
        if (before) (before as unknown[]).push(value);
        else into[field] = [value];
      } else {
        if (before !== undefined) {
          places ??= this.#places(into, input, start, at);
          this.#demote(into, input, field, places.get(field)!, forms);
        }
        places?.set(field, { raw, index });
        into[field] = value;
      }
      forms?.push({
        name: field,
        type: raw.type,
        variant: findVariant(input, raw.at, raw.length, (output) => shape.encode(output, value, scope)),
        omitted: shape.omits?.(value),
      });
    }
    if (places) (into.unknown as UnknownAttribute[]).sort((a, b) => a.index - b.index);
    if (at < end) into.trailing = input.bytes.slice(at, end);
    if (forms) noteForms(into, forms);
  }

  /** Where the attributes stand that fields were made of so far. */
  #places(into: Record<string, unknown>, input: Input, start: number, end: number): Map<string, Place> {
    const places = new Map<string, Place>();
    const kept = new Set((into.unknown as UnknownAttribute[] | undefined)?.map((entry) => entry.index));
    let index = 0;
    for (const raw of each(input, start, end)) {
      const known = this.byType.get(raw.type & NLA_TYPE_MASK);
      if (known && !kept.has(index) && !places.has(known[0])) places.set(known[0], { raw, index });
      index++;
    }
    return places;
  }

  /** The kernel takes the last of a repeated attribute; the earlier one is kept as bytes. */
  #demote(
    into: Record<string, unknown>,
    input: Input,
    field: string,
    place: Place,
    forms: AttributeForm[] | undefined,
  ): void {
    keep(into, input, place.raw, place.index);
    if (forms) forms[place.index] = { name: undefined, type: place.raw.type, variant: undefined };
    // The order of the fields is that of the attributes.
    delete into[field];
  }

  encode(output: Output, value: Record<string, unknown>, outer: Scope | undefined): void {
    if (!isRecord(value)) throw new InputError("", `an object with ${this.name}`, value);
    this.#encoder(output.little).encode(output, value, outer);
  }

  encodeFrom(
    output: Output,
    value: Record<string, unknown>,
    outer: Scope | undefined,
    skip?: ReadonlySet<string>,
  ): void {
    encodeAttributes(this, output, value, outer, skip);
  }

  explain(input: Input, at: number, length: number, outer: Scope | undefined): Explained[] {
    return this.explainRange(input, at, at + length, {}, outer);
  }

  explainRange(
    input: Input,
    start: number,
    end: number,
    values: Record<string, unknown>,
    outer: Scope | undefined,
  ): Explained[] {
    return explainAttributes(this, input, start, end, this.#scope(values, outer, input, start, end));
  }
}

function* each(input: Input, start: number, end: number): Generator<RawAttribute, void> {
  for (let raw = readAttribute(input, start, end); raw; ) {
    yield raw;
    raw = readAttribute(input, raw.at + align4(raw.length), end);
  }
}

/** The value of one attribute; undefined where its bytes are no such value. */
function decodeAttribute(
  shape: Shape<unknown>,
  input: Input,
  raw: RawAttribute,
  scope: Scope | undefined,
): unknown {
  if (!shape.accepts(raw.length)) return undefined;
  try {
    return shape.decode(input, raw.at, raw.length, scope);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undefined;
  }
}

/** The value that a field will have when all attributes of its set are decoded. */
function findLast(input: Input, at: number, end: number, attribute: Attribute<unknown>): unknown {
  let value: unknown;
  for (const raw of each(input, at, end)) {
    if ((raw.type & NLA_TYPE_MASK) !== attribute.type) continue;
    value = decodeAttribute(attribute.shape, input, raw, undefined) ?? value;
  }
  return value;
}

function keep(into: Record<string, unknown>, input: Input, raw: RawAttribute, index: number): void {
  const data = input.bytes.slice(raw.at, raw.at + raw.length);
  const list = into.unknown as UnknownAttribute[] | undefined;
  const entry: UnknownAttribute = { type: raw.type, data, index };
  if (list) list.push(entry);
  else into.unknown = [entry];
}
