import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guess } from "../../../src/decode/guess.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../support/wire.ts";

describe.each(ORDERS)("%s endian", (order) => {
  const { attr, bare, u16, u32, u64 } = wire(order);
  const swapped = wire(order === "little" ? "big" : "little");

  test.each<[string, Uint8Array, string | undefined]>([
    ["nothing", bytes(), "flag"],
    ["a name", text("eth0\0"), 'string "eth0"'],
    ["a name in an array of 16", bytes(text("eth0"), zeros(12)), 'string "eth0"'],
    ["a name without a NUL", text("ethernet"), 'string "ethernet"'],
    [
      "four letters are a number, too",
      text("veth"),
      `u32 ${order === "little" ? 1752458614 : 1986360424} or address 118.101.116.104`,
    ],
    ["a byte", Uint8Array.of(7), "u8 7"],
    ["two", u16(513), "u16 513"],
    ["two, big endian", swapped.u16(7), "be16 7"],
    ["four", u32(1500), "u32 1500"],
    ["four, the other way round", swapped.u32(1500), "be32 1500"],
    [
      "an IPv4 address",
      Uint8Array.of(192, 168, 17, 250),
      expect.stringContaining("address 192.168.17.250") as never,
    ],
    ["a hardware address", Uint8Array.of(2, 0, 0x5e, 0x10, 0, 1), "address 02:00:5e:10:00:01"],
    ["eight", u64(5), "u64 5"],
    ["an IPv6 address", bytes(0x20, 1, 0x0d, 0xb8, zeros(11), 1), "address 2001:db8::1"],
    ["a nest", bytes(attr(1, u32(5)), attr(2, text("eth0\0"))), 'nested { 1: u32 5, 2: string "eth0" }'],
    ["a nest in a nest", attr(1, attr(0x8003, u16(5))), "nested { 1: nested { 3: u16 5 } }"],
    [
      "a nest whose end has no padding",
      bytes(attr(1, u32(5)), bare(2, Uint8Array.of(1))),
      "nested { 1: u32 5, 2: u8 1 }",
    ],
    [
      "a long nest",
      bytes([1, 2, 3, 4, 5, 6].map((type) => attr(type, u32(1)))),
      "nested { 1: u32 1, 2: u32 1, 3: u32 1, 4: u32 1, … 2 more }",
    ],
    ["zeros", zeros(40), undefined],
    ["no numbers, no text", Uint8Array.of(1, 0xff, 3), undefined],
    ["too much", new Uint8Array(5000).fill(65), undefined],
  ])("%s", (_name, data, expected) => expect(guess(data, order)).toEqual(expected));
});

test("says something short about anything, fast", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...ORDERS), (data, order) => {
      expect((guess(data, order) ?? "").length).toBeLessThan(700);
    }),
  );
  const { attr } = wire("little");
  let nest = attr(1, zeros(1));
  while (nest.length < 4000) nest = attr(1, nest);
  expect(guess(nest, "little")!.length).toBeLessThan(200);
});
