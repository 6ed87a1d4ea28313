import { afterAll, beforeAll, expect, test } from "vitest";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { learning } from "../../../../src/netlink/codec/compile-set.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { Output } from "../../../../src/netlink/codec/output.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { mostlyZero } from "../../../../src/netlink/codec/zero-struct.ts";

const pair = mostlyZero(struct("pair", { a: u32, b: u16, c: u16 }));
const set = attributes("pair-attrs", () => ({ pair: attr("PAIR", 1, pair) }));

const message = (bytes: readonly number[]) =>
  new Input(Uint8Array.of(4 + bytes.length, 0, 1, 0, ...bytes), { byteOrder: "little" });
const interpreted = (bytes: readonly number[]) =>
  set.decode(message(bytes), 0, 4 + bytes.length, undefined).pair;

/** The pair by the interpreter and twice by the compiled decoder. */
function decoded(bytes: readonly number[]) {
  const compiled = () => set.compiled(true).decode(message(bytes), 0, 4 + bytes.length, undefined).pair;
  // The second is of a known form.
  return [interpreted(bytes), compiled(), compiled()];
}

const ZERO = [0, 0, 0, 0, 0, 0, 0, 0];

beforeAll(() => void (learning.always = true));
afterAll(() => void (learning.always = false));

test("values of zeros are one, which cannot be changed", () => {
  const [first, second, third] = decoded(ZERO);
  expect(first).toEqual({ a: 0, b: 0, c: 0 });
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(decoded(ZERO)[0]).toBe(first);
  expect(Object.isFrozen(first)).toBe(true);
});

test.each([0, 4, 7])("a value with byte %i set is its own", (place) => {
  const bytes = ZERO.with(place, 2);
  const [first, second, third] = decoded(bytes);
  expect(first).toEqual(second);
  expect(first).toEqual(third);
  expect(first).not.toBe(second);
  expect(Object.isFrozen(first)).toBe(false);
  const output = new Output("little");
  pair.encode(output, first as { a: number; b: number; c: number }, undefined);
  expect([...output.finish()]).toEqual(bytes);
});

test("a longer or shorter struct of zeros is not the shared one", () => {
  expect(interpreted([...ZERO, 0])).toEqual({ a: 0, b: 0, c: 0, trailing: Uint8Array.of(0) });
  expect(interpreted(ZERO.slice(0, 6))).toEqual({ a: 0, b: 0 });
});

test("a size that is no multiple of four is refused", () => {
  expect(() => mostlyZero(struct("odd", { a: u16 }))).toThrow(TypeError);
});
