/** Links inside of links, and many attributes. */
import { describe, expect, test } from "vitest";
import { hostByteOrder } from "../../../src/netlink/codec/byte-order.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import type { Message } from "../../../src/netlink/codec/message.ts";
import { linkMessage } from "../../../src/rtnl/link/message.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { routeMessage } from "../../../src/rtnl/route/message.ts";
import { checkHostile, survive } from "../../support/checks/hostile.ts";
import { bytes, text, wire, zeros } from "../../support/wire.ts";

checkHostile(rtnetlink);

describe("large", () => {
  const byteOrder = hostByteOrder;
  const { attr, bare, u16, u32 } = wire(byteOrder);

  /** Pairs whose other end is a pair … as deep as 64 KiB allow. */
  test("links inside of links", () => {
    let payload = zeros(16);
    while (payload.length < 65_000) {
      payload = bytes(zeros(16), attr(18, attr(1, text("veth"), 0), bare(2, bare(1, payload))));
    }
    survive(linkMessage, payload, byteOrder);
    let depth = 0;
    let link = linkMessage.decode(new Input(payload, { byteOrder }), 0, payload.length) as unknown;
    for (; link && !(link instanceof Uint8Array); depth++) {
      const data = (link as { linkinfo?: { data?: { peer?: object } } }).linkinfo?.data;
      link = data?.peer;
    }
    expect(depth).toBeLessThan(32);
    expect(depth).toBeGreaterThan(5);
  });

  test("headers of attributes, 10,000 inside of one another", () => {
    for (const message of [linkMessage, routeMessage] as Message<unknown>[]) {
      for (const type of [18, 9]) {
        const parts = Array.from({ length: 10_000 }, (_, depth) =>
          bytes(u16(Math.min(0xffff, (10_000 - depth) * 4)), u16(type)),
        );
        survive(message, bytes(zeros(message.header.size), parts), byteOrder);
      }
    }
  });

  test("16,000 attributes", { timeout: 10_000 }, () => {
    const repeated = (type: number, ...payload: Uint8Array[]) =>
      Array.from({ length: 16_000 }, () => attr(type, ...payload));
    survive(linkMessage, bytes(zeros(16), repeated(4, u32(1500))), byteOrder);
    survive(linkMessage, bytes(zeros(16), repeated(18)), byteOrder);
    survive(linkMessage, bytes(zeros(16), attr(18, repeated(2).slice(0, 16_000))), byteOrder);
    survive(routeMessage, bytes(zeros(12), repeated(22)), byteOrder);
    survive(routeMessage, bytes(zeros(12), repeated(22), repeated(21, u16(3))), byteOrder);
  });
});
