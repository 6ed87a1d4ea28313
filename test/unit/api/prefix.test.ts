import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { isWithin, parseAddress, parsePrefix, withHostBits } from "../../../src/api/prefix.ts";
import { InputError } from "../../../src/netlink/errors.ts";

// ipaddr.js takes ::192.0.2.1 for ::ffff:192.0.2.1.
const ipv6 = fc.ipV6().filter((address) => !address.includes("."));

const prefix = fc
  .oneof(
    fc.record({ address: fc.ipV4(), length: fc.integer({ min: 0, max: 32 }) }),
    fc.record({ address: ipv6, length: fc.integer({ min: 0, max: 128 }) }),
  )
  .map(({ address, length }) => `${address}/${length}`);

/** The same bytes but for one bit. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte));
}

describe("prefixes", () => {
  test("text is taken apart as ipaddr.js does it", () => {
    fc.assert(
      fc.property(prefix, (text) => {
        const { bytes, length, family, hasLength } = parsePrefix(text, "dst");
        const [address, bits] = ipaddr.parseCIDR(text);
        expect([...bytes]).toEqual(address.toByteArray());
        expect([length, family, hasLength]).toEqual([
          bits,
          address.kind() === "ipv4" ? "inet" : "inet6",
          true,
        ]);
      }),
    );
  });

  test("an address is within a prefix while only bits behind it differ", () => {
    fc.assert(
      fc.property(prefix, fc.nat(127), (text, position) => {
        const parsed = parsePrefix(text, "dst");
        const bit = position % (parsed.bytes.length * 8);
        expect(isWithin(parsed.bytes, parsed)).toBe(true);
        expect(isWithin(flipped(parsed.bytes, bit), parsed)).toBe(bit >= parsed.length);
      }),
    );
  });

  test("no address of one family is within a prefix of the other", () => {
    expect(isWithin(new Uint8Array(4), parsePrefix("::/0", "dst"))).toBe(false);
    expect(isWithin(new Uint8Array(16), parsePrefix("0.0.0.0/0", "dst"))).toBe(false);
  });

  test("the first and the last address", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const text = `${address}/${length}`;
        const parsed = parsePrefix(text, "dst");
        expect(withHostBits(parsed, 1)).toBe(ipaddr.IPv4.broadcastAddressFromCIDR(text).toString());
        expect(withHostBits(parsed, 0)).toBe(ipaddr.IPv4.networkAddressFromCIDR(text).toString());
      }),
    );
    expect(withHostBits(parsePrefix("fd00::1/64", "dst"), 0)).toBe("fd00::");
    expect(withHostBits(parsePrefix("fd00::1/120", "dst"), 1)).toBe("fd00::ff");
  });

  test.each([
    "",
    "/",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "10/8",
    "fd00::/129",
    "::1%eth0",
  ])("%o is refused", (text) => {
    expect(() => parsePrefix(text, "dst")).toThrow(InputError);
    expect(() => parsePrefix(text, "dst")).toThrow(/^dst: expected /);
  });

  test("where an address is meant a prefix length is refused", () => {
    expect(parseAddress("10.0.0.1", "gateway")).toMatchObject({ length: 32, hasLength: false });
    expect(() => parseAddress("10.0.0.1/32", "gateway")).toThrow(InputError);
  });
});
