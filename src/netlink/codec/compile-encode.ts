/**
 * Encoders made of the schema as JavaScript text, one for each list of fields that values have.
 *
 * A program adds a hundred thousand routes with the same few fields: their encoder has no loop and no lookup. It knows
 * the usual case; whatever is not, a wrong value first of all, makes it give up, and the value is encoded field by field,
 * which also says what is wrong.
 */
import { NLA_F_NESTED, NLA_F_NET_BYTEORDER } from "../constants.ts";
import { putAttribute } from "./attribute-encode.ts";
import type { Attribute, AttributeSet } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { Code, canCompile, identifier } from "./compile.ts";
import { formsOf, variantOf } from "./forms.ts";
import type { Output } from "./output.ts";
import { MAX_DEPTH, type Scope } from "./shape.ts";
import type { StructField, StructShape } from "./struct.ts";

type Fields = Record<string, unknown>;

/** Appends a value; false where it is not the usual case, and what was written is of no use. */
type FieldsEncoder = (output: Output, value: Fields, outer: Scope | undefined) => boolean;

/** How encoders are made. */
export const planning = {
  /** Values with the same fields before these have an encoder; tests take 1, or Infinity for none. */
  values: 32,
  /** Lists of fields that a set has encoders for. */
  lists: 8,
};

interface Plan {
  readonly fields: readonly string[];
  count: number;
  encode: FieldsEncoder | undefined;
}

/** Encodes a value field by field. */
type PlainEncoder = (output: Output, value: Fields, outer: Scope | undefined) => void;

/** Encoders under way, one inside of another. */
let inside = 0;
/** One has given up: everything in its value is encoded field by field, once. */
let plainly = false;
/** Gives up the encoder around, too. */
const GIVE_UP = new Error("not the usual case: encoded field by field");

/** Encodes the values of a set, behind a header or alone, in one byte order. */
export class SetEncoder {
  readonly #set: AttributeSet<unknown>;
  readonly #header: StructShape<unknown> | undefined;
  readonly #little: boolean;
  readonly #plain: PlainEncoder;
  readonly #plans: Plan[] = [];
  /** The one that served last. */
  #last: Plan | undefined;

  constructor(
    set: AttributeSet<unknown>,
    little: boolean,
    plain: PlainEncoder,
    header?: StructShape<unknown>,
  ) {
    this.#set = set;
    this.#little = little;
    this.#plain = plain;
    this.#header = header;
  }

  /** @throws InputError the value, or a field's, is none that fits. */
  encode(output: Output, value: Fields, outer: Scope | undefined): void {
    const encode =
      plainly || planning.values === Infinity ? undefined : this.#planFor(Object.keys(value))?.encode;
    if (!encode || formsOf(value) || variantOf(value)) {
      this.#plain(output, value, outer);
      return;
    }
    const start = output.at;
    if (attempt(encode, output, value, outer)) return;
    output.at = start;
    if (inside > 0) throw GIVE_UP;
    plainly = true;
    try {
      // This tells what is wrong, and where.
      this.#plain(output, value, outer);
    } finally {
      plainly = false;
    }
  }

  #planFor(fields: readonly string[]): Plan | undefined {
    const last = this.#last;
    if (last && isSame(last.fields, fields)) return this.#counted(last);
    let plan = this.#plans.find((one) => isSame(one.fields, fields));
    if (!plan) {
      if (this.#plans.length === planning.lists) this.#forget();
      if (this.#plans.length === planning.lists) return undefined;
      plan = { fields, count: 0, encode: undefined };
      this.#plans.push(plan);
    }
    this.#last = plan;
    return this.#counted(plan);
  }

  #counted(plan: Plan): Plan {
    if (plan.count < planning.values && ++plan.count === planning.values && canCompile())
      plan.encode = compileFields(this.#set, this.#header, plan.fields, this.#little);
    return plan;
  }

  /** Makes room: those with an encoder stay. */
  #forget(): void {
    const kept = this.#plans.filter(({ encode }) => encode);
    this.#plans.splice(0, Infinity, ...kept);
  }
}

function attempt(encode: FieldsEncoder, output: Output, value: Fields, outer: Scope | undefined): boolean {
  inside++;
  try {
    return encode(output, value, outer);
  } catch {
    return false;
  } finally {
    inside--;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** undefined where a field is none of the set's: only encoding field by field says so. */
function compileFields(
  set: AttributeSet<unknown>,
  header: StructShape<unknown> | undefined,
  fields: readonly string[],
  little: boolean,
): FieldsEncoder | undefined {
  const code = new Code(little);
  code.field = (name) => `v[${JSON.stringify(name)}]`;
  code.scope = "s";
  const heads: StructField[] = [];
  const attributes: (readonly [field: string, attribute: Attribute<unknown>])[] = [];
  for (const field of fields) {
    const head = header?.fields.find(({ name }) => name === field);
    const attribute = set.byField.get(field);
    if (head) heads.push(head);
    else if (attribute) attributes.push([field, attribute]);
    else return undefined;
  }
  const headerLength = align4(header?.size ?? 0);
  const room = attributes.reduce((sum, [, { shape }]) => sum + 4 + align4(shape.most ?? 0), headerLength);
  return code.build(`function ${identifier(`encode ${set.name}`)}(O, v, outer) {
    if (outer !== undefined && outer.depth >= ${MAX_DEPTH}) return false;
    const m = O.room(${room});
    let at = m, x, t, s, n, B = O.bytes, V = O.view;
    ${Array.from({ length: headerLength / 4 }, (_, word) => `V.setInt32(m + ${word * 4}, 0);`).join(" ")}
    at += ${headerLength};
    ${heads.map((field) => headText(code, field)).join("\n    ")}
    ${attributes.map(([field, attribute]) => attributeText(code, field, attribute, room)).join("\n    ")}
    O.at = at;
    return true;
  }`);
}

function headText(code: Code, { name, shape, offset, size }: StructField): string {
  const value = `if ((x = ${code.field(name)}) !== undefined)`;
  if (shape.put)
    return `${value} { if (${shape.put(code, "x", `m + ${offset}`)} !== ${size}) return false; }`;
  const encode = `O.at = m + ${offset}; ${code.capture(shape)}.encode(O, x, undefined);`;
  return `${value} { ${encode} if (O.at !== m + ${offset + size}) return false; }`;
}

function attributeText(code: Code, field: string, attribute: Attribute<unknown>, room: number): string {
  const { type, shape } = attribute;
  const value = `if ((x = ${code.field(field)}) !== undefined)`;
  if (!shape.put || shape.most === undefined) {
    // It may need more room than there is, and then everything moves.
    const put = `${code.capture(putAttribute)}(O, ${code.capture(attribute)}, ${JSON.stringify(field)}, x, s);`;
    const scope = "s ??= { values: v, outer, depth: (outer === undefined ? 0 : outer.depth) + 1 };";
    return `${value} { ${scope} O.at = at; ${put} at = O.room(${room}); B = O.bytes; V = O.view; }`;
  }
  let word = type;
  if (shape.nested) word |= NLA_F_NESTED;
  if (shape.netByteOrder) word |= NLA_F_NET_BYTEORDER;
  const { little } = code;
  const put = shape.put(code, "x", "at + 4");
  if (shape.size !== undefined && shape.size % 4 === 0) {
    const head = little ? word * 65536 + shape.size + 4 : (shape.size + 4) * 65536 + word;
    return `${value} { V.setUint32(at, ${head}, ${little}); if (${put} !== ${shape.size}) return false; at += ${4 + shape.size}; }`;
  }
  const head = little ? `${word * 65536} + n + 4` : `(n + 4) * 65536 + ${word}`;
  const pad = "for (at += 4 + n; (n & 3) !== 0; n++) B[at++] = 0;";
  return `${value} { if ((n = ${put}) < 0) return false; V.setUint32(at, ${head}, ${little}); ${pad} }`;
}
