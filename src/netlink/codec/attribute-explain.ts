/** Attribute sets as explained trees. */
import { NLA_F_NESTED, NLA_TYPE_MASK } from "../constants.ts";
import { DecodeError } from "../errors.ts";
import type { AttributeSet } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import type { Input } from "./input.ts";
import { type RawAttribute, readAttribute } from "./raw-attribute.ts";
import { deeper, type Explained, explainValue, MAX_DEPTH, type Scope } from "./shape.ts";

/** The attributes from `start` to `end`. */
export function explainAttributes(
  set: AttributeSet<unknown>,
  input: Input,
  start: number,
  end: number,
  scope: Scope,
): Explained[] {
  const parts: Explained[] = [];
  const counts = new Map<string, number>();
  let at = start;
  for (let raw = readAttribute(input, at, end); raw; raw = readAttribute(input, at, end)) {
    parts.push(explainAttribute(set, input, raw, scope, counts));
    at = raw.at + align4(raw.length);
  }
  if (at < end) {
    const problem = end - at < 4 ? "too few bytes for an attribute" : "length of the attribute does not fit";
    const value = input.bytes.slice(at, end);
    parts.push({ name: "trailing", start: at, end, valueStart: at, value, problem });
  }
  return parts;
}

function explainAttribute(
  set: AttributeSet<unknown>,
  input: Input,
  raw: RawAttribute,
  scope: Scope,
  counts: Map<string, number>,
): Explained {
  const place = {
    start: raw.at - 4,
    end: raw.at + raw.length,
    valueStart: raw.at,
    attributeType: raw.type,
  };
  const type = raw.type & NLA_TYPE_MASK;
  const known = set.byType.get(type);
  if (!known && set.opaque) return explainOpaque(set, input, raw, scope, place);
  if (!known) {
    const value = input.bytes.slice(raw.at, raw.at + raw.length);
    const problem = `unknown attribute ${type} of ${set.name}`;
    return { ...place, name: `unknown.${type}`, value, problem };
  }
  const [field, { constant, shape }] = known;
  try {
    if (!shape.accepts(raw.length)) throw new DecodeError(`${raw.length} bytes are no ${shape.type}`, raw.at);
    const part = explainValue(field, shape, input, raw.at, raw.length, scope);
    const count = counts.get(field) ?? 0;
    if (shape.multi) counts.set(field, count + 1);
    return {
      name: shape.multi ? `${field}[${count}]` : field,
      constant,
      attributeType: raw.type,
      start: raw.at - 4,
      end: raw.at + raw.length,
      valueStart: raw.at,
      value: part.value,
      text: part.text,
      number: part.number,
      unit: part.unit,
      shape: part.shape,
      children: part.children,
      set: part.set,
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const value = input.bytes.slice(raw.at, raw.at + raw.length);
    return { ...place, name: field, constant, value, problem: error.message };
  }
}

/** An attribute that nobody declared; one with NLA_F_NESTED has such attributes inside. */
function explainOpaque(
  set: AttributeSet<unknown>,
  input: Input,
  { type, at, length }: RawAttribute,
  scope: Scope,
  place: Pick<Explained, "start" | "end" | "valueStart" | "attributeType">,
): Explained {
  const name = `#${type & NLA_TYPE_MASK}`;
  const named = { ...place, name, constant: name };
  if (type & NLA_F_NESTED && scope.depth < MAX_DEPTH && isSound(input, at, at + length)) {
    return { ...named, set, children: explainAttributes(set, input, at, at + length, deeper(scope, at)) };
  }
  return { ...named, value: input.bytes.slice(at, at + length), shape: "binary" };
}

/** Whether attributes fill these bytes to the last one. */
function isSound(input: Input, start: number, end: number): boolean {
  let at = start;
  for (let raw = readAttribute(input, at, end); raw; raw = readAttribute(input, at, end)) {
    at = raw.at + align4(raw.length);
  }
  return at >= end;
}
