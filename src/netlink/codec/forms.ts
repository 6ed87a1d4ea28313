/**
 * How a decoded object was written, where a value alone does not tell: order of attributes, flag bits of their types,
 * payload lengths (a string without its NUL, a struct shorter than known). Noted by `decode(…, { exact: true })` under
 * a symbol that is neither enumerated, compared nor copied, and honoured when the same object is encoded again.
 */
export interface AttributeForm {
  /** The field, or undefined for an entry of `unknown`. */
  readonly name: string | undefined;
  /** The attribute's type with its flag bits. */
  readonly type: number;
  readonly length: number;
}

const key = Symbol("netlink form");

interface Noted {
  [key]?: readonly AttributeForm[] | number;
}

export function noteForms(value: object, forms: readonly AttributeForm[]): void {
  Object.defineProperty(value, key, { value: forms, enumerable: false, writable: true, configurable: true });
}

export function formsOf(value: object): readonly AttributeForm[] | undefined {
  const noted = (value as Noted)[key];
  return typeof noted === "object" ? noted : undefined;
}

/** A struct's length where it was shorter than known. */
export function noteLength(value: object, length: number): void {
  Object.defineProperty(value, key, { value: length, enumerable: false, writable: true, configurable: true });
}

export function lengthOf(value: object): number | undefined {
  const noted = (value as Noted)[key];
  return typeof noted === "number" ? noted : undefined;
}
