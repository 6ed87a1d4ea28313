import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { fixedString, string, stringOf } from "../../../../src/netlink/codec/string.ts";
import { DecodeError } from "../../../../src/netlink/errors.ts";
import { decodeShape, encodeShape } from "../../../support/shapes.ts";
import { bytes, hex, text, wire } from "../../../support/wire.ts";

test("a NUL is written, and none, one or several are read", () => {
  expect(encodeShape(string, "eth0")).toEqual(bytes(text("eth0"), 0));
  expect(encodeShape(string, "")).toEqual(bytes(0));
  for (const end of [[], [0], [0, 0, 0]]) expect(decodeShape(string, bytes(text("eth0"), end))).toBe("eth0");
  for (const end of [[], [0], [0, 0, 0]]) expect(decodeShape(string, bytes(end))).toBe("");
});

test("UTF-8, with its byte order mark", () => {
  for (const value of ["süß", "\ufeffx", "日本", "😀", "𐒀", "\u007f\u0080"]) {
    expect(encodeShape(string, value)).toEqual(bytes(text(value), 0));
    expect(decodeShape(string, bytes(text(value), 0))).toBe(value);
  }
});

test("bytes that are no UTF-8 come back", () => {
  expect(decodeShape(string, hex("61ff8000"))).toBe("a\udcff\udc80");
  expect(encodeShape(string, "a\udcff\udc80")).toEqual(hex("61ff8000"));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (data) => {
      const clean = data.filter((byte) => byte !== 0);
      expect(encodeShape(string, decodeShape(string, clean))).toEqual(bytes(clean, 0));
    }),
  );
});

test("bytes behind the NUL are not lost: the attribute stays as it is", () => {
  const set = attributes("set", () => ({ name: attr("NAME", 1, string) }));
  const raw = wire("little").attr(1, text("a"), 0, text("b"));
  expect(() => decodeShape(string, bytes(text("a"), 0, text("b")))).toThrow(DecodeError);
  const value = decodeShape(set, raw);
  expect(value).toEqual({ unknown: [{ type: 1, data: bytes(text("a"), 0, text("b")), index: 0 }] });
  expect(encodeShape(set, value)).toEqual(raw);
});

describe("refused", () => {
  test.each([
    ["NUL", string, "a\0b", "a string without NUL"],
    ["a number", string, 1, "a string"],
    ["too long", stringOf(3), "abcd", "at most 3 bytes"],
    ["too long in UTF-8", stringOf(3), "éé", "at most 3 bytes"],
    ["a lone surrogate", string, "\ud800", "text without lone surrogates"],
    ["escaped bytes among other text", string, "é\udcff", "text without lone surrogates"],
    ["too long for a field", fixedString(4), "abcde", "at most 4 bytes"],
  ] as const)("%s", (_name, shape, value, expected) => {
    expect(() => encodeShape(shape, value as string)).toThrow(`expected ${expected}`);
  });
});

test("a fixed field is filled up, and may be full", () => {
  const shape = fixedString(4);
  expect(encodeShape(shape, "ab")).toEqual(bytes(text("ab"), 0, 0));
  expect(encodeShape(shape, "abcd")).toEqual(text("abcd"));
  expect(decodeShape(shape, text("abcd"))).toBe("abcd");
  expect(decodeShape(shape, bytes(text("ab"), 0, 0))).toBe("ab");
  expect(() => decodeShape(shape, bytes(text("a"), 0, text("b"), 0))).toThrow(DecodeError);
});
