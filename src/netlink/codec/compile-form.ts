/**
 * The decoder of one form of an attribute set, or of a message: these attributes, in this order.
 *
 * A dump has hundreds of thousands of objects of a few forms. So the text has no loop and no lookup: it compares the
 * headers of attributes with what they are in this form, and makes the object in one piece, which costs V8 less than one
 * that grows (docs/performance.md).
 */
import { NLA_TYPE_MASK } from "../constants.ts";
import type { AttributeSet } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { acceptance, Code, expression, identifier } from "./compile.ts";
import { FastScope, needsScope, selectorsOf } from "./fast-scope.ts";
import type { Input } from "./input.ts";
import type { Scope, Selective, Shape } from "./shape.ts";
import type { StructShape } from "./struct.ts";

/** Decodes the `length` bytes at `at`; undefined where they are of another form. */
export type FormDecoder = (
  input: Input,
  at: number,
  length: number,
  outer: Scope | undefined,
) => Record<string, unknown> | undefined;

/** Decodes what a sibling's value, or one further out, chooses the shape of. */
export type DecodeSelected = (
  selective: Selective,
  input: Input,
  at: number,
  length: number,
  scope: Scope | undefined,
  own: unknown,
) => unknown;

/** One attribute of a form. */
export interface FormPart {
  /** Its type with the flag bits. */
  readonly word: number;
  /** Of its payload; {@link ANY} where that differs. */
  readonly length: number;
}

export const ANY = -1;

/** The length of a payload as the form has it: one of few, or any. */
export function formLength(shape: Shape<unknown>, length: number): number {
  return shape.fewLengths || length === shape.size ? length : ANY;
}

interface Part extends FormPart {
  readonly field: string;
  readonly shape: Shape<unknown>;
}

/** The text of a form's decoder, of the bytes from `m` to `end`, around which `outer` is. */
export interface FormText {
  /** Finds the payloads; leaves where the bytes are of another form. */
  readonly places: string;
  /** Values that others need. */
  readonly variables: string;
  /** The object. */
  readonly literal: string;
}

/**
 * @param header - where the set is that of a message.
 * @param form - attributes that the set has, each once.
 * @param leave - statement for bytes of another form.
 * @returns undefined where something is chosen by what follows it, or may be repeated.
 */
export function formText(
  code: Code,
  set: AttributeSet<unknown>,
  header: StructShape<unknown> | undefined,
  form: readonly FormPart[],
  decodeSelected: DecodeSelected,
  leave: string,
): FormText | undefined {
  const parts: Part[] = form.map(({ word, length }) => {
    const [field, { shape }] = set.byType.get(word & NLA_TYPE_MASK)!;
    return { word, length, field, shape };
  });
  const values = new Values(code, header);
  const isScoped = needsScope(set as Shape<unknown>);
  for (const [place, { field, shape, length }] of parts.entries()) {
    if (shape.multi) return undefined;
    const wanted = [...selectorsOf(shape)];
    if (wanted.some((name) => parts.findIndex((part) => part.field === name) >= place)) return undefined;
    code.scope = "outer";
    if (isScoped) {
      const around = wanted
        .filter((name) => values.has(name))
        .map((name) => `${name}: ${values.early(name)}`);
      code.scope = `new ${code.capture(FastScope)}(${code.capture(set)}, { ${around.join(", ")} }, outer)`;
    }
    const n = length === ANY ? `n${place}` : String(length);
    const { selective } = shape;
    if (!selective) {
      values.set(field, expression(code, shape, `p${place}`, n));
      continue;
    }
    const own = values.has(selective.selector) ? values.early(selective.selector) : "undefined";
    const what = `${code.capture(selective)}, I, p${place}, ${n}, ${code.scope}, ${own}`;
    values.set(field, `${code.capture(decodeSelected)}(${what})`);
  }
  const places = [
    `let at = m + ${align4(header?.size ?? 0)};`,
    ...placesOf(code, parts, leave),
    `if (at < end) ${leave}`,
  ];
  return {
    places: places.join("\n    "),
    variables: values.variables.join("\n    "),
    literal: values.literal(),
  };
}

/** @returns undefined as {@link formText} does. */
export function compileForm(
  set: AttributeSet<unknown>,
  header: StructShape<unknown> | undefined,
  form: readonly FormPart[],
  little: boolean,
  decodeSelected: DecodeSelected,
): FormDecoder | undefined {
  const code = new Code(little);
  const text = formText(code, set, header, form, decodeSelected, "return undefined;");
  if (!text) return undefined;
  return code.build(`function ${identifier(set.name)}(I, m, length, outer) {
    const B = I.bytes, V = I.view, end = m + length;
    let t;
    ${text.places}
    ${text.variables}
    return ${text.literal};
  }`);
}

/** Expressions of the fields, in their order. */
class Values {
  readonly #expressions = new Map<string, string>();
  /** Declarations of those that others need. */
  readonly variables: string[] = [];

  constructor(code: Code, header: StructShape<unknown> | undefined) {
    for (const { name, shape, offset, size } of header?.fields ?? [])
      this.set(name, expression(code, shape, `m + ${offset}`, String(size)));
    code.field = (name) => (this.has(name) ? this.early(name) : "undefined");
  }

  has(field: string): boolean {
    return this.#expressions.has(field);
  }

  set(field: string, text: string): void {
    this.#expressions.set(field, text);
  }

  /** A variable that has the value before the object is made. */
  early(field: string): string {
    const text = this.#expressions.get(field)!;
    const name = `v${this.variables.length}`;
    if (/^v\d+$/.test(text)) return text;
    this.variables.push(`const ${name} = ${text};`);
    this.#expressions.set(field, name);
    return name;
  }

  literal(): string {
    return `{ ${[...this.#expressions].map(([field, text]) => `${JSON.stringify(field)}: ${text}`).join(", ")} }`;
  }
}

/** Finds where the payloads are, p0, p1 …, and how long those of any length, n0 …; leaves where the form is another. */
function placesOf(code: Code, parts: readonly Part[], leave: string): string[] {
  const { little } = code;
  const lines: string[] = [];
  const last = parts.length - 1;
  for (let first = 0; first <= last; ) {
    // As far as lengths are known the bytes are looked for once.
    let next = first;
    let known = 0;
    const checks: string[] = [];
    for (; next <= last && parts[next]!.length !== ANY; next++) {
      const { word, length } = parts[next]!;
      const head = little ? word * 65536 + length + 4 : (length + 4) * 65536 + word;
      checks.push(`if (V.getUint32(at + ${known}, ${little}) !== ${head}) ${leave}`);
      lines.push(`const p${next} = at + ${known + 4};`);
      known += 4 + align4(length);
    }
    const pad = next > last ? align4(parts[last]!.length) - parts[last]!.length : 0;
    const needed = next > last ? known - pad : known + 4;
    lines.push(`if (at + ${needed} > end) ${leave}`, ...checks);
    if (known > 0) lines.push(`at += ${known};`);
    if (next <= last) lines.push(...placeOfAny(code, parts[next]!, next, leave));
    first = next + 1;
  }
  return lines;
}

function placeOfAny(code: Code, { word, shape }: Part, place: number, leave: string): string[] {
  const { little } = code;
  const [p, n, w] = [`p${place}`, `n${place}`, `w${place}`];
  return [
    `const ${w} = V.getUint32(at, ${little}), ${p} = at + 4, ${n} = (${little ? `${w} & 65535` : `${w} >>> 16`}) - 4;`,
    `if ((${little ? `${w} >>> 16` : `${w} & 65535`}) !== ${word} || ${n} < 0 || ${p} + ${n} > end) ${leave}`,
    ...(shape.acceptsAll ? [] : [`if (!(${acceptance(code, shape, n)})) ${leave}`]),
    `at = ${p} + ((${n} + 3) & ~3);`,
  ];
}
