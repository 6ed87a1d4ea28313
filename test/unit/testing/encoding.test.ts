/** Requests against bytes: the matcher, the assertion, the text for snapshots. */
import { describe, expect, test } from "vitest";
import { Output } from "../../../src/netlink/codec/output.ts";
import { encodeRequest } from "../../../src/netlink/request.ts";
import { listLinks, newLink } from "../../../src/rtnl/link/index.ts";
import type { NetlinkMatchers } from "../../../src/testing/index.ts";
import {
  assertEncodes,
  EncodingError,
  encodingDifference,
  encodingText,
  netlinkMatchers,
} from "../../../src/testing/index.ts";

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so
  interface Matchers<T = any> extends NetlinkMatchers<T> {}
}
expect.extend(netlinkMatchers);

const request = newLink({ ifname: "vx0", mtu: 1400, linkinfo: { kind: "vxlan", data: { id: 7 } } });

const bytes = `
  40000000 10000506 00000000 00000000  RTM_NEWLINK
  00000000 00000000 00000000 00000000
  08000400 78050000  mtu
  08000300 76783000
  18001280
  0a000100 76786c61 6e000000
  0c000280 08000100 07000000`;

/** What the request is, as hexadecimal. */
function sent(): string {
  const output = new Output("little");
  encodeRequest(output, request, 7);
  return Buffer.from(output.finish()).toString("hex");
}

describe("a request is these bytes", () => {
  test("in one line", () => {
    expect(request).toEncode(encodingText(request));
    assertEncodes(request, encodingText(request));
    expect(listLinks()).toEncode("20000000 12000103 00000000 00000000 00000000 00000000 00000000 00000000");
  });

  test("whatever the sequence number, with the acknowledgement that a client asks for", () => {
    const hex = sent();
    const withAck = `${hex.slice(0, 12)}${(Number.parseInt(hex.slice(12, 14), 16) | 4).toString(16).padStart(2, "0")}${hex.slice(14)}`;
    expect(request).toEncode(withAck);
    expect(request).not.toEncode(hex);
  });

  test("two requests, two runs of bytes", () => {
    expect(newLink({ ifname: "a" })).toEncode(newLink({ ifname: "a" }));
    expect(Uint8Array.of(1, 2)).toEncode(Uint8Array.of(1, 2));
    expect(Uint8Array.of(1, 2)).not.toEncode(Uint8Array.of(1, 2, 3));
  });
});

describe("where it is not", () => {
  const other = (value: object) =>
    newLink({ ifname: "vx0", mtu: 1400, linkinfo: { kind: "vxlan", data: { id: 7 } }, ...value });

  test("the first byte, its field, and every field that differs", () => {
    const difference = encodingDifference(other({ mtu: 1500 }), request)!;
    expect(difference).toMatch(
      /^byte \d+, mtu, is 0xdc, expected 0x78\n {2}− mtu: 1400 bytes.*\n {2}\+ mtu: 1500 bytes.*\nsent:\n/,
    );
    expect(difference).toMatch(/ {2}08000400 dc050000 {2}mtu: 1500 bytes/);
  });

  test("inside of attributes, and attributes too many", () => {
    const difference = encodingDifference(
      newLink({ ifname: "vx0", mtu: 1400, txqlen: 5, linkinfo: { kind: "vxlan", data: { id: 8 } } }),
      request,
    )!;
    expect(difference).toMatch(
      / {2}− linkinfo\.data\.id: 7.*\n {2}\+ linkinfo\.data\.id: 8.*\n {2}\+ txqlen: 5/,
    );
  });

  test("bytes that no field shows", () => {
    const text = encodingText(request).replace("6e000000", "6e000001");
    expect(encodingDifference(request, text)).toMatch(/is 0x00, expected 0x01\n/);
  });

  test("as an error with all of it, and as a matcher's", () => {
    expect(() => assertEncodes(request, bytes)).toThrow(EncodingError);
    expect(() => expect(other({ mtu: 1 })).toEncode(request)).toThrow(/ {2}− mtu: 1400 bytes.*\n/);
    expect(() => expect(request).not.toEncode(request)).toThrow(/expected other bytes/);
  });

  test("text that is none", () => {
    expect(() => encodingDifference(request, "40000000 xyz")).toThrow(/hexadecimal/);
  });
});

test("text for snapshots is the same on every machine", () => {
  expect(encodingText(request)).toBe(encodingText(request));
  expect(encodingText(newLink({ ifname: "vx0" }))).toBe(
    [
      "28000000 10000506 00000000 00000000  RTM_NEWLINK REQUEST|ACK|EXCL|CREATE, 40 bytes, #0, port 0",
      "00000000 00000000 00000000 00000000",
      "08000300 76783000  ifname: vx0",
    ].join("\n"),
  );
  expect(encodingText(newLink({ ifname: "vx0" }), { byteOrder: "big" })).toContain("00000028 00100605");
});
