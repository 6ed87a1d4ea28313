import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import * as address from "../../../../src/netlink/codec/address.ts";
import { ipv6Bytes } from "../../../support/arbitrary.ts";
import { decodeShape, encodeShape } from "../../../support/shapes.ts";
import { bytes, hex } from "../../../support/wire.ts";

const { formatIpv6, ip, ipv4, ipv6, lladdr, mac, parseIp, parseIpv4, parseIpv6, parseMac } = address;

describe("IPv6 text", () => {
  test.each([
    ["::", "00000000000000000000000000000000"],
    ["::1", "00000000000000000000000000000001"],
    ["1::", "00010000000000000000000000000000"],
    ["2001:db8::1", "20010db8000000000000000000000001"],
    ["2001:0:0:1::1", "20010000000000010000000000000001"],
    ["2001::1:0:0:1", "20010000000000000001000000000001"],
    ["1:0:2:3:4:5:6:7", "00010000000200030004000500060007"],
    ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
    ["::192.0.2.1", "000000000000000000000000c0000201"],
    ["::0.1.0.0", "00000000000000000000000000010000"],
    ["fe80::a:0:0:1", "fe80000000000000000a000000000001"],
  ])("%s", (text, digits) => {
    expect(formatIpv6(hex(digits), 0)).toBe(text);
    expect(parseIpv6(text)).toEqual(hex(digits));
  });

  test("agrees with ipaddr.js, but for the dotted forms of inet_ntop", () => {
    fc.assert(
      fc.property(ipv6Bytes, (raw) => {
        const text = formatIpv6(raw, 0);
        expect(parseIpv6(text)).toEqual(raw);
        if (text.includes(".")) expect(raw.subarray(0, 10)).toEqual(new Uint8Array(10));
        else expect(text).toBe((ipaddr.fromByteArray([...raw]) as ipaddr.IPv6).toRFC5952String());
      }),
      { numRuns: 500 },
    );
  });

  test("what is an address agrees with node:net", () => {
    const word = fc.constantFrom("", "0", "1", "ffff", "12345", "g", "1.2.3.4", "01.2.3.4", "::", "0x1");
    const text = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(":"));
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV6()), (candidate) => {
        expect(parseIpv6(candidate) !== undefined, candidate).toBe(isIPv6(candidate));
      }),
      {
        numRuns: 1000,
        examples: [["::ffff:010.1.1.1"], ["::0x1.2.3.4"], ["::1.2.3.4"], ["1:2:3:4:5:6:7::"], [":1:2"]],
      },
    );
    expect(parseIpv6("fe80::1%eth0")).toBeUndefined();
  });
});

describe("IPv4 text", () => {
  test("four decimal numbers, nothing else", () => {
    expect(parseIpv4("192.0.2.255")).toEqual(bytes(192, 0, 2, 255));
    for (const wrong of [
      "10.1",
      "010.0.0.1",
      "0x7f.0.0.1",
      "1.2.3.256",
      "1.2.3.4 ",
      "1.2.3.4\n",
      "",
      "١.2.3.4",
    ]) {
      expect(parseIpv4(wrong), wrong).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV4Extended()), (candidate) => {
        expect(parseIpv4(candidate) !== undefined, candidate).toBe(isIPv4(candidate));
      }),
    );
  });
});

test("shapes", () => {
  expect(decodeShape(ip, bytes(10, 0, 0, 1))).toBe("10.0.0.1");
  expect(decodeShape(ip, hex("20010db8000000000000000000000001"))).toBe("2001:db8::1");
  expect(encodeShape(ip, "2001:DB8:0::1")).toEqual(hex("20010db8000000000000000000000001"));
  expect(encodeShape(ip, "10.0.0.1", "little")).toEqual(encodeShape(ip, "10.0.0.1", "big"));
  expect([0, 3, 4, 5, 15, 16, 17].filter((n) => ip.accepts(n))).toEqual([4, 16]);
  expect(() => encodeShape(ipv4, "::1")).toThrow('expected an IPv4 address, got "::1"');
  expect(() => encodeShape(ipv6, "10.0.0.1")).toThrow("expected an IPv6 address");
  expect(() => encodeShape(ip, "10.0.0.1/24")).toThrow("expected an IP address");
  expect(parseIp("::ffff:10.0.0.1")).toEqual(hex("00000000000000000000ffff0a000001"));
});

test("hardware addresses", () => {
  expect(decodeShape(mac, hex("02005e10000a"))).toBe("02:00:5e:10:00:0a");
  expect(encodeShape(mac, "02:00:5E:10:00:0A")).toEqual(hex("02005e10000a"));
  expect(encodeShape(mac, "02-00-5e-10-00-0a")).toEqual(hex("02005e10000a"));
  expect(() => encodeShape(mac, "02:00:5e:10:00")).toThrow("expected a MAC address");
  expect(decodeShape(lladdr, new Uint8Array())).toBe("");
  expect(encodeShape(lladdr, "")).toEqual(new Uint8Array());
  expect(decodeShape(lladdr, bytes(10, 0, 0, 1))).toBe("0a:00:00:01");
  expect(encodeShape(lladdr, Array.from({ length: 20 }, () => "ff").join(":"))).toHaveLength(20);
  for (const wrong of ["0:0:0:0:0:0", "02:00:5e:10:00:0g", "02005e10000a", "02:00:5e:10:00:0a:", " "]) {
    expect(parseMac(wrong), wrong).toBeUndefined();
  }
});
