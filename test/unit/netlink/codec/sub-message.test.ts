import { describe, expect, test } from "vitest";
import { attr, attributes } from "../../../../src/netlink/codec/attributes.ts";
import { bytes as opaque } from "../../../../src/netlink/codec/bytes.ts";
import { enumeration } from "../../../../src/netlink/codec/enumeration.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { u8, u16, u32 } from "../../../../src/netlink/codec/integer.ts";
import { decodePayload, encodePayload, message } from "../../../../src/netlink/codec/message.ts";
import { string } from "../../../../src/netlink/codec/string.ts";
import { struct } from "../../../../src/netlink/codec/struct.ts";
import { subMessage } from "../../../../src/netlink/codec/sub-message.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../../support/wire.ts";

const vlan = attributes("vlan", () => ({ id: attr("ID", 1, u16) }));
const vxlan = attributes("vxlan", () => ({ id: attr("ID", 1, u32) }));
const info = attributes("info", () => ({
  kind: attr("KIND", 1, string),
  data: attr("DATA", 2, subMessage("kind", { vlan, vxlan, number: u32 })),
}));
const outer = attributes("outer", () => ({
  info: attr("INFO", 1, info),
  mode: attr("MODE", 2, enumeration(u8, "MODE_", { vlan: 1 })),
  nest: attr(
    "NEST",
    3,
    attributes("nest", () => ({ data: attr("DATA", 1, subMessage("mode", { vlan })) })),
  ),
  byFamily: attr("BY_FAMILY", 4, subMessage("family", { vlan }, vxlan)),
}));
const thing = message(
  "thing",
  struct("head", { family: enumeration(u8, "F_", { vlan: 7 }), rest: u8, more: u16 }),
  outer,
);

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr: at, u16: half, u32: word } = wire(byteOrder);
  const decode = (raw: Uint8Array, exact = false) => decodePayload(thing, raw, { byteOrder, exact });
  const encode = (value: Partial<ReturnType<typeof decode>>) => encodePayload(thing, value, byteOrder);
  const head = (family = 0) => bytes(family, 0, half(0));
  const kind = (name: string) => at(1, text(name), 0);
  const data = (payload: Uint8Array) => at(0x8002, payload);
  const first = at(1, half(5));
  const second = at(1, word(5));

  test.each([
    ["before", bytes(kind("vlan"), data(first))],
    ["after", bytes(data(first), kind("vlan"))],
    ["twice, the last counts", bytes(kind("vxlan"), data(first), kind("vlan"))],
    ["twice before", bytes(kind("vxlan"), kind("vlan"), data(first))],
    ["after, and a broken one", bytes(data(first), kind("vlan"), at(1, text("a"), 0, text("b")))],
  ])("the selector %s", (_name, payload) => {
    const raw = bytes(head(), at(0x8001, payload));
    expect(decode(raw).info).toMatchObject({ kind: "vlan", data: { id: 5 } });
    expect(encode(decode(raw, true))).toEqual(raw);
    const [, , , explained] = thing.explain(new Input(raw, { byteOrder }), 0, raw.length);
    const part = explained!.children!.find(({ name }) => name === "data")!;
    expect(part.set).toBe(vlan);
    expect(part.children).toMatchObject([{ name: "id", value: 5 }]);
  });

  test("the order stays without exact forms, too", () => {
    for (const payload of [
      bytes(data(first), kind("vlan")),
      bytes(kind("vxlan"), data(first), kind("vlan")),
    ]) {
      const raw = bytes(head(), at(0x8001, payload));
      expect(encode(decode(raw))).toEqual(raw);
    }
  });

  test("two sets of the same types, told apart by the selector", () => {
    const raw = bytes(head(), at(0x8001, kind("vxlan"), data(second)));
    expect(decode(raw).info).toEqual({ kind: "vxlan", data: { id: 5 } });
    expect(encode({ info: { kind: "vxlan", data: { id: 5 } } })).toEqual(raw);
  });

  test.each(["other", "__proto__", "constructor", ""])("the unknown selector %j leaves bytes", (name) => {
    const raw = bytes(head(), at(0x8001, kind(name), data(second)));
    expect(decode(raw).info).toEqual({ kind: name, data: second });
    expect(encode(decode(raw))).toEqual(raw);
  });

  test("no selector leaves bytes", () => {
    const raw = bytes(head(), at(0x8001, data(second)));
    expect(decode(raw).info).toEqual({ data: second });
    expect(encode(decode(raw))).toEqual(raw);
  });

  test("a selector of the enclosing set, wherever it stands", () => {
    const nest = at(0x8003, at(0x8001, first));
    for (const raw of [bytes(head(), at(2, 1), nest), bytes(head(), nest, at(2, 1))]) {
      expect(decode(raw)).toMatchObject({ mode: "vlan", nest: { data: { id: 5 } } });
      expect(encode(decode(raw))).toEqual(raw);
    }
    expect(decode(bytes(head(), at(2, 9), nest))).toMatchObject({ mode: 9, nest: { data: first } });
  });

  test("a selector of the header, and a shape for all others", () => {
    expect(decode(bytes(head(7), at(4, first)))).toMatchObject({ byFamily: { id: 5 } });
    expect(decode(bytes(head(8), at(4, second)))).toMatchObject({ family: 8, byFamily: { id: 5 } });
    expect(encode({ family: "vlan", byFamily: { id: 5 } })).toEqual(bytes(head(7), at(0x8004, first)));
    expect(encode({ byFamily: { id: 5 } })).toEqual(bytes(head(), at(0x8004, second)));
  });

  test("a format of a size that the payload has not", () => {
    const raw = bytes(head(), at(0x8001, kind("number"), data(half(1))));
    expect(decode(raw).info).toEqual({ kind: "number", data: half(1) });
    expect(encode(decode(raw))).toEqual(raw);
  });

  test("a format without parts is explained as a value", () => {
    const raw = bytes(head(), at(0x8001, kind("number"), data(word(9))));
    const explained = thing.explain(new Input(raw, { byteOrder }), 0, raw.length).at(-1)!;
    expect(explained.children![1]).toMatchObject({
      name: "data",
      constant: "DATA",
      value: 9,
      start: 20,
      end: 28,
    });
    expect(explained.children![1]!.children).toBeUndefined();
  });
});

test("a value that does not go with its selector", () => {
  const encode = (value: object) => () => encodePayload(thing, value);
  expect(encode({ info: { kind: "vlan", data: { vni: 1 } } })).toThrow(
    "info.data.vni: expected a field of vlan",
  );
  expect(encode({ info: { kind: "x", data: { id: 1 } } })).toThrow(
    "info.data: expected a Uint8Array because kind is none of vlan, vxlan, number, got an object",
  );
  expect(encode({ info: { data: {} } })).toThrow("info.data");
  expect(encode({ info: { kind: "vlan", data: zeros(4) } })).not.toThrow();
});

test("what a sub-message is made of can be looked up", () => {
  const shape = subMessage("kind", { vlan });
  expect([shape.selector, shape.formats, shape.otherwise, shape.nested]).toEqual([
    "kind",
    { vlan },
    opaque,
    true,
  ]);
  expect(subMessage("kind", {}).nested).toBe(false);
});
