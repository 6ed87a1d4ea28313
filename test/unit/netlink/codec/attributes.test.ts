import { describe, expect, test } from "vitest";
import { indexedArray, multi } from "../../../../src/netlink/codec/array.ts";
import {
  type AttributeSet,
  attr,
  attributes,
  readAttribute,
} from "../../../../src/netlink/codec/attributes.ts";
import { flag } from "../../../../src/netlink/codec/bytes.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { net16, u8, u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { lazy } from "../../../../src/netlink/codec/lazy.ts";
import type { Shape } from "../../../../src/netlink/codec/shape.ts";
import { string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { InputError } from "../../../../src/netlink/errors.ts";
import { decodeShape, encodeShape } from "../../../support/shapes.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../../support/wire.ts";

const NESTED = 0x8000;
const NETWORK = 0x4000;

interface Tree {
  leaf?: number;
  tree?: Tree;
}
const tree: AttributeSet<Tree> = attributes("tree", () => ({
  leaf: attr("LEAF", 1, u8),
  tree: attr(
    "TREE",
    2,
    lazy("tree", (): Shape<Tree> => tree, true),
  ),
}));

const set = attributes("test-attrs", () => ({
  mtu: attr("T_MTU", 4, u32),
  name: attr("T_NAME", 3, string),
  up: attr("T_UP", 9, flag),
  port: attr("T_PORT", 5, net16),
  tree: attr("T_TREE", 7, tree),
  tags: attr("T_TAGS", 8, multi(string)),
  pairs: attr("T_PAIRS", 10, multi(struct("pair", { a: u16, b: u16 }))),
  list: attr("T_LIST", 11, indexedArray(u32)),
}));

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr: at, bare, u16: half, u32: word } = wire(byteOrder);
  const decode = (raw: Uint8Array, exact = false) => decodeShape(set, raw, byteOrder, { exact });
  const encode = (value: Parameters<typeof set.encode>[1]) => encodeShape(set, value, byteOrder);

  test("fields in the order of the object, with flag bits and padding", () => {
    const value = { name: "eth0", mtu: 1500, up: true, port: 4789, tree: { leaf: 1, tree: {} } };
    const raw = bytes(
      at(3, text("eth0"), 0),
      at(4, word(1500)),
      at(9),
      at(5 | NETWORK, 0x12, 0xb5),
      at(7 | NESTED, at(1, 1), at(2 | NESTED)),
    );
    expect(encode(value)).toEqual(raw);
    expect(decode(raw)).toEqual(value);
    expect(Object.keys(decode(raw))).toEqual(Object.keys(value));
  });

  test("undefined and false are not sent", () => {
    expect(encode({ mtu: undefined, up: false, tree: undefined })).toEqual(bytes());
  });

  test("flag bits are not looked at", () => {
    const raw = bytes(at(7, at(1 | NESTED | NETWORK, 1)), at(4 | NETWORK, word(7)));
    expect(decode(raw)).toEqual({ tree: { leaf: 1 }, mtu: 7 });
    expect(encode(decode(raw))).toEqual(bytes(at(7 | NESTED, at(1, 1)), at(4, word(7))));
    expect(encode(decode(raw, true))).toEqual(raw);
  });

  test("unknown attributes keep their place, flags and bytes", () => {
    const raw = bytes(
      at(100 | NESTED, 1, 2, 3),
      at(4, word(1)),
      at(200, []),
      at(100, 4),
      at(9),
      at(0x3fff | NETWORK, word(1)),
    );
    const value = decode(raw);
    expect(value).toEqual({
      mtu: 1,
      up: true,
      unknown: [
        { type: 100 | NESTED, data: bytes(1, 2, 3), index: 0 },
        { type: 200, data: bytes(), index: 2 },
        { type: 100, data: bytes(4), index: 3 },
        { type: 0x3fff | NETWORK, data: word(1), index: 5 },
      ],
    });
    expect(encode(value)).toEqual(raw);
    expect(encode({ ...value, unknown: value.unknown!.toReversed() })).toEqual(raw);
  });

  test("a length that no such value has leaves the bytes", () => {
    const raw = bytes(at(4, 1, 2), at(9, 1), at(3, text("x"), 0));
    const value = decode(raw);
    expect(value).toEqual({
      name: "x",
      unknown: [
        { type: 4, data: bytes(1, 2), index: 0 },
        { type: 9, data: bytes(1), index: 1 },
      ],
    });
    expect(encode(value)).toEqual(raw);
  });

  test("of a repeated attribute the last counts, and none is lost", () => {
    const raw = bytes(at(4, word(1)), at(3, text("x"), 0), at(4, word(2)), at(99), at(4, word(3)), at(4, 5));
    const value = decode(raw);
    expect(value).toEqual({
      mtu: 3,
      name: "x",
      unknown: [
        { type: 4, data: word(1), index: 0 },
        { type: 4, data: word(2), index: 2 },
        { type: 99, data: bytes(), index: 3 },
        { type: 4, data: bytes(5), index: 5 },
      ],
    });
    expect(Object.keys(value)).toEqual(["name", "unknown", "mtu"]);
    expect(encode(value)).toEqual(raw);
    expect(encode(decode(raw, true))).toEqual(raw);
  });

  test("a repeated attribute of a multi-attr is one field", () => {
    const raw = bytes(
      at(8, text("a"), 0),
      at(8, text("b"), 0),
      at(10, half(1), half(2)),
      at(10, half(3), half(4)),
    );
    const value = {
      tags: ["a", "b"],
      pairs: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    };
    expect(decode(raw)).toEqual(value);
    expect(encode(value)).toEqual(raw);
    expect(encode({ tags: [] })).toEqual(bytes());
  });

  test("elements of a multi-attr apart from one another", () => {
    const raw = bytes(at(8, text("a"), 0), at(4, word(1)), at(8, text("b"), 0));
    expect(decode(raw)).toEqual({ tags: ["a", "b"], mtu: 1 });
    expect(encode(decode(raw, true))).toEqual(raw);
  });

  test.each([1, 2, 3])("%i bytes behind the last attribute", (count) => {
    const raw = bytes(
      at(4, word(1)),
      Array.from({ length: count }, () => 0xaa),
    );
    expect(decode(raw)).toEqual({ mtu: 1, trailing: raw.slice(8) });
    expect(encode(decode(raw))).toEqual(raw);
    const nested = bytes(at(7 | NESTED, at(1, 1), zeros(count)), at(4, word(1)));
    expect(decode(nested)).toEqual({ tree: { leaf: 1, trailing: zeros(count) }, mtu: 1 });
    expect(encode(decode(nested))).toEqual(nested);
  });

  test.each([0, 1, 3, 13, 0xffff])("a length of %i, where 4 to 12 would fit", (length) => {
    const broken = bytes(half(length), half(4), word(7), word(0));
    const raw = bytes(at(9), broken);
    expect(decode(raw)).toEqual({ up: true, trailing: broken });
    expect(encode(decode(raw))).toEqual(raw);
  });

  test("the last attribute without its padding", () => {
    const raw = bytes(at(4, word(1)), bare(3, text("lo")));
    expect(decode(raw)).toEqual({ mtu: 1, name: "lo" });
    const nested = at(7 | NESTED, bare(1, 5));
    expect(decode(nested)).toEqual({ tree: { leaf: 5 } });
    expect(encode(decode(nested, true))).toEqual(nested);
  });

  test("exact: what no value tells comes back, until the value changes", () => {
    const raw = bytes(bare(3, text("abcd")), at(7, bare(1, 5)), at(10, half(1)), at(4, word(1)));
    const value = decode(raw, true);
    expect(value).toEqual({ name: "abcd", tree: { leaf: 5 }, pairs: [{ a: 1 }], mtu: 1 });
    expect(encode(value)).toEqual(raw);
    value.mtu = 2;
    expect(encode(value)).toEqual(bytes(raw.slice(0, -4), word(2)));
    value.name = "e";
    value.pairs![0]!.b = 6;
    value.up = true;
    expect(encode(value)).toEqual(
      bytes(at(3, text("e"), 0), at(7, bare(1, 5)), at(10, half(1), half(6)), at(4, word(2)), at(9)),
    );
    delete value.mtu;
    value.tags = ["t"];
    expect(encode(value)).toEqual(
      bytes(at(3, text("e"), 0), at(7, bare(1, 5)), at(10, half(1), half(6)), at(9), at(8, text("t"), 0)),
    );
    expect(encode({ ...value })).toEqual(
      bytes(
        at(3, text("e"), 0),
        at(7 | NESTED, at(1, 5)),
        at(10, half(1), half(6)),
        at(9),
        at(8, text("t"), 0),
      ),
    );
  });

  test("exact: what the forms are noted in does not show", () => {
    const value = decode(bytes(at(7, at(1, 5)), bare(3, text("abcd"))), true);
    expect(Object.keys(value)).toEqual(["tree", "name"]);
    expect(JSON.stringify(value)).toBe('{"tree":{"leaf":5},"name":"abcd"}');
    expect(structuredClone(value)).toEqual({ tree: { leaf: 5 }, name: "abcd" });
    expect(value).toStrictEqual({ tree: { leaf: 5 }, name: "abcd" });
  });

  test("exact: an attribute that was sent, though its value means that it is not", () => {
    const odd: Shape<boolean> = {
      ...flag,
      size: undefined,
      accepts: (length) => length <= 1,
      decode: (input, from, length) => length === 0 || input.bytes[from] !== 0,
    };
    const odds = attributes("odds", () => ({ odd: attr("ODD", 1, odd) }));
    const values = [at(1, 0), at(1, 1), at(1)].map((raw) => {
      const value = decodeShape(odds, raw, byteOrder, { exact: true });
      expect(encodeShape(odds, value, byteOrder)).toEqual(raw);
      return value;
    });
    expect(values.map((value) => value.odd)).toEqual([false, true, true]);
    const changed = values.map((value) =>
      encodeShape(odds, Object.assign(value, { odd: !value.odd }), byteOrder),
    );
    expect(changed).toEqual([at(1), bytes(), bytes()]);
    expect(encodeShape(odds, { odd: false }, byteOrder)).toEqual(bytes());
  });

  test("nested deeper than 32 stays bytes", () => {
    let raw = at(1, 7);
    for (let depth = 0; depth < 40; depth++) raw = at(2 | NESTED, raw);
    const value = decodeShape(tree, raw, byteOrder);
    let inner: Tree & { unknown?: unknown[] } = value;
    let depth = 1;
    while (inner.tree) {
      inner = inner.tree;
      depth++;
    }
    expect(depth).toBe(32);
    expect(inner.unknown).toHaveLength(1);
    expect(encodeShape(tree, value, byteOrder)).toEqual(raw);
  });

  test("readAttribute", () => {
    const input = new Input(bytes(at(4 | NESTED, 1, 2), half(4)), { byteOrder });
    expect(readAttribute(input, 0, 10)).toEqual({ type: 4 | NESTED, at: 4, length: 2 });
    expect(readAttribute(input, 0, 5)).toBeUndefined();
    expect(readAttribute(input, 8, 10)).toBeUndefined();
  });
});

describe("refused", () => {
  const path = (value: object): string => {
    try {
      encodeShape(set as Shape<object>, value);
    } catch (error) {
      if (error instanceof InputError) return error.path;
      throw error;
    }
    return "accepted";
  };

  test("the path names the field", () => {
    expect(path({ mtu: -1 })).toBe("mtu");
    expect(path({ tree: { tree: { leaf: 256 } } })).toBe("tree.tree.leaf");
    expect(path({ tags: ["a", 1] })).toBe("tags[1]");
    expect(path({ tags: ["a", undefined] })).toBe("tags[1]");
    expect(path({ tags: "a" })).toBe("tags");
    expect(path({ pairs: [{ a: 1 }, { b: 70_000 }] })).toBe("pairs[1].b");
    expect(path({ pairs: [{ c: 1 }] })).toBe("pairs[0].c");
    expect(path({ list: [1, -1] })).toBe("list[1]");
    expect(path({ tree: null })).toBe("tree");
    expect(path({ tree: { unknown: [{ type: 1, data: "x", index: 0 }] } })).toBe("tree.unknown[0].data");
    expect(path({ trailing: [1] })).toBe("trailing");
    expect(path({ pairs: [{ trailing: 1 }] })).toBe("pairs[0].trailing");
  });

  test("an unknown field, with the one that is meant", () => {
    expect(() => encodeShape(set as Shape<object>, { MTU: 1 })).toThrow(
      "MTU: expected a field of test-attrs, is mtu meant?, got 1",
    );
    expect(path({ nonsense: undefined })).toBe("accepted");
    expect(path(JSON.parse('{"__proto__": 1}'))).toBe("__proto__");
    expect(path({ hasOwnProperty: 1 })).toBe("hasOwnProperty");
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test("an attribute of more than 64 KiB", () => {
    expect(() => encodeShape(set, { name: "x".repeat(65_531) })).toThrow(
      "name: expected at most 65531 bytes",
    );
    expect(encodeShape(set, { name: "x".repeat(65_530) })).toHaveLength(65_536);
    expect(path({ tree: { unknown: [{ type: 1, data: zeros(65_532), index: 0 }] } })).toBe(
      "tree.unknown[0].data",
    );
  });

  test("nesting without end", () => {
    const loop: Tree = {};
    loop.tree = loop;
    expect(() => encodeShape(tree, loop)).toThrow("at most 32 nested attributes");
  });

  test("declarations that contradict themselves", () => {
    const twice = attributes("s", () => ({ a: attr("A", 1, u8), b: attr("B", 1, u8) }));
    expect(() => twice.byType).toThrow("B and A are both 1");
    for (const name of ["unknown", "trailing", "constructor", "__proto__"]) {
      const set = attributes("s", () => Object.fromEntries([[name, attr("A", 1, u8)]]));
      expect(() => set.byType).toThrow("is no name for a field");
    }
  });
});
