import { describe, expect, test } from "vitest";
import { bitfield32, enumeration, flags } from "../../../../src/netlink/codec/enumeration.ts";
import { be16, u8, u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { decodeShape, encodeShape } from "../../../support/shapes.ts";
import { bytes, hex, ORDERS, wire } from "../../../support/wire.ts";

const kind = enumeration(u16, "KIND_", {
  none: 0,
  lowerUp: 1,
  "two-words": 2,
  other: [7, "ODD_NAME"],
  alias: 1,
});
const state = flags(u32, "S_", { high: 0x80000000, up: 1, "lower-up": 0x10000, odd: [2, "T_ODD"] });

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { u16: half, u32: word } = wire(byteOrder);

  test("an enumeration: names, and numbers that have none", () => {
    expect(decodeShape(kind, half(1), byteOrder)).toBe("lowerUp");
    expect(decodeShape(kind, half(0x1234), byteOrder)).toBe(0x1234);
    expect(encodeShape(kind, "two-words", byteOrder)).toEqual(half(2));
    expect(encodeShape(kind, 0x1234, byteOrder)).toEqual(half(0x1234));
    expect(encodeShape(kind, "alias", byteOrder)).toEqual(half(1));
  });

  test("flags: bits without a name stay", () => {
    expect(decodeShape(state, word(0x80010009), byteOrder)).toEqual(["up", "lower-up", "high", 8]);
    expect(decodeShape(state, word(0), byteOrder)).toEqual([]);
    expect(encodeShape(state, ["high", 8, "up", 0x10000], byteOrder)).toEqual(word(0x80010009));
    expect(encodeShape(state, [0xffffffff], byteOrder)).toEqual(word(0xffffffff));
    expect(encodeShape(state, [], byteOrder)).toEqual(word(0));
  });

  test("bitfield32", () => {
    const value = { value: 0x80000001, selector: 0xffffffff };
    const raw = bytes(word(0x80000001), word(0xffffffff));
    expect(decodeShape(bitfield32, raw, byteOrder)).toEqual(value);
    expect(encodeShape(bitfield32, value, byteOrder)).toEqual(raw);
    expect(bitfield32.text?.(value)).toBe("0x80000001/0xffffffff");
  });
});

test("the kernel's constants", () => {
  expect((["none", "lowerUp", "two-words", "other", 9] as const).map((value) => kind.text!(value))).toEqual([
    "KIND_NONE",
    "KIND_LOWER_UP",
    "KIND_TWO_WORDS",
    "ODD_NAME",
    "9",
  ]);
  expect(state.text!(["high", "odd", 4])).toBe("T_ODD|S_HIGH|0x4");
  expect(state.text!([])).toBe("0");
  expect(kind.toNumber("other")).toBe(7);
  expect(state.toNumber(["up", "odd"])).toBe(3);
});

test("numbers in network byte order", () => {
  const protocol = enumeration(be16, "ETH_P_", { "8021q": 0x8100 });
  for (const order of ORDERS) {
    expect(encodeShape(protocol, "8021q", order)).toEqual(hex("8100"));
    expect(decodeShape(protocol, hex("8100"), order)).toBe("8021q");
  }
});

test("decoded flags are shared and frozen", () => {
  const value = decodeShape(state, bytes(1, 0, 0, 0));
  expect(decodeShape(state, bytes(1, 0, 0, 0))).toBe(value);
  expect(() => (value as unknown[]).push("odd")).toThrow(TypeError);
});

test("wrong names say which there are", () => {
  expect(() => encodeShape(kind, "up" as never)).toThrow("one of none, lowerUp, two-words, other, alias");
  expect(() => encodeShape(kind, "constructor" as never)).toThrow('got "constructor"');
  expect(() => encodeShape(state, "up" as never)).toThrow("an array of high, up, lower-up, odd");
  expect(() => encodeShape(state, ["up", "down" as never])).toThrow("[1]: expected one of");
  expect(() => encodeShape(flags(u8, "F_", { wide: 0x100 }), ["wide"])).toThrow(
    "[0]: expected bits of an integer 0 to 255",
  );
  expect(() => encodeShape(kind, 65536)).toThrow("an integer 0 to 65535");
  expect(() => encodeShape(bitfield32, { value: 1 } as never)).toThrow("selector: expected an integer");
});
