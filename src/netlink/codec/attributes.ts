import { NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK } from "../constants.ts";
import { atField, DecodeError, InputError } from "../errors.ts";
import { align4 } from "./byte-order.ts";
import { type AttributeForm, formsOf, noteForms } from "./forms.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";
import { type Explained, MAX_DEPTH, type Scope, type Shape } from "./shape.ts";
import { explainValue } from "./struct.ts";

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
  /** Decodes into an object that may have fields already: a message's header. */
  decodeInto(
    into: Record<string, unknown>,
    input: Input,
    at: number,
    end: number,
    outer: Scope | undefined,
  ): void;
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

export interface RawAttribute {
  /** Type with its flag bits. */
  type: number;
  /** Where the payload is. */
  at: number;
  length: number;
}

/** Reads the attribute at `at`; undefined where no sound one fits before `end`. */
export function readAttribute(input: Input, at: number, end: number): RawAttribute | undefined {
  if (at + 4 > end) return undefined;
  const length = input.view.getUint16(at, input.little);
  if (length < 4 || at + length > end) return undefined;
  return { type: input.view.getUint16(at + 2, input.little), at: at + 4, length: length - 4 };
}

/** The type word of an attribute of this shape, with the flag bits that belong to it. */
function typeWord(attribute: Attribute<unknown>): number {
  let word = attribute.type;
  if (attribute.shape.nested) word |= NLA_F_NESTED;
  if (attribute.shape.netByteOrder) word |= NLA_F_NET_BYTEORDER;
  return word;
}

/**
 * Declares an attribute set.
 *
 * @param name - the kernel spec's name.
 * @param declared - the fields, in camelCase of the spec's attribute names.
 */
export function attributes<const F extends Declared>(
  name: string,
  declared: F,
): AttributeSet<AttributesOf<F>> {
  const set = new FieldSet(name, declared);
  return set as unknown as AttributeSet<AttributesOf<F>>;
}

class FieldSet implements AttributeSet<Record<string, unknown>> {
  readonly type = "nest";
  readonly nested = true;
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute<unknown>>>;
  readonly byType: Map<number, readonly [string, Attribute<unknown>]>;

  constructor(name: string, declared: Declared) {
    this.name = name;
    this.attributes = declared;
    this.byType = new Map();
    for (const [field, attribute] of Object.entries(declared)) {
      const taken = this.byType.get(attribute.type);
      if (taken)
        throw new TypeError(
          `${name}: ${attribute.constant} and ${taken[1].constant} are both ${attribute.type}`,
        );
      this.byType.set(attribute.type, [field, attribute]);
    }
  }

  accepts(): boolean {
    return true;
  }

  attributeSet(): AttributeSet<unknown> {
    return this as AttributeSet<unknown>;
  }

  #scope(
    values: Record<string, unknown>,
    outer: Scope | undefined,
    input: Input,
    at: number,
    end: number,
  ): Scope {
    const depth = (outer?.depth ?? 0) + 1;
    if (depth > MAX_DEPTH) throw new DecodeError("nested too deep", at);
    const peek = (field: string): unknown => {
      const wanted = this.attributes[field];
      if (!wanted) return undefined;
      for (let next = at, raw = readAttribute(input, next, end); raw; raw = readAttribute(input, next, end)) {
        if ((raw.type & NLA_TYPE_MASK) === wanted.type && wanted.shape.accepts(raw.length)) {
          return wanted.shape.decode(input, raw.at, raw.length, undefined);
        }
        next = raw.at + align4(raw.length);
      }
      return undefined;
    };
    return { values, outer, depth, peek };
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
    // Header fields of the same object are no attributes: a repeated one is told by this set alone.
    let seen: Map<string, number> | undefined;
    let at = start;
    for (let index = 0; ; index++) {
      const raw = readAttribute(input, at, end);
      if (!raw) break;
      at = raw.at + align4(raw.length);
      const known = this.byType.get(raw.type & NLA_TYPE_MASK);
      let field: string | undefined;
      if (known?.[1].shape.accepts(raw.length)) {
        const shape = known[1].shape;
        try {
          const value = shape.decode(input, raw.at, raw.length, scope);
          field = known[0];
          if (shape.multi) {
            const list = into[field] as unknown[] | undefined;
            if (list) list.push(value);
            else into[field] = [value];
          } else {
            seen ??= new Map();
            if (seen.has(field)) this.#demote(into, input, start, seen.get(field)!, forms);
            seen.set(field, index);
            into[field] = value;
          }
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          field = undefined;
        }
      }
      if (field === undefined) keep(into, input, raw, index);
      forms?.push({ name: field, type: raw.type, length: raw.length });
    }
    if (at < end) into.trailing = input.bytes.slice(at, end);
    if (forms) noteForms(into, forms);
  }

  /** The kernel takes the last of a repeated attribute; the earlier one is kept as bytes. */
  #demote(
    into: Record<string, unknown>,
    input: Input,
    start: number,
    index: number,
    forms: AttributeForm[] | undefined,
  ): void {
    let raw = readAttribute(input, start, input.bytes.length)!;
    for (let i = 0; i < index; i++)
      raw = readAttribute(input, raw.at + align4(raw.length), input.bytes.length)!;
    keep(into, input, raw, index);
    (into.unknown as UnknownAttribute[]).sort((a, b) => a.index - b.index);
    if (forms) forms[index] = { ...forms[index]!, name: undefined };
  }

  encode(output: Output, value: Record<string, unknown>, outer: Scope | undefined): void {
    this.encodeFrom(output, value, outer);
  }

  encodeFrom(
    output: Output,
    value: Record<string, unknown>,
    outer: Scope | undefined,
    skip?: ReadonlySet<string>,
  ): void {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InputError("", `an object with ${this.name}`, value);
    }
    const scope: Scope = { values: value, outer, depth: (outer?.depth ?? 0) + 1 };
    const forms = formsOf(value);
    if (forms) this.#encodeAsNoted(output, value, scope, forms, skip);
    else this.#encodeFields(output, value, scope, skip);
    if (value.trailing !== undefined) output.append(value.trailing as Uint8Array);
  }

  #encodeFields(
    output: Output,
    value: Record<string, unknown>,
    scope: Scope,
    skip: ReadonlySet<string> | undefined,
  ): void {
    const unknown = (value.unknown as UnknownAttribute[] | undefined) ?? [];
    let index = 0;
    let nextUnknown = 0;
    const putUnknown = (last: boolean): void => {
      while (nextUnknown < unknown.length && (last || unknown[nextUnknown]!.index <= index)) {
        putRaw(output, unknown[nextUnknown++]!);
        index++;
      }
    };
    for (const field of Object.keys(value)) {
      const part = value[field];
      if (part === undefined || field === "unknown" || field === "trailing" || skip?.has(field)) continue;
      const attribute = this.attributes[field];
      if (!attribute) throw new InputError(field, `a field of ${this.name}${this.#similar(field)}`, part);
      for (const element of elements(attribute, field, part)) {
        putUnknown(false);
        if (put(output, attribute, field, element, scope)) index++;
      }
    }
    putUnknown(true);
  }

  #encodeAsNoted(
    output: Output,
    value: Record<string, unknown>,
    scope: Scope,
    forms: readonly AttributeForm[],
    skip: ReadonlySet<string> | undefined,
  ): void {
    const unknown = [...((value.unknown as UnknownAttribute[] | undefined) ?? [])];
    const rest = new Map<string, unknown[]>();
    for (const field of Object.keys(value)) {
      const part = value[field];
      if (part === undefined || field === "unknown" || field === "trailing" || skip?.has(field)) continue;
      const attribute = this.attributes[field];
      if (!attribute) throw new InputError(field, `a field of ${this.name}${this.#similar(field)}`, part);
      rest.set(field, [...elements(attribute, field, part)]);
    }
    for (const form of forms) {
      if (form.name === undefined) {
        const raw = unknown.shift();
        if (raw) putRaw(output, raw);
        continue;
      }
      const waiting = rest.get(form.name);
      if (!waiting || waiting.length === 0) continue;
      put(output, this.attributes[form.name]!, form.name, waiting.shift(), scope, form);
    }
    for (const raw of unknown) putRaw(output, raw);
    for (const [field, waiting] of rest) {
      for (const part of waiting) put(output, this.attributes[field]!, field, part, scope);
    }
  }

  #similar(field: string): string {
    const plain = (word: string) => word.replace(/[-_]/g, "").toLowerCase();
    const match = Object.keys(this.attributes).find((name) => plain(name) === plain(field));
    return match ? `, is ${match} meant?` : "";
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
    const scope = this.#scope(values, outer, input, start, end);
    const parts: Explained[] = [];
    let at = start;
    for (let raw = readAttribute(input, at, end); raw; raw = readAttribute(input, at, end)) {
      parts.push(this.#explainAttribute(input, raw, values, scope));
      at = raw.at + align4(raw.length);
    }
    if (at < end) {
      const problem =
        end - at < 4 ? "too few bytes for an attribute" : "length of the attribute does not fit";
      parts.push({
        name: "trailing",
        start: at,
        end,
        valueStart: at,
        value: input.bytes.slice(at, end),
        problem,
      });
    }
    return parts;
  }

  #explainAttribute(
    input: Input,
    raw: RawAttribute,
    values: Record<string, unknown>,
    scope: Scope,
  ): Explained {
    const known = this.byType.get(raw.type & NLA_TYPE_MASK);
    const place = {
      start: raw.at - 4,
      end: raw.at + raw.length,
      valueStart: raw.at,
      attributeType: raw.type,
    };
    let problem: string | undefined;
    if (known) {
      const [field, { constant, shape }] = known;
      try {
        if (!shape.accepts(raw.length)) {
          throw new DecodeError(`${raw.length} bytes are no ${shape.type}`, raw.at);
        }
        const part = explainValue(field, shape, input, raw.at, raw.length, scope);
        values[field] ??= part.value ?? (part.children ? {} : undefined);
        return { ...part, ...place, constant };
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        problem = error.message;
      }
      return {
        ...place,
        name: field,
        constant,
        value: input.bytes.slice(raw.at, raw.at + raw.length),
        problem,
      };
    }
    const type = raw.type & NLA_TYPE_MASK;
    return {
      ...place,
      name: `unknown.${type}`,
      value: input.bytes.slice(raw.at, raw.at + raw.length),
      problem: `unknown attribute ${type} of ${this.name}`,
    };
  }
}

function keep(into: Record<string, unknown>, input: Input, raw: RawAttribute, index: number): void {
  const data = input.bytes.slice(raw.at, raw.at + raw.length);
  const list = into.unknown as UnknownAttribute[] | undefined;
  const entry: UnknownAttribute = { type: raw.type, data, index };
  if (list) list.push(entry);
  else into.unknown = [entry];
}

function elements(attribute: Attribute<unknown>, field: string, part: unknown): readonly unknown[] {
  if (!attribute.shape.multi) return [part];
  if (!Array.isArray(part)) throw new InputError(field, "an array", part);
  return part;
}

function putRaw(output: Output, raw: UnknownAttribute): void {
  const start = output.begin(raw.type);
  output.append(raw.data);
  output.end(start);
}

function put(
  output: Output,
  attribute: Attribute<unknown>,
  field: string,
  value: unknown,
  scope: Scope,
  form?: AttributeForm,
): boolean {
  if (value === undefined || attribute.shape.omits?.(value)) return false;
  const start = output.begin(form?.type ?? typeWord(attribute));
  try {
    attribute.shape.encode(output, value, scope);
    if (form && output.at - start - 4 !== form.length)
      adjustLength(output, start + 4, form.length, attribute);
    output.end(start);
  } catch (error) {
    throw atField(error, field);
  }
  return true;
}

/** A string may have been sent without its NUL, or with more than one. */
function adjustLength(output: Output, start: number, length: number, attribute: Attribute<unknown>): void {
  if (attribute.shape.type !== "string") return;
  const now = output.at - start;
  if (length > now) output.take(length - now);
  else if (length === now - 1) output.at = start + length;
}
