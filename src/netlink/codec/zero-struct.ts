import { Input } from "./input.ts";
import type { StructShape } from "./struct.ts";

/**
 * A struct that is all zero in most messages: one frozen value stands for all of these. A hundred thousand routes would
 * otherwise have one each.
 */
export function mostlyZero<T extends object>(of: StructShape<T>): StructShape<Readonly<T>> {
  const { size } = of;
  if (size % 4 !== 0) throw new TypeError(`struct ${of.name} has ${size} bytes, no multiple of 4`);
  const words = Array.from({ length: size / 4 }, (_, word) => word * 4);
  const zero = Object.freeze(of.decode(new Input(new Uint8Array(size)), 0, size, undefined));
  return {
    ...of,
    source(code, at, length) {
      const bits = words.map((offset) => `V.getInt32(${at} + ${offset})`).join(" | ");
      const isZero = `${length} === ${size} && (${bits}) === 0`;
      return `(${isZero} ? ${code.capture(zero)} : ${of.source!(code, at, length)})`;
    },
    decode(input, at, length, scope) {
      const { view } = input;
      const isZero = length === size && words.every((offset) => view.getInt32(at + offset) === 0);
      return isZero ? zero : of.decode(input, at, length, scope);
    },
  };
}
