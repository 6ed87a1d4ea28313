/**
 * The compiled decoder of an attribute set, or of a message, which is a header and a set.
 *
 * Of all the orders that attributes could come in few do. So the first objects are decoded attribute by attribute, which
 * also shows their forms; then the usual ones have a decoder each ({@link compileForm}). What is of another form is
 * decoded as at first, until there was enough of it to learn more.
 */
import { NLA_TYPE_MASK } from "../constants.ts";
import type { AttributeSet, UnknownAttribute } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { Code, UNUSUAL } from "./compile.ts";
import { compileForm, type FormDecoder, type FormPart, formLength } from "./compile-form.ts";
import { FastScope, needsScope } from "./fast-scope.ts";
import type { Input } from "./input.ts";
import { lookUp, type Scope, type Selective, type Shape } from "./shape.ts";
import type { StructShape } from "./struct.ts";

type Fields = Record<string, unknown>;

/** Decodes the `length` bytes at `at`; throws UNUSUAL where only the interpreter knows further. */
export type FastDecoder = (input: Input, at: number, length: number, outer: Scope | undefined) => Fields;

/** How decoders learn forms. */
export const learning = {
  /** Objects that are looked at before forms are chosen. */
  objects: 32,
  /** How often a form must be among them. */
  usual: 4,
  /** Objects of other forms before these are looked at; twice as many each time. */
  others: 64,
  /** Forms that a set has decoders for. */
  forms: 8,
  /** From every object at once: for tests. */
  always: false,
};

/** Decodes a set, behind a header or alone, in one byte order. */
export class SetDecoder {
  readonly #set: AttributeSet<unknown>;
  readonly #little: boolean;
  readonly #header: StructShape<unknown> | undefined;
  /** Whether something inside looks outwards. */
  readonly scoped: boolean;
  readonly #forms = new Map<string, FormDecoder>();
  /** The form that came most often when it learnt last. */
  usual: readonly FormPart[] | undefined;
  /** Forms that came while learning, by their parts. */
  readonly #seen = new Map<string, { readonly form: readonly FormPart[]; count: number }>();
  /** Objects still to learn from. */
  #left = learning.objects;
  #patience = learning.others;
  /** Objects of other forms until learning begins again. */
  #others = this.#patience;
  /** What decodes the next object. */
  decode: FastDecoder;

  constructor(set: AttributeSet<unknown>, little: boolean, header?: StructShape<unknown>) {
    this.#set = set;
    this.#little = little;
    this.#header = header;
    this.scoped = needsScope(set as Shape<unknown>);
    this.decode = this.#any;
  }

  /** Decodes an object of any form. */
  readonly #any: FastDecoder = (input, start, length, outer) => {
    const o: Fields = {};
    const header = this.#header;
    header?.decodeInto(o, input, start, header.size);
    const form: FormPart[] | undefined = this.#learns() ? [] : undefined;
    const { view, little } = input;
    const end = start + length;
    let at = start + align4(header?.size ?? 0);
    for (let index = 0; at + 4 <= end; index++) {
      const size = view.getUint16(at, little);
      if (size < 4 || at + size > end) break;
      this.#one(o, input, view.getUint16(at + 2, little), at + 4, size - 4, index, outer, form);
      at += align4(size);
    }
    if (at < end) o.trailing = input.bytes.slice(at, end);
    else if (form && o.unknown === undefined) this.#note(form);
    return o;
  };

  /** Decodes the attribute of a type `y` whose payload are the `n` bytes at `p`. */
  #one(
    o: Fields,
    input: Input,
    y: number,
    p: number,
    n: number,
    index: number,
    outer: Scope | undefined,
    form: FormPart[] | undefined,
  ): void {
    const known = this.#set.byType.get(y & NLA_TYPE_MASK);
    if (!known) {
      const unknown: UnknownAttribute = { type: y, data: input.bytes.slice(p, p + n), index };
      if (o.unknown === undefined) o.unknown = [unknown];
      else (o.unknown as UnknownAttribute[]).push(unknown);
      return;
    }
    const [field, { shape }] = known;
    if (!shape.accepts(n)) throw UNUSUAL;
    if (!shape.multi && o[field] !== undefined) throw UNUSUAL;
    form?.push({ word: y, length: formLength(shape, n) });
    const scope = this.scoped ? new FastScope(this.#set, o, outer) : outer;
    const { selective } = shape;
    const value = selective
      ? decodeSelected(selective, input, p, n, scope, o[selective.selector])
      : decodeFast(shape, input, p, n, scope);
    if (!shape.multi) o[field] = value;
    else if (o[field] === undefined) o[field] = [value];
    else (o[field] as unknown[]).push(value);
  }

  /** Whether the next object is one to learn from. */
  #learns(): boolean {
    if (learning.always) return true;
    if (this.#left > 0) {
      if (--this.#left === 0) this.#compile();
      return true;
    }
    if (--this.#others === 0) {
      this.#patience *= 2;
      this.#others = this.#patience;
      this.#left = learning.objects;
    }
    return false;
  }

  #note(form: readonly FormPart[]): void {
    const key = form.map(({ word, length }) => `${word}/${length}`).join(" ");
    const seen = this.#seen.get(key);
    if (seen) seen.count++;
    else this.#seen.set(key, { form, count: 1 });
    if (learning.always) this.#compile();
  }

  /** Makes decoders of the forms that are usual. */
  #compile(): void {
    const seen = [...this.#seen].sort(([, a], [, b]) => b.count - a.count);
    this.#seen.clear();
    this.usual = seen[0]?.[1].form ?? this.usual;
    for (const [key, { form, count }] of seen) {
      if (!learning.always && (count < learning.usual || this.#forms.size === learning.forms)) break;
      const decoder = compileForm(this.#set, this.#header, form, this.#little, decodeSelected);
      if (decoder) this.#forms.set(key, decoder);
    }
    if (this.#forms.size === 0) return;
    const code = new Code(this.#little);
    const choices = [...this.#forms.values(), this.#any].map(
      (one) => `${code.capture(one)}(I, at, length, outer)`,
    );
    this.decode = code.build(`(I, at, length, outer) => ${choices.join(" ?? ")}`);
  }
}

function decodeFast(
  shape: Shape<unknown>,
  input: Input,
  at: number,
  length: number,
  scope: Scope | undefined,
): unknown {
  return shape.fast ? shape.fast(input, at, length, scope) : shape.decode(input, at, length, scope);
}

/** A sub-message: its selector stands in front of it, in the message's header, or further out. */
export function decodeSelected(
  { selector, formats, otherwise }: Selective,
  input: Input,
  at: number,
  length: number,
  scope: Scope | undefined,
  own: unknown,
): unknown {
  const key = String(own ?? lookUp(scope, selector) ?? unusual());
  const chosen = Object.hasOwn(formats, key) ? formats[key]! : otherwise;
  if (!chosen.accepts(length)) throw UNUSUAL;
  return decodeFast(chosen, input, at, length, scope);
}

function unusual(): never {
  throw UNUSUAL;
}
