import { describe, expect, test } from "vitest";
import { bool8 } from "../../../../src/netlink/codec/boolean.ts";
import { bytesOf, flag, bytes as opaque } from "../../../../src/netlink/codec/bytes.ts";
import * as integers from "../../../../src/netlink/codec/integer.ts";
import type { Shape } from "../../../../src/netlink/codec/shape.ts";
import { InputError } from "../../../../src/netlink/errors.ts";
import { decodeShape, encodeShape } from "../../../support/shapes.ts";
import { bytes, hex } from "../../../support/wire.ts";

const { u8, s8, u16, s16, u32, s32, u64, s64, be16, be32, be64, net16, net32, uint, sint } = integers;

type Row = [name: string, shape: Shape<number | bigint>, value: number | bigint, big: string];
const host = [
  ["u8", u8, 255, "ff"],
  ["s8", s8, -128, "80"],
  ["u16", u16, 0xfffe, "fffe"],
  ["s16", s16, -2, "fffe"],
  ["u32", u32, 0xdeadbeef, "deadbeef"],
  ["s32", s32, -2147483648, "80000000"],
  ["u64", u64, 0xdeadbeef01020304n, "deadbeef01020304"],
  ["s64", s64, -2n, "fffffffffffffffe"],
  ["uint of 4", uint, 0xffffffffn, "ffffffff"],
  ["uint of 8", uint, 0x100000000n, "0000000100000000"],
  ["sint of 4", sint, -2147483648n, "80000000"],
  ["sint of 8", sint, -2147483649n, "ffffffff7fffffff"],
  ["sint of 8, positive", sint, 2147483648n, "0000000080000000"],
] as unknown as Row[];
const network = [
  ["be16", be16, 4789, "12b5"],
  ["be32", be32, 0x12345, "00012345"],
  ["be64", be64, 1n, "0000000000000001"],
  ["net16", net16, 0x8100, "8100"],
  ["net32", net32, 1, "00000001"],
] as unknown as Row[];

describe("host byte order", () => {
  test.each(host)("%s", (_name, shape, value, big) => {
    expect(encodeShape(shape, value, "big")).toEqual(hex(big));
    expect(encodeShape(shape, value, "little")).toEqual(hex(big).reverse());
    expect(decodeShape(shape, hex(big), "big")).toBe(value);
    expect(decodeShape(shape, hex(big).reverse(), "little")).toBe(value);
  });
});

describe("network byte order", () => {
  test.each(network)("%s", (_name, shape, value, big) => {
    for (const order of ["big", "little"] as const) {
      expect(encodeShape(shape, value, order)).toEqual(hex(big));
      expect(decodeShape(shape, hex(big), order)).toBe(value);
    }
  });

  test("the type word says so only where it must", () => {
    expect([be16, be32, be64, u16].map((shape) => shape.netByteOrder ?? false)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([net16, net32].map((shape) => shape.netByteOrder)).toEqual([true, true]);
  });
});

describe("range", () => {
  test.each([
    ["u8", u8, [-1, 256, 0.5, 1n, "1"], "an integer 0 to 255"],
    ["s16", s16, [-32769, 32768, Number.NaN], "an integer -32768 to 32767"],
    ["u32", u32, [-1, 2 ** 32, Number.POSITIVE_INFINITY], "an integer 0 to 4294967295"],
    ["u64", u64, [-1n, 2n ** 64n, 1], "a bigint 0 to 18446744073709551615"],
    ["s64", s64, [2n ** 63n, -(2n ** 63n) - 1n], "a bigint -9223372036854775808 to 9223372036854775807"],
    ["uint", uint, [-1n, 2n ** 64n], "a bigint 0 to 18446744073709551615"],
    ["uint of a number", uint, [1], "a bigint"],
    ["sint", sint, [2n ** 63n], "a bigint -9223372036854775808 to 9223372036854775807"],
  ] as [string, Shape<unknown>, unknown[], string][])("%s", (_name, shape, wrong, expected) => {
    for (const value of wrong) {
      expect(() => encodeShape(shape, value)).toThrow(InputError);
      expect(() => encodeShape(shape, value)).toThrow(`expected ${expected}, got`);
    }
  });

  test("sizes", () => {
    const accepted = (shape: Pick<Shape<unknown>, "accepts">) =>
      [0, 1, 2, 3, 4, 5, 8, 16].filter((n) => shape.accepts(n));
    expect(accepted(u16)).toEqual([2]);
    expect(accepted(uint)).toEqual([4, 8]);
    expect(accepted(sint)).toEqual([4, 8]);
    expect(accepted(flag)).toEqual([0]);
    expect(accepted(opaque)).toHaveLength(8);
    expect(accepted(bytesOf(16))).toEqual([16]);
  });
});

test("a boolean of one byte keeps other numbers", () => {
  expect([0, 1, 2, 255].map((byte) => decodeShape(bool8, bytes(byte)))).toEqual([false, true, 2, 255]);
  expect([false, true, 2, 255, 0, 1].map((value) => [...encodeShape(bool8, value)])).toEqual([
    [0],
    [1],
    [2],
    [255],
    [0],
    [1],
  ]);
  for (const wrong of [256, -1, "true", null, 1n]) {
    expect(() => encodeShape(bool8, wrong as never)).toThrow(InputError);
  }
});

test("bytes are a copy", () => {
  const datagram = bytes(1, 2, 3);
  const value = decodeShape(opaque, datagram);
  datagram[0] = 9;
  expect(value).toEqual(bytes(1, 2, 3));
  expect(() => encodeShape(bytesOf(2), bytes(1))).toThrow("expected 2 bytes, got 1 bytes");
});
