import { describe, expect, test } from "vitest";
import { Conversation } from "../../../src/decode/conversation.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../support/wire.ts";
import {
  ack,
  addressDump,
  captured,
  dumpEnd,
  little,
  loAddress,
  talk,
  vxlanError,
  vxlanRequest,
} from "./datagrams.ts";

const { message, attr, u32 } = little;

const texts = (remarks: readonly { text: string }[]) => remarks.map((remark) => remark.text);

describe("answers find their requests", () => {
  test("an error: the request, the time between, the field", () => {
    const { told, unfinished } = talk([
      captured(vxlanRequest, { time: 1000 }),
      captured(vxlanError, { time: 1000.25 }),
    ]);
    expect(told[0]!.messages).toMatchObject([{ role: "request", problems: [] }]);
    expect(told[1]!.messages).toMatchObject([
      {
        role: "reply",
        elapsed: 0.25,
        request: { datagram: 0, message: 0, offset: 0, constant: "RTM_NEWLINK" },
        message: { answer: { details: { path: "linkinfo.data.id" } } },
        problems: [],
        notes: [],
      },
    ]);
    expect(told[1]!.index).toBe(1);
    expect(told[1]!.protocol.constant).toBe("NETLINK_ROUTE");
    expect(unfinished).toEqual([]);
  });

  test("objects of a dump are counted, and their number is there at the end", () => {
    const { told, unfinished } = talk([addressDump, bytes(loAddress, loAddress), bytes(loAddress, dumpEnd)]);
    const objects = told.flatMap(({ messages }) => messages.map((said) => said.objects));
    expect(objects).toEqual([undefined, 1, 2, 3, 3]);
    expect(told[2]!.messages[1]!.request).toMatchObject({ constant: "RTM_GETADDR" });
    expect(unfinished).toEqual([]);
  });

  test("the request can be told again, where it stood", () => {
    const other = message({ type: 18, flags: 1, sequence: 1 }, zeros(16));
    const { told } = talk([bytes(other, vxlanRequest), vxlanError]);
    const again = told[1]!.messages[0]!.request!.tell();
    expect(again.messages).toEqual([told[0]!.messages[1]]);
    expect(again.index).toBe(0);
  });

  test("sockets are kept apart", () => {
    const a = { socket: "1:3" };
    const b = { socket: "2:3" };
    const { told, unfinished } = talk([
      captured(addressDump, a),
      captured(addressDump, b),
      captured(loAddress, b),
      captured(dumpEnd, b),
      captured(dumpEnd, a),
    ]);
    expect(told.slice(2).map(({ messages }) => messages[0]!.request?.datagram)).toEqual([1, 1, 0]);
    expect(told[4]!.messages[0]!.objects).toBe(0);
    expect(unfinished).toEqual([]);
  });

  test("port ids are kept apart where nothing else tells sockets apart", () => {
    const get = message({ type: 18, flags: 5, sequence: 7 }, zeros(16));
    const done = (portId: number, error: number) =>
      message({ type: 2, flags: 0x100, sequence: 7, portId }, u32(error), get.slice(0, 16));
    const { told } = talk([
      captured(get, { portId: 10 }),
      captured(get, { portId: 11 }),
      done(11, -19),
      done(10, -22),
    ]);
    expect(told.slice(2).map(({ messages }) => messages[0]!.request?.datagram)).toEqual([1, 0]);
  });

  test("of several requests with one number the type decides, then the order", () => {
    const request = (type: number) => message({ type, flags: 5 }, zeros(16));
    const answer = (to: Uint8Array) => message({ type: 2, flags: 0x100 }, u32(0), to.slice(0, 16));
    const { told } = talk([
      captured(request(16), { socket: "a" }),
      captured(request(19), { socket: "a" }),
      captured(request(16), { socket: "a" }),
      ...[19, 16, 16].map((type) => captured(answer(request(type)), { socket: "a", direction: "received" })),
    ]);
    expect(told.slice(3).map(({ messages }) => messages[0]!.request?.datagram)).toEqual([1, 0, 2]);
  });

  test("a notification is not the answer, though it has the request's numbers", () => {
    const change = message({ type: 16, flags: 5, sequence: 7, portId: 9 }, zeros(16));
    const tells = message({ type: 16, sequence: 7, portId: 9 }, zeros(16), attr(3, text("a\0")));
    const done = message({ type: 2, flags: 0x100, sequence: 7, portId: 9 }, u32(0), change.slice(0, 16));
    const { told, unfinished } = talk([change, tells, done]);
    expect(told.map(({ messages }) => messages[0]!.role)).toEqual(["request", "notification", "reply"]);
    expect(told[1]!.messages[0]!.request?.datagram).toBe(0);
    expect(unfinished).toEqual([]);
  });

  test("a change that asks for no acknowledgement is done when a later request is answered", () => {
    const quiet = message({ type: 16, flags: 1, sequence: 1 }, zeros(16));
    const get = message({ type: 18, flags: 1, sequence: 2 }, zeros(16));
    const reply = message({ type: 16, sequence: 2 }, zeros(16));
    const late = message({ type: 2, flags: 0x100, sequence: 1 }, u32(-1), quiet.slice(0, 16));
    const { told } = talk([bytes(quiet, get), reply, late]);
    expect(texts(told[2]!.messages[0]!.problems)).toEqual([
      "the request that this answers is not in the capture",
    ]);
    expect(talk([bytes(quiet, get), late]).told[1]!.messages[0]!.request).toMatchObject({ sequence: 1 });
  });
});

describe("what is wrong with a conversation", () => {
  test("an answer without a request: odd in the middle, natural where there are no requests", () => {
    const missing = "the request that this answers is not in the capture";
    const alone = talk([loAddress, loAddress, dumpEnd]);
    expect(texts(alone.told[0]!.messages[0]!.notes)).toEqual([missing]);
    expect(texts(alone.told[1]!.messages[0]!.notes)).toEqual([]);
    expect(alone.told.flatMap(({ messages }) => messages.flatMap((said) => said.problems))).toEqual([]);
    const { told } = talk([vxlanRequest, loAddress, loAddress, vxlanError, vxlanError]);
    expect(told.map(({ messages }) => texts(messages[0]!.problems))).toEqual([
      [],
      [missing],
      [],
      [],
      [missing],
    ]);
  });

  test("a request without an answer, a dump without an end", () => {
    const { unfinished } = talk([addressDump, loAddress, vxlanRequest]);
    expect(unfinished).toMatchObject([
      {
        request: { datagram: 0, constant: "RTM_GETADDR" },
        text: "the dump has no NLMSG_DONE after 1 object",
      },
      { request: { datagram: 2, constant: "RTM_NEWLINK" }, text: "no answer" },
    ]);
    // Where no answers are in the capture, none is missing.
    expect(talk([addressDump, vxlanRequest]).unfinished).toEqual([]);
  });

  test("an overrun, and what it may explain", () => {
    const { told, unfinished } = talk([
      addressDump,
      loAddress,
      captured(zeros(0), { failed: "ENOBUFS", direction: "received" }),
    ]);
    expect(texts(told[2]!.problems)).toEqual([
      "receiving failed with ENOBUFS: the socket's buffer was full and messages were lost",
    ]);
    expect(unfinished[0]!.text).toBe(
      "the dump has no NLMSG_DONE after 1 object; messages were lost at datagram 2",
    );
  });

  test("system calls that failed, captures that were cut, what the reader noticed", () => {
    const empty = zeros(0);
    const { told } = talk([
      captured(empty, { failed: "EPERM", direction: "sent" }),
      captured(empty, { failed: "EAGAIN", direction: "received" }),
      captured(loAddress.slice(0, 40), { length: 76 }),
      captured(empty, { problems: ["line 7 is no hex"] }),
      captured(empty),
    ]);
    expect(told.map(({ problems }) => texts(problems))).toEqual([
      ["sending failed with EPERM"],
      [],
      ["the capture has 40 of the datagram's 76 bytes"],
      ["line 7 is no hex"],
      ["an empty datagram"],
    ]);
    expect(texts(told[1]!.notes)).toEqual(["receiving failed with EAGAIN"]);
  });

  test("an interrupted dump", () => {
    const { told } = talk([addressDump, message({ type: 3, flags: 0x12, sequence: 0x654345ca }, u32(0))]);
    expect(texts(told[1]!.messages[0]!.problems)).toEqual([
      "objects changed while they were listed: some may be missing or twice",
    ]);
  });
});

describe("verify", () => {
  test("what encodes to the same bytes", () => {
    for (const data of [vxlanRequest, vxlanError, loAddress, dumpEnd, ack, addressDump]) {
      const [said] = talk([data], { verify: true }).told;
      expect(said!.messages[0]!.problems).toEqual([]);
    }
  });

  test("the first byte that differs", () => {
    // Padding behind an attribute is not kept.
    const link = message({ type: 16 }, zeros(16), attr(28, u32(1)), attr(3, text("a\0")));
    link[link.length - 1] = 7;
    const [said] = talk([link], { verify: true }).told;
    const [problem] = said!.messages[0]!.problems;
    if (problem)
      expect(problem).toMatchObject({ start: link.length - 1, text: expect.stringContaining("0x07") });
  });
});

test.each(ORDERS)("%s endian is noticed", (order) => {
  const { message, attr, u32 } = wire(order);
  const link = message({ type: 16, flags: 5 }, zeros(16), attr(4, u32(1500)));
  const conversation = new Conversation({ byteOrder: order === "little" ? "big" : "little" });
  const told = conversation.take(captured(link));
  expect(told.byteOrder).toBe(order);
  expect(told.messages[0]!.problems).toEqual([]);
});

test("names of interfaces, as the same socket saw them", () => {
  const link = message({ type: 16 }, bytes(zeros(4), u32(7), zeros(8)), attr(3, text("eth7\0")));
  const conversation = new Conversation();
  conversation.take(captured(link, { socket: "1:3", pid: 1, direction: "received" }));
  expect(conversation.take(captured(ack, { socket: "1:3" })).nameOf(7)).toBe("eth7");
  expect(conversation.take(captured(ack, { socket: "1:4", pid: 1 })).nameOf(7)).toBe("eth7");
  expect(conversation.take(captured(ack, { socket: "2:3", pid: 2 })).nameOf(7)).toBeUndefined();
});

test("memory does not grow with requests that nobody answers", () => {
  const conversation = new Conversation();
  for (let i = 0; i < 20_000; i++) {
    const request = message({ type: 18, flags: 5, sequence: i % 3000 }, zeros(16));
    conversation.take(captured(request, { socket: `${i % 2}`, direction: "sent" }));
  }
  conversation.take(captured(ack, { socket: "0", direction: "received" }));
  expect(conversation.finish()).toHaveLength(4096);
  // What was forgotten may be what is answered.
  const [said] = conversation.take(captured(vxlanError, { socket: "0", direction: "received" })).messages;
  expect(said!.problems).toEqual([]);
});
