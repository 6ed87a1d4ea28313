import { describe, expect, test } from "vitest";
import { arrayOf, indexedArray, multi, tuple } from "../../../../src/netlink/codec/array.ts";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { bytes as opaque } from "../../../../src/netlink/codec/bytes.ts";
import { net16, u16, u32, u64 } from "../../../../src/netlink/codec/integer.ts";
import { string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { DecodeError } from "../../../../src/netlink/errors.ts";
import { decodeShape, encodeShape, explainShape } from "../../../support/shapes.ts";
import { bytes, ORDERS, text, wire } from "../../../support/wire.ts";

const pair = struct("pair", { a: u16, b: u16 });

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr: at, u16: half, u32: word, u64: long } = wire(byteOrder);

  test("an array in one attribute", () => {
    expect(decodeShape(arrayOf(u32), bytes(word(1), word(2)), byteOrder)).toEqual([1, 2]);
    expect(encodeShape(arrayOf(u64), [1n, 2n], byteOrder)).toEqual(bytes(long(1), long(2)));
    expect(decodeShape(arrayOf(pair), bytes(half(1), half(2), half(3), half(4)), byteOrder)).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
    expect(decodeShape(arrayOf(u32), bytes(), byteOrder)).toEqual([]);
    expect([0, 4, 6, 8].filter((n) => arrayOf(u32).accepts(n))).toEqual([0, 4, 8]);
  });

  test("a tuple", () => {
    const shape = tuple(u16, 3);
    expect(encodeShape(shape, [1, 2, 3], byteOrder)).toEqual(bytes(half(1), half(2), half(3)));
    expect(decodeShape(shape, bytes(half(1), half(2), half(3)), byteOrder)).toEqual([1, 2, 3]);
    expect([2, 4, 6, 8].filter((n) => shape.accepts(n))).toEqual([6]);
    const inside = struct("s", { x: u16, list: tuple(u16, 2) });
    expect(encodeShape(inside, { x: 1, list: [2, 3] }, byteOrder)).toEqual(bytes(half(1), half(2), half(3)));
    expect(decodeShape(inside, bytes(half(1), half(2), half(3)), byteOrder)).toEqual({ x: 1, list: [2, 3] });
  });

  test("an indexed array: types number the elements", () => {
    const raw = bytes(at(1, word(7)), at(2, word(8)));
    expect(decodeShape(indexedArray(u32), raw, byteOrder)).toEqual([7, 8]);
    expect(encodeShape(indexedArray(u32), [7, 8], byteOrder)).toEqual(raw);
    expect(encodeShape(indexedArray(u32, { first: 0 }), [7, 8], byteOrder)).toEqual(
      bytes(at(0, word(7)), at(1, word(8))),
    );
    expect(encodeShape(indexedArray(u32, { elementType: 4 }), [7, 8], byteOrder)).toEqual(
      bytes(at(4, word(7)), at(4, word(8))),
    );
    expect(encodeShape(indexedArray(net16), [1], byteOrder)).toEqual(at(0x4001, 0, 1));
  });

  test("an indexed array of nests", () => {
    const shape = indexedArray(attributes("s", () => ({ name: attr("NAME", 1, string) })));
    const raw = bytes(at(0x8001, at(1, text("a"), 0)), at(0x8002));
    expect(encodeShape(shape, [{ name: "a" }, {}], byteOrder)).toEqual(raw);
    expect(decodeShape(shape, raw, byteOrder)).toEqual([{ name: "a" }, {}]);
  });

  test("an indexed array that is none stays bytes", () => {
    const set = attributes("s", () => ({ list: attr("LIST", 1, indexedArray(u32)) }));
    for (const payload of [
      at(1, half(1)),
      bytes(at(1, word(1)), 1),
      bytes(1, 2, 3),
      bytes(half(2), half(1)),
    ]) {
      const raw = at(0x8001, payload);
      const value = decodeShape(set, raw, byteOrder);
      expect(value).toEqual({ unknown: [{ type: 0x8001, data: payload, index: 0 }] });
      expect(encodeShape(set, value, byteOrder)).toEqual(raw);
    }
  });

  test("exact: an indexed array with other types", () => {
    const set = attributes("s", () => ({ list: attr("LIST", 1, indexedArray(u32)) }));
    const raw = at(1, at(9, word(1)), at(0x8003, word(2)));
    const value = decodeShape(set, raw, byteOrder, { exact: true });
    expect(value).toEqual({ list: [1, 2] });
    expect(encodeShape(set, value, byteOrder)).toEqual(raw);
    value.list!.push(3);
    expect(encodeShape(set, value, byteOrder)).toEqual(at(1, at(1, word(1)), at(2, word(2)), at(3, word(3))));
  });

  test("explained with the ranges of the elements", () => {
    const raw = bytes(at(1, word(7)), at(2, word(8)));
    expect(explainShape(indexedArray(u32), raw, byteOrder)).toMatchObject([
      { name: "[0]", constant: "#1", attributeType: 1, start: 0, valueStart: 4, end: 8, value: 7 },
      { name: "[1]", constant: "#2", attributeType: 2, start: 8, valueStart: 12, end: 16, value: 8 },
    ]);
    expect(explainShape(arrayOf(pair), bytes(half(1), half(2), half(3), half(4)), byteOrder)).toMatchObject([
      {
        name: "[0]",
        start: 0,
        end: 4,
        children: [
          { name: "a", start: 0 },
          { name: "b", start: 2 },
        ],
      },
      {
        name: "[1]",
        start: 4,
        end: 8,
        children: [
          { name: "a", start: 4, value: 3 },
          { name: "b", end: 8 },
        ],
      },
    ]);
  });
});

test("refused", () => {
  expect(() => encodeShape(tuple(u16, 2), [1])).toThrow("an array of 2, got an array of 1");
  expect(() => encodeShape(arrayOf(u16), [1, -1])).toThrow("[1]: expected an integer");
  expect(() => encodeShape(arrayOf(u16), new Uint16Array(2) as never)).toThrow("an array");
  expect(() => encodeShape(arrayOf(pair), [{ a: 1, b: 2, trailing: bytes(1) }])).toThrow(
    "[0]: expected 4 bytes",
  );
  expect(() => encodeShape(indexedArray(u16), [1, "x" as never])).toThrow("[1]: expected an integer");
  expect(() => arrayOf(string)).toThrow("string has no fixed size");
  expect(() => arrayOf(opaque)).toThrow("binary has no fixed size");
});

test("indexed arrays inside of one another end", () => {
  const { attr: at } = wire("little");
  type Deep = Deep[];
  let shape = indexedArray(u32) as unknown as ReturnType<typeof indexedArray<Deep>>;
  let raw = at(1, 1, 0, 0, 0);
  for (let depth = 0; depth < 33; depth++) {
    shape = indexedArray(shape) as never;
    raw = at(0x8001, raw);
  }
  expect(() => decodeShape(shape, raw)).toThrow(DecodeError);
});

test("what an array is made of can be looked up", () => {
  expect([multi(pair), arrayOf(pair), tuple(pair, 2), indexedArray(pair)].map((shape) => shape.of)).toEqual([
    pair,
    pair,
    pair,
    pair,
  ]);
});
