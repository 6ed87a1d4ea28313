/** Cases that a compiled decoder and the interpreter could take differently, whatever the schema. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { indexedArray, multi } from "../../../../src/netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { learning } from "../../../../src/netlink/codec/compile-set.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { u8, u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { lazy } from "../../../../src/netlink/codec/lazy.ts";
import { type Message, message } from "../../../../src/netlink/codec/message.ts";
import type { Shape } from "../../../../src/netlink/codec/shape.ts";
import { string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { subMessage } from "../../../../src/netlink/codec/sub-message.ts";
import { linkMessage } from "../../../../src/rtnl/link/message.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../../support/wire.ts";

const a = attributes("a", () => ({ id: attr("ID", 1, u16) }));
const b = attributes("b", () => ({ id: attr("ID", 1, u32) }));
const choice = subMessage("kind", { a, b });
/** A set has a field of the same name as its enclosing ones. */
const inner = attributes("inner", () => ({
  data: attr("DATA", 1, choice),
  kind: attr("KIND", 2, string),
  list: attr("LIST", 3, multi(choice)),
  indexed: attr("INDEXED", 4, indexedArray(choice)),
  nest: attr(
    "NEST",
    5,
    attributes("nest", () => ({ data: attr("DATA", 1, choice) })),
  ),
}));

beforeAll(() => void (learning.always = true));
afterAll(() => void (learning.always = false));

interface Tree {
  leaf?: { id?: number };
  tree?: Tree;
  pair?: { leaf?: { id?: number } };
  list?: { id?: number }[];
}
const tree: AttributeSet<Tree> = attributes("tree", () => ({
  leaf: attr("LEAF", 1, b),
  tree: attr(
    "TREE",
    2,
    lazy("tree", (): Shape<Tree> => tree, true),
  ),
  pair: attr(
    "PAIR",
    3,
    attributes("pair", () => ({ leaf: attr("LEAF", 1, b) })),
  ),
  list: attr("LIST", 4, indexedArray(b)),
}));
const outer = message(
  "outer",
  struct("head", { family: u8, more: u8, rest: u16 }),
  attributes("outer", () => ({
    kind: attr("KIND", 1, string),
    inner: attr("INNER", 2, inner),
    tree: attr("TREE", 3, tree),
  })),
);

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr: at, bare, u32: word } = wire(byteOrder);
  const same = <T>(shape: Message<T>, payload: Uint8Array): T => {
    const input = new Input(payload, { byteOrder });
    shape.decode(input, 0, payload.length);
    // Its form is known now.
    const compiled = shape.decode(input, 0, payload.length);
    // Exact decoding is interpreted all the way, messages inside of messages included.
    const interpreted = shape.decode(new Input(payload, { byteOrder, exact: true }), 0, payload.length);
    expect(compiled).toEqual(interpreted);
    expect(Object.keys(compiled as object)).toEqual(Object.keys(interpreted as object));
    return compiled;
  };
  const kind = (type: number, name: string) => at(type, text(name), 0);
  const id = at(1, word(7));

  test.each([
    ["data", at(0x8001, id)],
    ["one of several", bytes(at(0x8003, id), at(0x8003, id))],
    ["elements", at(0x8004, at(1, id), at(2, id))],
    ["of the enclosing set", at(0x8005, at(0x8001, id))],
  ])("a selector behind, with another of its name further out: %s", (_name, data) => {
    const payload = bytes(zeros(4), kind(1, "a"), at(0x8002, data, kind(2, "b")));
    expect(JSON.stringify(same(outer, payload))).toContain('{"id":7}');
    same(outer, bytes(zeros(4), at(0x8002, data, kind(2, "b")), kind(1, "a")));
    same(outer, bytes(zeros(4), kind(1, "b"), at(0x8002, data)));
    same(outer, bytes(zeros(4), at(0x8002, data), kind(1, "b")));
    same(outer, bytes(zeros(4), at(0x8002, kind(2, "b"), data, kind(2, "a"))));
  });

  test.each([
    ["a leaf", at(0x8001, id)],
    ["a leaf in a set without choices", at(0x8003, at(0x8001, id))],
    ["a list", at(0x8004, at(1, id))],
  ])("the 32nd level is the same for both: %s", (_name, leaf) => {
    for (let depth = 26; depth < 34; depth++) {
      let payload = leaf;
      for (let level = 0; level < depth; level++) payload = at(0x8002, payload);
      same(outer, bytes(zeros(4), at(0x8003, payload)));
    }
  });

  test("links inside of links", () => {
    const options = [
      at(18, kind(1, "vxlan"), at(2, at(1, word(7)))),
      at(26, at(10, at(1, word(7)))),
      at(52, kind(53, "x")),
      at(22, at(1, at(12, at(1, zeros(16))))),
    ];
    for (let depth = 8; depth < 13; depth++) {
      for (const option of options) {
        let payload = bytes(zeros(16), option);
        for (let level = 0; level < depth; level++)
          payload = bytes(zeros(16), at(18, kind(1, "veth"), bare(2, bare(1, payload))));
        same(linkMessage, payload);
      }
    }
  });
});
