import { InputError } from "../errors.ts";
import { blob } from "./layout.ts";
import type { Output } from "./output.ts";
import type { Shape } from "./shape.ts";

function put(output: Output, value: unknown, size?: number): void {
  if (!(value instanceof Uint8Array)) throw new InputError("", "a Uint8Array", value);
  if (size !== undefined && value.length !== size) throw new InputError("", `${size} bytes`, value);
  output.append(value);
}

/** Opaque bytes, as a copy of their own. */
export const bytes: Shape<Uint8Array> = {
  type: "binary",
  acceptsAll: true,
  accepts: () => true,
  source: (_code, at, length) => `B.slice(${at}, ${at} + ${length})`,
  decode: (input, at, length) => input.bytes.slice(at, at + length),
  encode: (output, value) => put(output, value),
};

/** Exactly `size` opaque bytes. */
export function bytesOf(size: number): Shape<Uint8Array> {
  return {
    type: `binary[${size}]`,
    size,
    layout: (property) => blob(size, property),
    accepts: (length) => length === size,
    source: (_code, at) => `B.slice(${at}, ${at} + ${size})`,
    decode: (input, at) => input.bytes.slice(at, at + size),
    encode: (output, value) => put(output, value, size),
  };
}

/** Padding in a struct: not part of the value, zero when sent. */
export function pad(size: number): Shape<never> {
  return {
    type: "pad",
    size,
    layout: (property) => blob(size, property),
    accepts: (length) => length === size,
    decode: () => undefined as never,
    encode: (output) => void output.take(size),
  };
}

/** An attribute whose presence is the value; `false` is the same as not sent. */
export const flag: Shape<boolean> = {
  type: "flag",
  size: 0,
  accepts: (length) => length === 0,
  decode: () => true,
  encode(_output, value) {
    if (typeof value !== "boolean") throw new InputError("", "a boolean", value);
  },
  omits: (value) => value === false,
};
