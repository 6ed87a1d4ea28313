import { describe, expect, test } from "vitest";
import { type Ack, decodeAck } from "../../../../src/netlink/codec/ack.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { messagesOf } from "../../../../src/netlink/codec/nlmsg.ts";
import { bytes, ORDERS, type Part, text, wire, zeros } from "../../../support/wire.ts";

const ERROR = 2;
const DONE = 3;
const CAPPED = 0x100;
const TLVS = 0x200;

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { attr, message, u32, u64 } = wire(byteOrder);
  const decode = (type: number, flags: number, ...payload: Part[]): Ack => {
    const input = new Input(bytes(zeros(4), message({ type, flags }, payload)), { byteOrder });
    const [nlmsg] = messagesOf(input, 4);
    return decodeAck(input, nlmsg!);
  };
  const asked = message({ type: 16, flags: 5, sequence: 9 }, [1, 2, 3, 4, 5, 6]);

  test("an acknowledgement, with the request's header alone", () => {
    const ack = decode(ERROR, CAPPED, u32(0), asked.slice(0, 16));
    expect(ack).toEqual({ error: 0, extended: undefined, requestType: 16, attributesAt: undefined });
  });

  test("an error, capped, with extended attributes", () => {
    const msg = attr(1, text("Invalid"), 0);
    const ack = decode(ERROR, CAPPED | TLVS, u32(-22), asked.slice(0, 16), msg, attr(2, u32(36)));
    expect(ack.error).toBe(-22);
    expect(ack.extended).toEqual({ msg: "Invalid", offs: 36 });
    expect(ack.attributesAt).toBe(4 + 16 + 4 + 16);
  });

  test("an error with the whole request, padded", () => {
    const ack = decode(ERROR, TLVS, u32(-17), asked, zeros(2), attr(5, u32(3)), attr(6, u32(20)));
    expect(ack).toEqual({
      error: -17,
      extended: { missType: 3, missNest: 20 },
      requestType: 16,
      attributesAt: 4 + 16 + 4 + 24,
    });
  });

  test("without the flag nothing is read behind the request", () => {
    expect(decode(ERROR, 0, u32(-17), asked, zeros(2), attr(5, u32(3))).extended).toBeUndefined();
  });

  test("what the kernel accepts", () => {
    const policy = attr(0x8004, attr(1, u32(4)), attr(4, u64(1)), attr(5, u64(0xffffff)), attr(12, u64(7)));
    const { extended } = decode(ERROR, CAPPED | TLVS, u32(-34), asked.slice(0, 16), policy, attr(3, 1, 2));
    expect(extended).toEqual({
      policy: { type: "u32", minValueU: 1n, maxValueU: 0xffffffn, mask: 7n },
      cookie: bytes(1, 2),
    });
  });

  test("DONE: the error, and attributes right behind it", () => {
    expect(decode(DONE, 2, u32(0))).toMatchObject({ error: 0, requestType: undefined, extended: undefined });
    expect(decode(DONE, 2)).toMatchObject({ error: 0, extended: undefined });
    expect(decode(DONE, 2, u32(124)).error).toBe(124);
    const ack = decode(DONE, 2 | TLVS, u32(-95), attr(1, text("no"), 0), zeros(16));
    expect(ack).toMatchObject({ error: -95, requestType: undefined, attributesAt: 24 });
    expect(ack.extended).toMatchObject({ msg: "no" });
  });

  test.each([0, 1, 3])("a payload of %i bytes", (length) => {
    for (const type of [ERROR, DONE]) {
      expect(decode(type, TLVS, zeros(length))).toMatchObject({ error: 0, extended: undefined });
    }
  });

  test("an error without a whole header of the request has no attributes", () => {
    expect(decode(ERROR, TLVS, u32(-1), attr(2, u32(1)))).toMatchObject({ error: -1, extended: undefined });
  });
});
