/** Values of the wrong kind are refused with the field's name, whatever the field. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Attribute, attr, attributes } from "../../../src/netlink/codec/attributes.ts";
import { bitfield32 } from "../../../src/netlink/codec/enumeration.ts";
import { sint, uint } from "../../../src/netlink/codec/integer.ts";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { arbitraryOf } from "../arbitrary.ts";
import { isLazy, isPayload, isSet, isStruct, isSubMessage, messagesOfProtocol, setsOf } from "../inspect.ts";

const others = attributes("others", () => ({
  bitfield: attr("BITFIELD", 1, bitfield32),
  uint: attr("UINT", 2, uint),
  sint: attr("SINT", 3, sint),
}));

const kindOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Uint8Array) return "bytes";
  return typeof value;
};

const cyclic: { self?: unknown; peer?: unknown; linkinfo?: unknown } = {};
cyclic.self = cyclic;
cyclic.peer = cyclic;
cyclic.linkinfo = cyclic;

const WRONG: readonly (readonly [name: string, value: unknown])[] = [
  ["null", null],
  ["true", true],
  ["a fraction", 1.5],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-1", -1],
  ["-1n", -1n],
  ["a large number", 2 ** 64],
  ["a large bigint", 2n ** 64n],
  ["text", "no such name"],
  ["__proto__ as text", "__proto__"],
  ["text with NUL", "a\0b"],
  ["a lone surrogate", "\ud800"],
  ["a symbol", Symbol("s")],
  ["a function", () => 1],
  ["an array", [null]],
  ["an array of undefined", [undefined]],
  ["arrays", [[[]]]],
  ["bytes", new Uint8Array(3)],
  ["floats", new Float64Array(2)],
  ["a buffer", new ArrayBuffer(4)],
  ["a map", new Map([["mtu", 1]])],
  ["an unknown field", { nonsense: 1 }],
  ["__proto__ as a field", JSON.parse('{"__proto__": {"mtu": 1}}')],
  ["constructor as a field", { constructor: 1 }],
  ["toString as a field", { toString: 1 }],
  ["unknown that is no list", { unknown: 1 }],
  ["unknown without data", { unknown: [{ type: 1, index: 0 }] }],
  ["unknown of null", { unknown: [null] }],
  ["unknown with a wrong type", { unknown: [{ type: 70_000, data: new Uint8Array(), index: 0 }] }],
  ["unknown with a wrong index", { unknown: [{ type: 7, data: new Uint8Array(), index: "0" }] }],
  ["trailing that is no bytes", { trailing: "abc" }],
  ["a cycle", cyclic],
];

/** The kinds of value that belong into a field; a value of another kind must be refused. */
function kinds(attribute: Attribute<unknown>): Set<string> {
  const { shape } = attribute;
  if (shape.multi) return new Set(["array"]);
  if (isLazy(shape) || isPayload(shape) || isSet(shape) || isStruct(shape)) return new Set(["object"]);
  if (isSubMessage(shape)) return new Set(["bytes", "object"]);
  const found = new Set(fc.sample(arbitraryOf(shape), 40).map(kindOf));
  if ("constants" in shape && shape.type.startsWith("enum")) found.add("number");
  if (found.has("boolean") && shape.type !== "flag") found.add("number");
  if (shape.type === "flag") found.add("boolean");
  return found;
}

export function checkWrongValues(protocol: Protocol): void {
  const sets = [...setsOf(protocol), others].filter((set) => set.byType.size > 0);

  describe.each(sets.map((set) => [set.name, set] as const))("%s", (_name, set) => {
    for (const [field, attribute] of Object.entries(set.attributes)) {
      test(field, () => {
        const right = kinds(attribute);
        for (const [name, value] of WRONG) {
          const output = new Output();
          try {
            set.encode(output, { [field]: value }, undefined);
          } catch (error) {
            assert.ok(error instanceof InputError, `${name}: ${error}`);
            assert.match(error.path, new RegExp(`^${field}($|[.[])`), name);
            assert.ok(error.message.includes(error.path));
            continue;
          }
          assert.ok(right.has(kindOf(value)), `${name} was taken for a ${attribute.shape.type}`);
        }
      });
    }
  });

  describe("what only an object with fields may be", () => {
    const names = [null, 1, "x", [], [1], new Uint8Array(2), new Uint8Array(), new Map(), () => 1, undefined];
    test.each(messagesOfProtocol(protocol).map((message) => [message.name, message] as const))(
      "%s",
      (_name, message) => {
        for (const value of names) expect(() => encodePayload(message, value as object)).toThrow(InputError);
        for (const header of message.header.fields) {
          for (const [name, value] of WRONG) {
            if (["-1", "true"].includes(name)) continue;
            expect(() => encodePayload(message, { [header.name]: value })).toThrow(
              expect.objectContaining({
                code: "ERR_INVALID_ARG_VALUE",
                path: expect.stringContaining(header.name),
              }),
            );
          }
        }
      },
    );
  });
}
