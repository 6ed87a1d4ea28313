/** Label stacks and routing headers, byte for byte. */
import { describe, expect, test } from "vitest";
import { decodePayload, encodePayload } from "../../../src/netlink/codec/message.ts";
import { rplSrh } from "../../../src/rtnl/route/encap/rpl-srh.ts";
import { seg6Srh } from "../../../src/rtnl/route/encap/seg6.ts";
import { srh } from "../../../src/rtnl/route/encap/srh.ts";
import { routeMessage } from "../../../src/rtnl/route/index.ts";
import { labels } from "../../../src/rtnl/route/labels.ts";
import { decodeShape, encodeShape } from "../../support/shapes.ts";

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

describe("labels", () => {
  test("100/200: the last one is marked", () => {
    expect(hexOf(encodeShape(labels, "100/200"))).toBe("00064000000c8100");
    expect(decodeShape(labels, bytesOf("00064000000c8100"))).toBe("100/200");
    expect(decodeShape(labels, bytesOf("fffff100"), "big")).toBe("1048575");
  });

  test.each(["00064000", "00064101", "0006410000064100", "00064f00"])(
    "%s is no stack of labels alone",
    (text) => {
      expect(() => decodeShape(labels, bytesOf(text))).toThrow(/not only labels/);
    },
  );

  test.each(["", "100/", "01", "1048576", "-1", "0x10"])("%j is refused", (text) => {
    expect(() => encodeShape(labels, text)).toThrow(/MPLS labels/);
  });
});

test("a destination is a label in an MPLS route, an address in others", () => {
  for (const [rtmFamily, dst] of [
    ["mpls", "100"],
    ["inet", "10.0.0.0"],
    ["inet6", "fd00::"],
  ] as const) {
    expect(decodePayload(routeMessage, encodePayload(routeMessage, { rtmFamily, dst }))).toMatchObject({
      dst,
    });
  }
  expect(() => encodePayload(routeMessage, { rtmFamily: "inet", dst: "100" })).toThrow(/IP address/);
  expect(() => encodePayload(routeMessage, { rtmFamily: "mpls", dst: "10.0.0.1" })).toThrow(/MPLS labels/);
});

const A = "fd00000000000000000000000000000a";
const B = "fd00000000000000000000000000000b";

describe("routing headers", () => {
  test("of segment routing", () => {
    const text = `0004040101000000${B}${A}`;
    const value = { segments: ["fd00::b", "fd00::a"] };
    expect(hexOf(encodeShape(srh, value))).toBe(text);
    expect(decodeShape(srh, bytesOf(text))).toEqual({
      nexthdr: 0,
      segmentsLeft: 1,
      flags: [],
      tag: 0,
      segments: ["fd00::b", "fd00::a"],
    });
    expect(hexOf(encodeShape(seg6Srh, { mode: "encap", ...value }))).toBe(`01000000${text}`);
  });

  test("with options behind the segments", () => {
    const text = `3b03040000081234${A}0102030405060708`;
    expect(decodeShape(srh, bytesOf(text))).toEqual({
      nexthdr: 59,
      segmentsLeft: 0,
      flags: ["hmac"],
      tag: 0x1234,
      segments: ["fd00::a"],
      tlvs: bytesOf("0102030405060708"),
    });
  });

  test("of RPL", () => {
    const text = `0004030200000000${A}${B}`;
    expect(hexOf(encodeShape(rplSrh, { segments: ["fd00::a", "fd00::b"] }))).toBe(text);
    expect(decodeShape(rplSrh, bytesOf(text)).segments).toEqual(["fd00::a", "fd00::b"]);
  });

  test("that say another length, or have another type, are none", () => {
    expect(() => decodeShape(srh, bytesOf(`0003040101000000${B}${A}`))).toThrow(/no segment routing header/);
    expect(() => decodeShape(srh, bytesOf(`0004030101000000${B}${A}`))).toThrow(/no segment routing header/);
    expect(() => decodeShape(srh, bytesOf(`0004040102000000${B}${A}`))).toThrow(/no segment routing header/);
    expect(() => decodeShape(rplSrh, bytesOf(`0004030211000000${A}${B}`))).toThrow(
      /no source routing header/,
    );
  });

  test("with wrong segments are refused", () => {
    for (const [segments, path] of [
      [[], "segments"],
      [["10.0.0.1"], "segments[0]"],
      [["fd00::1", 7], "segments[1]"],
    ] as const) {
      expect(() => encodeShape(srh, { segments } as never)).toThrow(expect.objectContaining({ path }));
      expect(() => encodeShape(rplSrh, { segments } as never)).toThrow(expect.objectContaining({ path }));
    }
  });
});
