import { describe, expect, test } from "vitest";
import { align4 } from "../../../../src/netlink/codec/byte-order.ts";
import { Input } from "../../../../src/netlink/codec/input.ts";
import { beginMessage, endMessage, messagesOf, type NlMessage } from "../../../../src/netlink/codec/nlmsg.ts";
import { Output } from "../../../../src/netlink/codec/output.ts";
import { bytes, ORDERS, wire, zeros } from "../../../support/wire.ts";

describe.each(ORDERS)("%s endian", (byteOrder) => {
  const { message } = wire(byteOrder);
  const read = (datagram: Uint8Array): { list: NlMessage[]; end: number } => {
    const walk = messagesOf(new Input(datagram, { byteOrder }));
    const list: NlMessage[] = [];
    for (;;) {
      const step = walk.next();
      if (step.done) return { list, end: step.value };
      list.push(step.value);
    }
  };

  test("the fields of the header", () => {
    const { list, end } = read(
      message({ type: 16, flags: 0x305, sequence: 0xfffffffe, portId: 77 }, zeros(4)),
    );
    expect(list).toEqual([
      {
        offset: 0,
        length: 20,
        type: 16,
        flags: 0x305,
        sequence: 0xfffffffe,
        portId: 77,
        at: 16,
        payloadLength: 4,
        cut: false,
      },
    ]);
    expect(end).toBe(20);
  });

  test("several messages, padded between and not behind the last", () => {
    const first = message({ type: 20 }, [1, 2, 3, 4, 5]);
    const second = message({ type: 21 });
    const third = message({ type: 22 }, [9]);
    const { list, end } = read(bytes(first, zeros(3), second, third));
    expect(list.map(({ type, offset, payloadLength, cut }) => [type, offset, payloadLength, cut])).toEqual([
      [20, 0, 5, false],
      [21, 24, 0, false],
      [22, 40, 1, false],
    ]);
    expect(end).toBe(57);
    expect(read(bytes(first, zeros(3), second, third, zeros(3))).end).toBe(60);
  });

  test.each([0, 1, 15])("a length of %i ends the walk where it stands", (length) => {
    const sound = message({ type: 20 }, zeros(4));
    const { list, end } = read(bytes(sound, message({ type: 21, length }), message({ type: 22 })));
    expect(list).toHaveLength(1);
    expect(end).toBe(20);
  });

  test("zero bytes behind a request, as iproute2 sends them", () => {
    const { list, end } = read(bytes(message({ type: 18 }, zeros(4)), zeros(132)));
    expect(list).toHaveLength(1);
    expect(end).toBe(20);
  });

  test.each([21, 1000, 0x7fffffff, 0x80000000, 0xffffffff])(
    "a length of %i, longer than the datagram",
    (length) => {
      const { list, end } = read(message({ type: 18, length }, zeros(4)));
      expect(list).toMatchObject([{ cut: true, length, payloadLength: 4 }]);
      expect(end).toBe(20);
    },
  );

  test("a datagram shorter than a header has no message", () => {
    for (let length = 0; length < 16; length++) {
      expect(read(message({ type: 18 }).slice(0, length))).toEqual({ list: [], end: 0 });
    }
  });

  test("a part of a larger buffer", () => {
    const inner = bytes(zeros(8), message({ type: 18 }, [1, 2, 3, 4]), zeros(8));
    const list = [...messagesOf(new Input(inner, { byteOrder }), 8, 28)];
    expect(list).toMatchObject([{ offset: 8, at: 24, payloadLength: 4 }]);
    expect([...messagesOf(new Input(inner.subarray(8, 28), { byteOrder }))]).toMatchObject([{ offset: 0 }]);
  });

  test("writing", () => {
    const output = new Output(byteOrder);
    const one = beginMessage(output, 16, 0x605, 0xdeadbeef, 9);
    output.append(bytes(1, 2, 3, 4, 5));
    endMessage(output, one);
    endMessage(output, beginMessage(output, 17, 1, 2));
    const expected = bytes(
      message({ type: 16, flags: 0x605, sequence: 0xdeadbeef, portId: 9 }, [1, 2, 3, 4, 5]),
      zeros(3),
      message({ type: 17, flags: 1, sequence: 2 }),
    );
    expect(output.finish()).toEqual(expected);
  });
});

test("an output is used again, and grows", () => {
  const output = new Output("little", 4);
  output.append(bytes(1, 2, 3));
  output.append(Uint8Array.from({ length: 100 }, () => 7));
  expect(output.finish()).toEqual(
    bytes(
      1,
      2,
      3,
      Array.from({ length: 100 }, () => 7),
    ),
  );
  output.at = 0;
  output.take(5);
  expect(output.finish()).toEqual(zeros(5));
});

test("align4", () => {
  expect([0, 1, 3, 4, 5, 0xfffd, 0x7ffffffe, 0xfffffffd].map(align4)).toEqual([
    0, 4, 4, 4, 8, 0x10000, 0x80000000, 0x100000000,
  ]);
});
