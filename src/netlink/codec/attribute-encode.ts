/** Encoding of attribute sets. */
import { atField, InputError } from "../errors.ts";
import type { Attribute, AttributeSet, UnknownAttribute } from "./attributes.ts";
import { type AttributeForm, applyVariant, formsOf } from "./forms.ts";
import type { Output } from "./output.ts";
import { typeWord } from "./raw-attribute.ts";
import { isRecord } from "./record.ts";
import { MAX_DEPTH, type Scope } from "./shape.ts";

/** Encodes the fields of a set, leaving out those in `skip`. */
export function encodeAttributes(
  set: AttributeSet<unknown>,
  output: Output,
  value: Record<string, unknown>,
  outer: Scope | undefined,
  skip?: ReadonlySet<string>,
): void {
  if (!isRecord(value)) throw new InputError("", `an object with ${set.name}`, value);
  const scope: Scope = { values: value, outer, depth: (outer?.depth ?? 0) + 1 };
  if (scope.depth > MAX_DEPTH) throw new InputError("", `at most ${MAX_DEPTH} nested attributes`, value);
  const { unknown, trailing } = value;
  const forms = formsOf(value);
  const raws = unknown === undefined ? [] : checkUnknown(unknown);
  if (trailing !== undefined && !(trailing instanceof Uint8Array))
    throw new InputError("trailing", "a Uint8Array", trailing);
  if (forms) encodeAsNoted(set, output, value, scope, raws, forms, skip);
  else if (raws.length > 0) encodeAmong(set, output, value, scope, raws, skip);
  else encodeFields(set, output, value, scope, skip);
  if (trailing !== undefined) output.append(trailing);
}

function checkUnknown(unknown: unknown): UnknownAttribute[] {
  if (!Array.isArray(unknown)) throw new InputError("unknown", "an array of attributes", unknown);
  for (const [position, entry] of unknown.entries()) {
    const at = `unknown[${position}]`;
    if (!isRecord(entry)) throw new InputError(at, "an object with type, data and index", entry);
    const { type, data, index } = entry;
    if (!isCount(type) || type > 0xffff) throw new InputError(`${at}.type`, "an integer 0 to 65535", type);
    if (!(data instanceof Uint8Array) || data.length > 0xffff - 4)
      throw new InputError(`${at}.data`, "a Uint8Array of at most 65531 bytes", data);
    if (!isCount(index)) throw new InputError(`${at}.index`, "how many attributes stand before it", index);
  }
  return (unknown as UnknownAttribute[]).toSorted((a, b) => a.index - b.index);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** Calls `visit` for every field that has a value, with its values: several where the attribute is repeated. */
function eachField(
  set: AttributeSet<unknown>,
  value: Record<string, unknown>,
  skip: ReadonlySet<string> | undefined,
  visit: (field: string, attribute: Attribute<unknown>, parts: readonly unknown[]) => void,
): void {
  for (const field of Object.keys(value)) {
    const part = value[field];
    if (part === undefined || field === "unknown" || field === "trailing" || skip?.has(field)) continue;
    const attribute = attributeOf(set, field, part);
    if (!attribute.shape.multi) visit(field, attribute, [part]);
    else if (Array.isArray(part)) visit(field, attribute, [...part]);
    else throw new InputError(field, "an array", part);
  }
}

function similar(set: AttributeSet<unknown>, field: string): string {
  const plain = (word: string) => word.replace(/[-_]/g, "").toLowerCase();
  const match = Object.keys(set.attributes).find((name) => plain(name) === plain(field));
  return match ? `, is ${match} meant?` : "";
}

function attributeOf(set: AttributeSet<unknown>, field: string, part: unknown): Attribute<unknown> {
  const attribute = set.byField.get(field);
  if (!attribute) throw noSuchField(set, field, part);
  return attribute;
}

function noSuchField(set: AttributeSet<unknown>, field: string, part: unknown): InputError {
  return new InputError(field, `a field of ${set.name}${similar(set, field)}`, part);
}

/** The usual case, and a hundred thousand routes a second: no closure and no array for a field. */
function encodeFields(
  set: AttributeSet<unknown>,
  output: Output,
  value: Record<string, unknown>,
  scope: Scope,
  skip: ReadonlySet<string> | undefined,
): void {
  const { byField } = set;
  for (const field of Object.keys(value)) {
    const part = value[field];
    if (part === undefined) continue;
    const attribute = byField.get(field);
    if (!attribute) {
      if (field === "unknown" || field === "trailing" || skip?.has(field)) continue;
      throw noSuchField(set, field, part);
    }
    putAttribute(output, attribute, field, part, scope);
  }
}

/** Encodes with the unknown attributes where they stood. */
function encodeAmong(
  set: AttributeSet<unknown>,
  output: Output,
  value: Record<string, unknown>,
  scope: Scope,
  unknown: readonly UnknownAttribute[],
  skip: ReadonlySet<string> | undefined,
): void {
  let index = 0;
  let nextUnknown = 0;
  const putUnknown = (last: boolean): void => {
    while (nextUnknown < unknown.length && (last || unknown[nextUnknown]!.index <= index)) {
      putRaw(output, unknown[nextUnknown++]!);
      index++;
    }
  };
  eachField(set, value, skip, (field, attribute, parts) => {
    for (const [position, part] of parts.entries()) {
      putUnknown(false);
      if (put(output, attribute, field, position, part, scope)) index++;
    }
  });
  putUnknown(true);
}

/** Encodes in the order that the attributes were received in; what is new comes last. */
function encodeAsNoted(
  set: AttributeSet<unknown>,
  output: Output,
  value: Record<string, unknown>,
  scope: Scope,
  unknown: readonly UnknownAttribute[],
  forms: readonly AttributeForm[],
  skip: ReadonlySet<string> | undefined,
): void {
  const rest = new Map<string, { attribute: Attribute<unknown>; parts: readonly unknown[]; next: number }>();
  eachField(set, value, skip, (field, attribute, parts) => rest.set(field, { attribute, parts, next: 0 }));
  let nextUnknown = 0;
  for (const form of forms) {
    if (form.name === undefined) {
      if (nextUnknown < unknown.length) putRaw(output, unknown[nextUnknown++]!);
      continue;
    }
    const waiting = rest.get(form.name);
    if (!waiting || waiting.next === waiting.parts.length) continue;
    const position = waiting.next++;
    put(output, waiting.attribute, form.name, position, waiting.parts[position], scope, form);
  }
  for (const raw of unknown.slice(nextUnknown)) putRaw(output, raw);
  for (const [field, { attribute, parts, next }] of rest) {
    for (let position = next; position < parts.length; position++)
      put(output, attribute, field, position, parts[position], scope);
  }
}

function putRaw(output: Output, raw: UnknownAttribute): void {
  const start = output.begin(raw.type);
  output.append(raw.data);
  output.end(start);
}

/** Appends the attribute, or attributes, that a field's value stands for. */
export function putAttribute(
  output: Output,
  attribute: Attribute<unknown>,
  field: string,
  value: unknown,
  scope: Scope,
): void {
  if (!attribute.shape.multi) {
    put(output, attribute, field, 0, value, scope);
    return;
  }
  if (!Array.isArray(value)) throw new InputError(field, "an array", value);
  for (let i = 0; i < value.length; i++) put(output, attribute, field, i, value[i], scope);
}

/** Appends one attribute; false where its value means that it is not sent. */
function put(
  output: Output,
  { type, shape }: Attribute<unknown>,
  field: string,
  position: number,
  value: unknown,
  scope: Scope,
  form?: AttributeForm,
): boolean {
  const omitted = shape.omits?.(value);
  if (omitted && !form?.omitted) return false;
  const start = output.begin(form?.type ?? typeWord(type, shape, value));
  try {
    shape.encode(output, value, scope);
    if (omitted === form?.omitted) applyVariant(output, start + 4, form?.variant);
    output.end(start);
  } catch (error) {
    throw atField(shape.multi ? atField(error, `[${position}]`) : error, field);
  }
  return true;
}
