import { type Layout, struct as structLayout } from "buffer-layout";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipv4, mac } from "../../../../src/netlink/codec/address.ts";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { bytesOf, bytes as opaque, pad } from "../../../../src/netlink/codec/bytes.ts";
import { enumeration } from "../../../../src/netlink/codec/enumeration.ts";
import { be16, s8, s16, s32, u8, u16, u32, u64 } from "../../../../src/netlink/codec/integer.ts";
import { fixedString, string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { decodeShape, encodeShape, explainShape } from "../../../support/shapes.ts";
import { bytes, hex, ORDERS, text, wire } from "../../../support/wire.ts";

const inner = struct("inner", { x: u16, y: u16 });
const shape = struct("outer", {
  kind: enumeration(u8, "K_", { one: 1 }),
  gap: pad(1),
  port: be16,
  inner,
  large: u64,
  name: fixedString(4),
});

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { u16: half, u64: long, attr: at } = wire(byteOrder);
  const value = { kind: "one", port: 0x1234, inner: { x: 1, y: 2 }, large: 3n, name: "ab" } as const;
  const raw = bytes(1, 0, 0x12, 0x34, half(1), half(2), long(3), text("ab"), 0, 0);

  test("fields at their offsets, gaps left out", () => {
    expect(shape.size).toBe(20);
    expect(shape.fields.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ["kind", 0, 1],
      ["port", 2, 2],
      ["inner", 4, 4],
      ["large", 8, 8],
      ["name", 16, 4],
    ]);
    expect(decodeShape(shape, raw, byteOrder)).toEqual(value);
    expect(encodeShape(shape, value, byteOrder)).toEqual(raw);
  });

  test("fields that are not given are zero", () => {
    expect(encodeShape(shape, { port: 0x1234, inner: { y: 2 } } as never, byteOrder)).toEqual(
      bytes(0, 0, 0x12, 0x34, half(0), half(2), long(0), 0, 0, 0, 0),
    );
  });

  test("longer than known: the rest is kept", () => {
    const longer = bytes(raw, 9, 8, 7);
    expect(decodeShape(shape, longer, byteOrder)).toEqual({ ...value, trailing: bytes(9, 8, 7) });
    expect(encodeShape(shape, decodeShape(shape, longer, byteOrder), byteOrder)).toEqual(longer);
    expect(explainShape(shape, longer, byteOrder).at(-1)).toMatchObject({
      name: "trailing",
      start: 20,
      end: 23,
    });
  });

  test("shorter than known: the fields that are whole", () => {
    expect(decodeShape(shape, raw.slice(0, 8), byteOrder)).toEqual({
      kind: "one",
      port: 0x1234,
      inner: { x: 1, y: 2 },
    });
    expect(decodeShape(shape, raw.slice(0, 7), byteOrder)).toEqual({ kind: "one", port: 0x1234 });
    expect(decodeShape(shape, bytes(), byteOrder)).toEqual({});
    const set = attributes("s", () => ({ outer: attr("OUTER", 1, shape) }));
    const short = at(1, raw.slice(0, 8));
    expect(encodeShape(set, decodeShape(set, short, byteOrder, { exact: true }), byteOrder)).toEqual(short);
    expect(encodeShape(set, decodeShape(set, short, byteOrder), byteOrder)).toEqual(
      at(1, raw.slice(0, 8), new Uint8Array(12)),
    );
  });

  test("explained", () => {
    expect(explainShape(shape, raw, byteOrder)).toMatchObject([
      { name: "kind", start: 0, end: 1, value: "one", text: "K_ONE" },
      { name: "port", start: 2, end: 4, value: 0x1234 },
      {
        name: "inner",
        start: 4,
        end: 8,
        children: [{ name: "x" }, { name: "y", start: 6, end: 8, value: 2 }],
      },
      { name: "large", start: 8, end: 16, value: 3n },
      { name: "name", start: 16, end: 20, value: "ab" },
    ]);
  });
});

test("refused", () => {
  const encode = (value: unknown) => () => encodeShape(shape, value as never);
  expect(encode({ nonsense: 1 })).toThrow("nonsense: expected a field of struct outer (kind, port, inner");
  expect(encode({ inner: { x: -1 } })).toThrow("inner.x: expected an integer");
  expect(encode({ inner: { x: 1, trailing: bytes(1) } })).toThrow("inner: expected 4 bytes");
  expect(encode({ trailing: 1 })).toThrow("trailing: expected a Uint8Array");
  expect(encode([])).toThrow("struct outer");
  expect(encode(JSON.parse('{"__proto__": 1}'))).toThrow("__proto__");
  expect(() => struct("s", { a: string })).toThrow("struct s.a: string has no fixed size");
  expect(() => struct("s", { a: opaque })).toThrow("struct s.a: binary has no fixed size");
});

test("buffer-layout reads the same from little-endian bytes", () => {
  const numbers = struct("numbers", {
    a: u8,
    b: s8,
    c: u16,
    d: s16,
    e: u32,
    f: s32,
    g: be16,
    m: mac,
    v: ipv4,
    z: bytesOf(3),
  });
  const layout = structLayout(numbers.fields.map((field) => field.shape.layout!(field.name) as Layout));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: numbers.size, maxLength: numbers.size }), (raw) => {
      const ours = decodeShape(numbers, raw) as Record<string, unknown>;
      const theirs = layout.decode(Buffer.from(raw)) as Record<string, unknown>;
      for (const name of ["a", "b", "c", "d", "e", "f", "g"]) expect(ours[name]).toBe(theirs[name]);
      expect(Buffer.from(theirs.m as Uint8Array).toString("hex")).toBe(String(ours.m).replaceAll(":", ""));
      expect([...(theirs.v as Uint8Array)].join(".")).toBe(ours.v);
      expect(hex(Buffer.from(theirs.z as Uint8Array).toString("hex"))).toEqual(ours.z);
    }),
    { numRuns: 50 },
  );
});
