/**
 * The compiled decoder of an attribute set, or of a message, which is a header and a set.
 *
 * Of the attributes that a set declares few come in practice, and V8 optimizes short functions sooner. So the first
 * objects are decoded attribute by attribute, which also shows what comes; then text is made with a case for each of
 * that. What comes later is decoded as at first, until there was enough of it to make the text anew.
 */
import { NLA_TYPE_MASK } from "../constants.ts";
import type { AttributeSet, UnknownAttribute } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { Code, compileMaker, expression, identifier, UNUSUAL } from "./compile.ts";
import type { Input } from "./input.ts";
import { lookUp, type Scope, type Selective, type Shape } from "./shape.ts";
import type { StructShape } from "./struct.ts";

type Fields = Record<string, unknown>;

/** Decodes the `length` bytes at `at`; throws UNUSUAL where only the interpreter knows further. */
export type FastDecoder = (input: Input, at: number, length: number, outer: Scope | undefined) => Fields;

/** Decodes the attribute of a type `y` whose payload are the `n` bytes at `p`. */
type One = (
  o: Fields,
  I: Input,
  y: number,
  p: number,
  n: number,
  index: number,
  outer: Scope | undefined,
) => void;

/** Objects that are decoded before there is text. */
const FIRST = 32;
/** Fields that an object literal has room for. */
const FEW = 4;
/** Attributes without a case after which the text is made anew; more each time. */
const ENOUGH = 256;

/** Decodes a set, behind a header or alone, in one byte order. */
export class SetDecoder {
  readonly #set: AttributeSet<unknown>;
  readonly #little: boolean;
  readonly #header: StructShape<unknown> | undefined;
  /** Makes the object that the attributes become fields of. */
  #make: (input: Input, at: number) => Fields;
  /** Whether something inside looks outwards. */
  readonly scoped: boolean;
  /** The types that came. */
  readonly #seen = new Set<number>();
  #enough = ENOUGH;
  #missed = 0;
  /** What decodes the next object. */
  decode: FastDecoder;

  constructor(set: AttributeSet<unknown>, little: boolean, header?: StructShape<unknown>) {
    this.#set = set;
    this.#little = little;
    this.#header = header;
    const { size } = set.byType;
    this.#make = header ? compileMaker(header.fields, size, little) : () => ({});
    this.scoped = needsScope(set as Shape<unknown>);
    let first = 0;
    this.decode = (input, start, length, outer) => {
      if (++first > FIRST) this.#compile();
      const o = this.#make(input, start);
      this.#each(o, input, start + align4(header?.size ?? 0), start + length, outer);
      return o;
    };
  }

  #each(o: Fields, input: Input, start: number, end: number, outer: Scope | undefined): void {
    const { view, little } = input;
    let at = start;
    for (let index = 0; at + 4 <= end; index++) {
      const length = view.getUint16(at, little);
      if (length < 4 || at + length > end) break;
      this.#one(o, input, view.getUint16(at + 2, little), at + 4, length - 4, index, outer);
      at += align4(length);
    }
    if (at < end) o.trailing = input.bytes.slice(at, end);
  }

  /** Makes text with a case for every attribute of the set, as if all had come. */
  compileAll(): void {
    for (const type of this.#set.byType.keys()) this.#seen.add(type);
    this.#compile();
  }

  /** Decodes an attribute that has no case. */
  readonly #one: One = (o, I, y, p, n, index, outer) => {
    const known = this.#set.byType.get(y & NLA_TYPE_MASK);
    if (!known) {
      const unknown: UnknownAttribute = { type: y, data: I.bytes.slice(p, p + n), index };
      if (o.unknown === undefined) o.unknown = [unknown];
      else (o.unknown as UnknownAttribute[]).push(unknown);
      return;
    }
    this.#seen.add(y & NLA_TYPE_MASK);
    if (++this.#missed === this.#enough) this.#compile();
    const [field, { shape }] = known;
    if (!shape.accepts(n)) throw UNUSUAL;
    if (!shape.multi && o[field] !== undefined) throw UNUSUAL;
    const scope = this.scoped ? new FastScope(this.#set, o, outer) : outer;
    const { selective } = shape;
    const value = selective
      ? decodeSelected(selective, I, p, n, scope, o[selective.selector])
      : decodeFast(shape, I, p, n, scope);
    if (!shape.multi) o[field] = value;
    else if (o[field] === undefined) o[field] = [value];
    else (o[field] as unknown[]).push(value);
  };

  #compile(): void {
    this.#missed = 0;
    this.#enough *= 2;
    const set = this.#set;
    const code = new Code(this.#little);
    code.scope = "outer";
    if (this.scoped) {
      // Few attributes look at what is around them: the first that does makes the scope.
      code.scope = `(s ??= new ${code.capture(FastScope)}(${code.capture(set)}, o, outer))`;
    }
    const single = [...this.#seen].filter((type) => !set.byType.get(type)![1].shape.multi);
    const cases = [...this.#seen].map((type) => {
      const [field, { shape }] = set.byType.get(type)!;
      return `case ${type}: { ${caseOf(code, field, shape, single.indexOf(type))} break; }`;
    });
    const masks = Array.from({ length: Math.ceil(single.length / BITS) }, (_, i) => `m${i}`);
    const distinct = masks.map((mask) => `${code.capture(bits)}(${mask})`);
    const header = this.#header;
    if (!header && this.#seen.size > FEW) this.#make = compileMaker([], this.#seen.size, this.#little);
    const isPlain = !header && this.#seen.size <= FEW;
    const text = `function ${identifier(set.name)}(I, at, length, outer) {
    const B = I.bytes, V = I.view, end = at + length;
    const o = ${isPlain ? "{}" : `${code.capture(this.#make)}(I, at)`};
    let t, s, index = 0, others = 0;
    ${masks.map((mask) => `let ${mask} = 0;`).join(" ")}
    at += ${align4(header?.size ?? 0)};
    usual: {
      while (at + 4 <= end) {
        const l = V.getUint16(at, ${this.#little});
        if (l < 4 || at + l > end) break;
        const y = V.getUint16(at + 2, ${this.#little}), p = at + 4, n = l - 4;
        switch (y & ${NLA_TYPE_MASK}) {
          ${cases.join("\n          ")}
          default: ${code.capture(this.#one)}(o, I, y, p, n, index, outer); others++;
        }
        at += (l + 3) & ~3;
        index++;
      }
      if (${["others", ...distinct].join(" + ")} !== index) break usual;
      if (at < end) o.trailing = B.slice(at, end);
      return o;
    }
    throw ${code.capture(UNUSUAL)};
  }`;
    this.decode = code.build(text);
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
function decodeSelected(
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

/** Bits of a number that V8 keeps as a small integer. */
const BITS = 30;

/** How many bits are set. */
function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Decodes an attribute into its field.
 *
 * @param place - of its bit among those that show at the end whether one came twice.
 */
function caseOf(code: Code, field: string, shape: Shape<unknown>, place: number): string {
  const name = `o[${JSON.stringify(field)}]`;
  const guard = guardOf(code, shape);
  if (!shape.multi) {
    const value = selectedOf(code, shape) ?? expression(code, shape, "p", "n");
    return `${guard} m${Math.floor(place / BITS)} |= ${2 ** (place % BITS)}; ${name} = ${value};`;
  }
  const value = expression(code, shape, "p", "n");
  return `${guard} const v = ${value}; if (${name} === undefined) ${name} = [v]; else ${name}.push(v); others++;`;
}

/** Leaves where a payload of n bytes is no such value. */
function guardOf(code: Code, shape: Shape<unknown>): string {
  if (shape.acceptsAll) return "";
  if (shape.size !== undefined) return `if (n !== ${shape.size}) break usual;`;
  const accepted = shape.accepted?.("n") ?? `${code.capture(shape)}.accepts(n)`;
  return `if (!(${accepted})) break usual;`;
}

function selectedOf(code: Code, shape: Shape<unknown>): string | undefined {
  const { selective } = shape;
  if (!selective) return undefined;
  const own = `o[${JSON.stringify(selective.selector)}]`;
  const inner = [...Object.values(selective.formats), selective.otherwise].some((format) =>
    needsScope(format),
  );
  const scope = inner ? code.scope : `${own} === undefined ? ${code.scope} : undefined`;
  return `${code.capture(decodeSelected)}(${code.capture(selective)}, I, p, n, ${scope}, ${own})`;
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

/** The scope of a set whose attributes are decoded one after the other. */
class FastScope implements Scope {
  readonly values: Readonly<Fields>;
  readonly outer: Scope | undefined;
  readonly depth: number;
  readonly #set: AttributeSet<unknown>;

  constructor(set: AttributeSet<unknown>, values: Fields, outer: Scope | undefined) {
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
