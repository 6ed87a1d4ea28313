import { InputError } from "../errors.ts";
import type { Input } from "./input.ts";
import { Output } from "./output.ts";

/**
 * How a decoded object was written, where its values alone do not tell. Noted by `decode(…, { exact: true })` under
 * symbols that are neither enumerated, compared nor copied, and honoured when the same object is encoded again.
 */
export interface AttributeForm {
  /** The field, or undefined for an entry of `unknown`. */
  readonly name: string | undefined;
  /** The attribute's type with its flag bits. */
  readonly type: number;
  readonly variant: Variant | undefined;
  /** The value stood for an attribute that is not sent, and yet was. */
  readonly omitted?: boolean | undefined;
}

/**
 * Bytes that the encoder writes otherwise: a string without its NUL, a struct shorter than known, padding that is not
 * zero. They are sent again as long as the value still encodes to what it encoded to then.
 */
export interface Variant {
  readonly encoded: Uint8Array;
  readonly received: Uint8Array;
}

const formsKey = Symbol("attribute forms");
const variantKey = Symbol("message variant");

interface Noted {
  [formsKey]?: readonly AttributeForm[];
  [variantKey]?: Variant;
}

function note(value: object, key: symbol, noted: unknown): void {
  Object.defineProperty(value, key, { value: noted, enumerable: false, writable: true, configurable: true });
}

/** Notes the attributes of a set in the order they stood in. */
export function noteForms(value: object, forms: readonly AttributeForm[]): void {
  note(value, formsKey, forms);
}

export function formsOf(value: object): readonly AttributeForm[] | undefined {
  return (value as Noted)[formsKey];
}

/** Notes the bytes of a whole message. */
export function noteVariant(value: object, variant: Variant | undefined): void {
  if (variant) note(value, variantKey, variant);
}

export function variantOf(value: object): Variant | undefined {
  return (value as Noted)[variantKey];
}

/** The variant of bytes just decoded; undefined where encoding gives the same bytes, or refuses the value. */
export function findVariant(
  input: Input,
  at: number,
  length: number,
  encode: (output: Output) => void,
): Variant | undefined {
  const output = new Output(input.little ? "little" : "big", 64);
  try {
    encode(output);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  const received = input.bytes.subarray(at, at + length);
  const encoded = output.bytes.subarray(0, output.at);
  return same(encoded, received) ? undefined : { encoded: encoded.slice(), received: received.slice() };
}

/** Puts the bytes that were received in place of those written since `start`, where the value did not change. */
export function applyVariant(output: Output, start: number, variant: Variant | undefined): void {
  if (!variant || !same(output.bytes.subarray(start, output.at), variant.encoded)) return;
  output.at = start;
  output.append(variant.received);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
