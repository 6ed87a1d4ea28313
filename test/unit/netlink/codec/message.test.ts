import { describe, expect, test } from "vitest";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { pad } from "../../../../src/netlink/codec/bytes.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { u8, u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { lazy, payloadOf } from "../../../../src/netlink/codec/lazy.ts";
import * as messages from "../../../../src/netlink/codec/message.ts";
import { messageType, protocol } from "../../../../src/netlink/codec/protocol.ts";
import type { Shape } from "../../../../src/netlink/codec/shape.ts";
import { string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { DecodeError } from "../../../../src/netlink/errors.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../../support/wire.ts";

const { decodeAttributes, decodePayload, encodePayload, message } = messages;

interface Node {
  family?: number;
  index?: number;
  mtu?: number;
  name?: string;
  peer?: Partial<Node>;
  trailing?: Uint8Array;
}
const header = struct("head", { family: u8, gap: pad(1), type: u16, index: u32 });
const set = attributes("node-attrs", () => ({
  mtu: attr("MTU", 1, u32),
  name: attr("NAME", 2, string),
  peer: attr(
    "PEER",
    3,
    lazy("peer", (): Shape<Partial<Node>> => payloadOf(node), true),
  ),
}));
const node = message("node", header, set) as unknown as messages.Message<Node>;

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr: at, u16: half, u32: word } = wire(byteOrder);
  const decode = (raw: Uint8Array, exact = false) => decodePayload(node, raw, { byteOrder, exact });
  const encode = (value: Node) => encodePayload(node, value, byteOrder);
  const head = bytes(7, 0, half(1), word(42));

  test("header and attributes are one object", () => {
    const raw = bytes(head, at(1, word(1500)), at(2, text("a"), 0));
    expect(decode(raw)).toEqual({ family: 7, type: 1, index: 42, mtu: 1500, name: "a" });
    expect(encode(decode(raw))).toEqual(raw);
    expect(encode({ mtu: 1 })).toEqual(bytes(zeros(8), at(1, word(1))));
  });

  test.each([0, 1, 2, 3, 4, 7])("a header cut after %i bytes", (length) => {
    const raw = head.slice(0, length);
    const fields = { ...(length >= 1 && { family: 7 }), ...(length >= 4 && { type: 1 }) };
    expect(decode(raw)).toEqual(fields);
    expect(encode(decode(raw))).toHaveLength(8);
    expect(encode(decode(raw, true))).toEqual(raw);
    // What is added is not lost.
    expect(encode(Object.assign(decode(raw, true), { mtu: 1 })).slice(8)).toEqual(at(1, word(1)));
    expect(encode(Object.assign(decode(raw, true), { index: 42 }))).toHaveLength(8);
  });

  test("padding that is not zero", () => {
    const raw = bytes(7, 0xaa, half(1), word(42), at(1, word(1)));
    expect(decode(raw)).toEqual({ family: 7, type: 1, index: 42, mtu: 1 });
    expect(encode(decode(raw, true))).toEqual(raw);
    expect(encode(decode(raw))[1]).toBe(0);
  });

  test("the last attribute without padding", () => {
    const raw = bytes(head, at(2, text("abcde"), 0).slice(0, -2));
    expect(decode(raw)).toMatchObject({ name: "abcde" });
    expect(encode(decode(raw, true))).toEqual(raw);
  });

  test("a message as the payload of an attribute", () => {
    const inner = bytes(head, at(2, text("b"), 0));
    const raw = bytes(head, at(0x8003, inner));
    const value = { family: 7, type: 1, index: 42, peer: { family: 7, type: 1, index: 42, name: "b" } };
    expect(decode(raw)).toEqual(value);
    expect(encode(decode(raw))).toEqual(raw);
    const [, , , peer] = node.explain(new Input(raw, { byteOrder }), 0, raw.length);
    expect(peer).toMatchObject({ name: "peer", start: 8, valueStart: 12, end: 28 });
    expect(peer!.set).toBe(set);
    expect(peer!.children).toMatchObject([
      { name: "family", start: 12, end: 13 },
      { name: "type", start: 14, end: 16 },
      { name: "index", start: 16, end: 20, value: 42 },
      { name: "name", start: 20, valueStart: 24, end: 26, value: "b", constant: "NAME", attributeType: 2 },
    ]);
  });

  test("messages inside of one another end at 32, also when they go round in a circle", () => {
    let raw = head;
    for (let depth = 0; depth < 1000; depth++) raw = bytes(head, at(0x8003, raw));
    let inner: Node | undefined = decode(raw);
    let depth = 0;
    for (; inner; depth++) inner = inner.peer;
    expect(depth).toBe(32);
    expect(encode(decode(raw))).toEqual(raw);
    const circle: Node = {};
    circle.peer = circle;
    expect(() => encode(circle)).toThrow("at most 32 nested attributes");
  });

  test("a payload too short for the inner header stays bytes", () => {
    const raw = bytes(head, at(0x8003, head.slice(0, 7)));
    expect(decode(raw)).toMatchObject({ unknown: [{ type: 0x8003, data: head.slice(0, 7), index: 0 }] });
    expect(encode(decode(raw))).toEqual(raw);
  });

  test("explained", () => {
    const raw = bytes(head, at(1, word(1500)), at(9, 1), half(9), half(1));
    const parts = node.explain(new Input(bytes(zeros(16), raw), { byteOrder }), 16, raw.length);
    expect(parts.map(({ name, start, end }) => [name, start, end])).toEqual([
      ["family", 16, 17],
      ["type", 18, 20],
      ["index", 20, 24],
      ["mtu", 24, 32],
      ["unknown.9", 32, 37],
      ["trailing", 40, 44],
    ]);
    expect(parts[3]).toMatchObject({ constant: "MTU", attributeType: 1, value: 1500, shape: "u32" });
    expect(parts[4]).toMatchObject({ problem: "unknown attribute 9 of node-attrs", value: bytes(1) });
    expect(parts[5]!.problem).toBe("length of the attribute does not fit");
  });

  test("explained: what is wrong with an attribute", () => {
    const raw = bytes(head, at(1, 1, 2), at(2, text("a"), 0, text("b")), 1);
    const parts = node.explain(new Input(raw, { byteOrder }), 0, raw.length).slice(3);
    expect(parts.map(({ name, problem }) => [name, problem])).toEqual([
      ["mtu", "2 bytes are no u32 (byte 12)"],
      ["name", "bytes after the string's NUL (byte 22)"],
      ["trailing", "too few bytes for an attribute"],
    ]);
    expect(parts[0]).toMatchObject({ value: bytes(1, 2), start: 8, end: 14 });
  });

  test("attributes on their own", () => {
    const input = new Input(bytes(0, 0, at(1, word(3))), { byteOrder });
    expect(decodeAttributes(set, input, 2, 8)).toEqual({ mtu: 3 });
    expect(() => decodeAttributes(set, input, 4, 8)).toThrow(DecodeError);
  });
});

test("declarations that contradict themselves", () => {
  const clash = attributes("clash", () => ({ index: attr("INDEX", 1, u32) }));
  expect(() => message("m", header, clash)).toThrow("m: index is a header field and an attribute");
  const types = [messageType("A", 1, node), messageType("B", 1, node)];
  expect(() => protocol("P", 0, types)).toThrow("B and A are both 1");
});
