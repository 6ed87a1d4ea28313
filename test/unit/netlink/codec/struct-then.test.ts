/** A struct with something of any length behind it. */
import { expect, test } from "vitest";
import { arrayOf } from "../../../../src/netlink/codec/array.ts";
import { bytes } from "../../../../src/netlink/codec/bytes.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { u8, u16 } from "../../../../src/netlink/codec/integer.ts";
import { Output } from "../../../../src/netlink/codec/output.ts";
import type { Shape } from "../../../../src/netlink/codec/shape.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { structThen } from "../../../../src/netlink/codec/struct-then.ts";
import { subMessage } from "../../../../src/netlink/codec/sub-message.ts";
import { InputError } from "../../../../src/netlink/errors.ts";

const list = structThen(struct("list", { flags: u8, count: u8 }), "items", arrayOf(u16), "count");
const kinds = structThen(struct("kinds", { kind: u8 }), "value", subMessage("kind", { 1: u8, 2: u16 }));

function encode<T>(shape: Shape<T>, value: T): number[] {
  const output = new Output("big");
  shape.encode(output, value, undefined);
  return [...output.finish()];
}

function decode<T>(shape: Shape<T>, ...octets: number[]): T {
  return shape.decode(new Input(Uint8Array.from(octets), { byteOrder: "big" }), 0, octets.length, undefined);
}

test("the elements are counted where the caller does not", () => {
  expect(encode(list, { flags: 1, items: [2, 3] } as never)).toEqual([1, 2, 0, 2, 0, 3]);
  expect(encode(list, { flags: 1, count: 9, items: [2] })).toEqual([1, 9, 0, 2]);
  expect(decode(list, 1, 2, 0, 2, 0, 3)).toEqual({ flags: 1, count: 2, items: [2, 3] });
});

test("nothing need be behind it", () => {
  expect(encode(list, { flags: 1, count: 0 })).toEqual([1, 0]);
  expect(decode(list, 1, 0)).toEqual({ flags: 1, count: 0, items: [] });
});

test("a field of the struct chooses what follows", () => {
  expect(decode(kinds, 1, 7)).toEqual({ kind: 1, value: 7 });
  expect(decode(kinds, 2, 1, 0)).toEqual({ kind: 2, value: 256 });
  expect(decode(kinds, 3, 7)).toEqual({ kind: 3, value: Uint8Array.of(7) });
  expect(encode(kinds, { kind: 2, value: 256 })).toEqual([2, 1, 0]);
});

test("bytes that are too few, or none of what follows, are not taken", () => {
  expect(list.accepts(1)).toBe(false);
  expect(list.accepts(3)).toBe(false);
  expect(list.accepts(4)).toBe(true);
  expect(structThen(struct("one", { a: u8 }), "rest", bytes).accepts(5)).toBe(true);
});

test("a wrong value is refused with its place", () => {
  const refused = (value: unknown) => {
    try {
      encode(list, value as never);
    } catch (error) {
      return error instanceof InputError ? error.path : undefined;
    }
    return undefined;
  };
  expect(refused({ flags: 1, items: [2, -1] })).toBe("items[1]");
  expect(refused({ flags: 300 })).toBe("flags");
  expect(refused({ nonsense: 1 })).toBe("nonsense");
  expect(refused(null)).toBe("");
});

test("its parts are explained, each with its bytes", () => {
  const input = new Input(Uint8Array.of(1, 1, 0, 2), { byteOrder: "big" });
  expect(list.explain!(input, 0, 4, undefined)).toMatchObject([
    { name: "flags", start: 0, end: 1, value: 1 },
    { name: "count", start: 1, end: 2, value: 1 },
    { name: "items", start: 2, end: 4, children: [{ name: "[0]", value: 2 }] },
  ]);
});
