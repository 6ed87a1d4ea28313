/** Random values of any shape, made from the schema alone. */
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import type { AttributeSet } from "../../src/netlink/codec/attributes.ts";
import type { NamedShape } from "../../src/netlink/codec/enumeration.ts";
import type { IntegerShape } from "../../src/netlink/codec/integer.ts";
import type { Message } from "../../src/netlink/codec/message.ts";
import type { StringShape } from "../../src/netlink/codec/string.ts";
import type { StructShape } from "../../src/netlink/codec/struct.ts";
import type { StructThen } from "../../src/netlink/codec/struct-then.ts";
import type { SubMessage } from "../../src/netlink/codec/sub-message.ts";
import { altifname, ifname } from "../../src/rtnl/link/name.ts";
import {
  type AnyShape,
  chosen,
  isLazy,
  isPayload,
  isSet,
  isStruct,
  isStructThen,
  isSubMessage,
} from "./inspect.ts";
import { routeLeaves } from "./route-values.ts";

type Values = Record<string, unknown>;
type Scopes = readonly Values[];

/** Sets, structs and messages nested deeper than this stay empty. */
const DEPTH = 5;
const FIELDS = 6;

const byteArray = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });

/** As inet_ntop(3) prints it. */
export function ipv6Text(bytes: Uint8Array): string {
  const zero = (from: number, to: number) => bytes.subarray(from, to).every((byte) => byte === 0);
  const dotted = [...bytes.subarray(12)].join(".");
  if (zero(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff) return `::ffff:${dotted}`;
  if (zero(0, 12) && !zero(12, 14)) return `::${dotted}`;
  return (ipaddr.fromByteArray([...bytes]) as ipaddr.IPv6).toRFC5952String();
}

/** Random addresses, with many zero words. */
export const ipv6Bytes: fc.Arbitrary<Uint8Array> = fc
  .array(fc.oneof(fc.constantFrom(0, 0, 0xffff), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 8,
    maxLength: 8,
  })
  .map((words) => Uint8Array.from(words.flatMap((word) => [word >> 8, word & 0xff])));

const ipv4 = byteArray(4).map((bytes) => [...bytes].join("."));
const ipv6 = ipv6Bytes.map(ipv6Text);
const macOf = (length: fc.Arbitrary<number>) =>
  length
    .chain((size) => byteArray(size))
    .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":"));

/** Text of valid UTF-8, or bytes that are none, as the codec escapes them. */
export function textOf(max: number): fc.Arbitrary<string> {
  const plain = fc
    .string({ unit: "binary", maxLength: max })
    .filter((text) => !text.includes("\0") && Buffer.byteLength(text) <= max);
  const escaped = byteArray(1, max)
    .filter((bytes) => !bytes.includes(0) && !isUtf8(bytes))
    .map((bytes) => String.fromCharCode(...[...bytes].map((byte) => (byte < 0x80 ? byte : 0xdc00 + byte))));
  return fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: escaped });
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.from(Buffer.from(bytes).toString("utf8"), "utf8").equals(bytes);
}

const linkName = (max: number) =>
  fc
    .string({ unit: fc.constantFrom(..."abz09._-@éß\u2003😀"), minLength: 1, maxLength: max })
    .filter((name) => name !== "." && name !== ".." && Buffer.byteLength(name) <= max);

function integer(shape: IntegerShape<number | bigint>): fc.Arbitrary<number | bigint> {
  const low = shape.signed ? -(2n ** BigInt(shape.bits - 1)) : 0n;
  const high = low + 2n ** BigInt(shape.bits) - 1n;
  if (shape.bits === 64) return fc.bigInt(low, high);
  return fc.integer({ min: Number(low), max: Number(high) });
}

function named(shape: NamedShape<unknown>): fc.Arbitrary<unknown> {
  const numbers = fc.integer({ min: 0, max: 2 ** shape.of.bits - 1 });
  if (shape.type.startsWith("enum")) {
    const known = [...shape.names].filter(([value]) => value < 2 ** shape.of.bits).map(([, name]) => name);
    return fc.oneof(
      fc.constantFrom(...known),
      numbers.filter((n) => !shape.names.has(n)),
    );
  }
  const bits = [...shape.names].sort(([a], [b]) => a - b);
  return numbers.map((number) => {
    const value: (string | number)[] = [];
    let rest = BigInt(number);
    for (const [bit, name] of bits) {
      if ((rest & BigInt(bit)) !== BigInt(bit)) continue;
      value.push(name);
      rest &= ~BigInt(bit);
    }
    return rest === 0n ? value : [...value, Number(rest)];
  });
}

function struct(shape: StructShape<unknown>, trailing: boolean): fc.Arbitrary<Values> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of shape.fields) fields[field.name] = arbitraryOf(field.shape, [], DEPTH, false);
  const whole = fc.record(fields, { noNullPrototype: true });
  if (!trailing) return whole;
  const longer = fc.tuple(whole, byteArray(1, 9)).map(([value, rest]) => ({ ...value, trailing: rest }));
  return fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: longer as fc.Arbitrary<Values> });
}

/** A struct, the selector of what follows among the known ones more often than not. */
function structThen(shape: StructThen<unknown>, scopes: Scopes, depth: number): fc.Arbitrary<Values> {
  const { header, field, of } = shape;
  return struct(header, false).chain((values) => {
    const selectors = isSubMessage(of) && header.fields.some(({ name }) => name === of.selector);
    const known = selectors ? Object.keys((of as SubMessage<unknown>).formats) : [];
    const selected = known.length > 0 ? fc.constantFrom(...known, undefined) : fc.constant(undefined);
    return selected.chain((key) => {
      const chosenValues =
        key === undefined ? values : { ...values, [(of as SubMessage<unknown>).selector]: key };
      return arbitraryOf(of, [...scopes, chosenValues], depth + 1, false).map((rest) => ({
        ...chosenValues,
        [field]: rest,
      }));
    });
  });
}

function record(arbitraries: Record<string, fc.Arbitrary<unknown>>, max: number): fc.Arbitrary<Values> {
  return fc
    .subarray(Object.keys(arbitraries), { maxLength: Math.min(max, Object.keys(arbitraries).length) })
    .chain((names) =>
      fc.record(Object.fromEntries(names.map((name) => [name, arbitraries[name]!])), {
        noNullPrototype: true,
      }),
    );
}

/** Values of an attribute set inside of these. */
export function arbitrarySet(set: AttributeSet<unknown>, scopes: Scopes, depth = 0): fc.Arbitrary<Values> {
  const selectors: Record<string, fc.Arbitrary<unknown>> = {};
  for (const { shape } of Object.values(set.attributes)) {
    if (!isSubMessage(shape) || !Object.hasOwn(set.attributes, shape.selector)) continue;
    const any = arbitraryOf(set.attributes[shape.selector]!.shape, scopes, depth);
    const known = Object.keys(shape.formats);
    selectors[shape.selector] = known.length > 0 ? fc.oneof(fc.constantFrom(...known), any) : any;
  }
  return record(selectors, FIELDS).chain((values) => {
    const rest: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [field, { shape }] of Object.entries(set.attributes)) {
      if (!(field in selectors)) rest[field] = arbitraryOf(shape, [...scopes, values], depth + 1);
    }
    return record(rest, depth >= DEPTH ? 0 : FIELDS).map((others) => ({ ...values, ...others }));
  });
}

/** Values of a message, all of its header's fields included. */
export function arbitraryMessage(message: Message<unknown>, depth = 0): fc.Arbitrary<Values> {
  return struct(message.header, false).chain((header) =>
    arbitrarySet(message.attributes, [header], depth).map((values) => ({ ...header, ...values })),
  );
}

/** Values of one shape. */
export function arbitraryOf(
  shape: AnyShape,
  scopes: Scopes = [],
  depth = 0,
  trailing = true,
): fc.Arbitrary<unknown> {
  if (shape === ifname) return linkName(15);
  if (shape === altifname) return linkName(127);
  if (shape.multi) return fc.array(arbitraryOf(shape.of!, scopes, depth), { minLength: 1, maxLength: 3 });
  if (isLazy(shape)) return fc.constant(null).chain(() => arbitraryOf(shape.resolve(), scopes, depth));
  if (isPayload(shape)) return arbitraryMessage(shape.message, depth);
  if (isSet(shape)) return arbitrarySet(shape, scopes, depth);
  if (isStruct(shape)) return struct(shape, trailing);
  if (isStructThen(shape)) return structThen(shape, scopes, depth);
  if ("keyed" in shape) return keyed(arbitraryOf(shape.of!, scopes, depth));
  if (shape.type === "struct tcp_info or binary")
    return fc.oneof(struct(shape.of as StructShape<unknown>, trailing), byteArray(0, 100));
  if (isSubMessage(shape)) return arbitraryOf(chosen(shape, scopes), scopes, depth);
  if ("constants" in shape) return named(shape as NamedShape<unknown>);
  if (shape.of) return array(shape, shape.of, scopes, depth);
  const leaf = leaves[shape.type] ?? special(shape);
  if (!leaf) throw new TypeError(`no values for shape ${shape.type}`);
  return leaf;
}

/** Elements under numbers of their own. */
function keyed(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.array(fc.record({ id: fc.nat({ max: 0x3fff }), value }, { noNullPrototype: true }), {
    maxLength: 4,
  });
}

function array(shape: AnyShape, of: AnyShape, scopes: Scopes, depth: number): fc.Arbitrary<unknown[]> {
  const element = arbitraryOf(of, scopes, depth, false);
  const count = shape.size === undefined ? undefined : shape.size / of.size!;
  const minLength = count ?? (of.size === undefined && shape.type !== "indexed-array" ? 1 : 0);
  return fc.array(element, { minLength, maxLength: count ?? 4 });
}

function special(shape: AnyShape): fc.Arbitrary<unknown> | undefined {
  if (shape.type === "string") return textOf((shape as StringShape).max ?? 40);
  if (shape.type.startsWith("char[")) return textOf(shape.size!);
  if (shape.type.startsWith("binary[")) return byteArray(shape.size!);
  return "bits" in shape ? integer(shape as IntegerShape<number | bigint>) : undefined;
}

const leaves: Record<string, fc.Arbitrary<unknown>> = {
  ...routeLeaves(ipv6),
  ipv4,
  "ipv4 in 16 bytes": ipv4,
  ipv6,
  ip: fc.oneof(ipv4, ipv6),
  mac: macOf(fc.constant(6)),
  lladdr: macOf(fc.integer({ min: 0, max: 32 })),
  "bool u8": fc.oneof(fc.boolean(), fc.integer({ min: 2, max: 255 })),
  "br_mdb_entry.addr": fc.oneof(ipv4, ipv6, macOf(fc.constant(6))),
  flag: fc.constant(true),
  "unix name": fc.tuple(fc.constantFrom("", "\0"), textOf(40)).map((parts) => parts.join("")),
  "u16 or flag": fc.oneof(fc.constant(true), fc.nat({ max: 0xffff })),
  "u32 or flag": fc.oneof(fc.constant(true), fc.nat({ max: 0xffffffff })),
  binary: byteArray(0, 40),
  uint: fc.oneof(fc.bigInt(0n, 2n ** 32n), fc.bigInt(0n, 2n ** 64n - 1n)),
  sint: fc.oneof(fc.bigInt(-(2n ** 31n) - 1n, 2n ** 31n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
  bitfield32: fc.record(
    { value: fc.integer({ min: 0, max: 2 ** 32 - 1 }), selector: fc.integer({ min: 0, max: 2 ** 32 - 1 }) },
    { noNullPrototype: true },
  ),
  "struct rtvia": fc.oneof(
    ipv4.map((addr) => ({ family: "inet", addr })),
    ipv6.map((addr) => ({ family: "inet6", addr })),
    macOf(fc.integer({ min: 0, max: 20 })).map((addr) => ({ family: "packet", addr })),
  ),
};
