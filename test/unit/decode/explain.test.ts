import { describe, expect, test } from "vitest";
import { walk } from "../../../src/decode/index.ts";
import { bytes, ORDERS, text, wire, zeros } from "../../support/wire.ts";
import {
  ack,
  addressDump,
  dumpEnd,
  explain,
  little,
  loAddress,
  refusedDump,
  vxlanError,
  vxlanRequest,
} from "./datagrams.ts";

const { message, attr, u16, u32 } = little;
const NEWLINK = 16;
const DELLINK = 17;
const GETLINK = 18;
const clean = { problems: [], notes: [] };

test("a request: header, parts with their bytes, direction", () => {
  const { messages, ...outside } = explain(vxlanRequest);
  expect(outside).toEqual(clean);
  expect(messages).toMatchObject([
    {
      offset: 0,
      length: 68,
      direction: "sent",
      type: 16,
      constant: "RTM_NEWLINK",
      flags: 0x605,
      flagNames: ["NLM_F_REQUEST", "NLM_F_ACK", "NLM_F_EXCL", "NLM_F_CREATE"],
      sequence: 0x654345cb,
      portId: 0,
      answer: undefined,
      ...clean,
    },
  ]);
  const byPath = new Map([...walk(messages[0]!.parts)].map(({ path, part }) => [path, part]));
  expect(byPath.get("ifname")).toMatchObject({ value: "vx", start: 32, valueStart: 36, end: 39 });
  expect(byPath.get("linkinfo.data.id")).toMatchObject({
    value: 0x1ffffff,
    constant: "IFLA_VXLAN_ID",
    attributeType: 1,
    start: 60,
    end: 68,
  });
  expect(messages[0]!.header.map(({ name, start, end }) => [name, start, end])).toEqual([
    ["nlmsgLen", 0, 4],
    ["nlmsgType", 4, 6],
    ["nlmsgFlags", 6, 8],
    ["nlmsgSeq", 8, 12],
    ["nlmsgPid", 12, 16],
  ]);
});

test("an error: its name, the request's header, the extended acknowledgement", () => {
  const [error] = explain(vxlanError).messages;
  expect(error).toMatchObject({
    direction: "received",
    constant: "NLMSG_ERROR",
    flagNames: ["NLM_F_CAPPED", "NLM_F_ACK_TLVS"],
    answer: {
      error: -34,
      code: "ERANGE",
      requestType: "RTM_NEWLINK",
      extended: { offs: 60 },
      details: { message: "VXLAN ID must be lower than 16777216" },
    },
    ...clean,
  });
  expect([...walk(error!.parts)].map(({ path }) => path)).toEqual([
    "error",
    "request",
    "request.nlmsgLen",
    "request.nlmsgType",
    "request.nlmsgFlags",
    "request.nlmsgSeq",
    "request.nlmsgPid",
    "msg",
    "offs",
  ]);
});

test("an error names the field when the request is at hand", () => {
  const asked: unknown[] = [];
  const requestOf = (answer: unknown) => {
    asked.push(answer);
    return bytes(vxlanRequest, zeros(64));
  };
  const [error] = explain(vxlanError, { requestOf }).messages;
  expect(error!.answer!.details).toMatchObject({ path: "linkinfo.data.id", attribute: "IFLA_VXLAN_ID" });
  expect(asked).toEqual([{ sequence: 0x654345cb, portId: 32548, requestType: 16 }]);
});

test("an error names the field when it holds the whole request", () => {
  const offs = attr(2, u32(60));
  const whole = message({ type: 2, flags: 0x200 }, u32(-34), vxlanRequest, offs);
  const [error] = explain(whole).messages;
  expect(error).toMatchObject({ answer: { details: { path: "linkinfo.data.id" } }, ...clean });
  expect([...walk(error!.parts)].find(({ path }) => path === "request.linkinfo.data.id")?.part).toMatchObject(
    {
      value: 0x1ffffff,
      start: 80,
    },
  );
});

test("what is missing, and where", () => {
  const missing = (...attributes: Uint8Array[]) =>
    explain(message({ type: 2, flags: 0x300 }, u32(-22), vxlanRequest.slice(0, 16), ...attributes), {
      requestOf: () => vxlanRequest,
    }).messages[0]!.answer!.details.missing;
  expect(missing(attr(5, u32(4)))).toBe("mtu");
  expect(missing(attr(5, u32(1)), attr(6, u32(56)))).toBe("linkinfo.data.id");
});

test("requests that make no sense name no field", () => {
  for (const request of [zeros(0), zeros(40), message({ type: 999 }, zeros(20)), vxlanRequest.slice(0, 20)]) {
    const [error] = explain(vxlanError, { requestOf: () => request }).messages;
    expect(error!.answer!.code).toBe("ERANGE");
    expect(error!.answer!.details.path).toBeUndefined();
  }
});

test("acknowledgements and ends of dumps", () => {
  expect(explain(ack).messages).toMatchObject([
    { answer: { error: 0, code: undefined, requestType: "RTM_NEWLINK" }, ...clean },
  ]);
  expect(explain(dumpEnd).messages).toMatchObject([
    {
      constant: "NLMSG_DONE",
      flagNames: ["NLM_F_MULTI"],
      answer: { error: 0, requestType: undefined },
      ...clean,
    },
  ]);
  expect(explain(refusedDump).messages).toMatchObject([
    {
      flagNames: ["NLM_F_MULTI", "NLM_F_ACK_TLVS"],
      answer: {
        error: -22,
        code: "EINVAL",
        details: { message: "ipv4: Invalid values in header for address dump request" },
      },
      ...clean,
    },
  ]);
  expect(explain(message({ type: 3, flags: 2 })).messages).toMatchObject([
    { answer: { error: 0 }, ...clean },
  ]);
});

test("several messages in a datagram, the last one without padding", () => {
  const last = message({ type: NEWLINK }, zeros(16), little.bare(3, text("lo")));
  const { messages } = explain(bytes(loAddress, dumpEnd, last));
  expect(messages.map(({ offset, length }) => [offset, length])).toEqual([
    [0, 76],
    [76, 20],
    [96, 38],
  ]);
  expect(messages[1]!.header[0]!.start).toBe(76);
  expect(messages[2]!.parts.at(-1)).toMatchObject({ name: "ifname", value: "lo", start: 128, end: 134 });
});

describe("flags mean what the type says", () => {
  test.each([
    [GETLINK, 0x301, ["NLM_F_REQUEST", "NLM_F_DUMP"]],
    [GETLINK, 0x101, ["NLM_F_REQUEST", "NLM_F_ROOT"]],
    [GETLINK, 0x701, ["NLM_F_REQUEST", "NLM_F_DUMP", "NLM_F_ATOMIC"]],
    [NEWLINK, 0xf01, ["NLM_F_REQUEST", "NLM_F_REPLACE", "NLM_F_EXCL", "NLM_F_CREATE", "NLM_F_APPEND"]],
    [DELLINK, 0x301, ["NLM_F_REQUEST", "NLM_F_NONREC", "NLM_F_BULK"]],
    [2, 0x300, ["NLM_F_CAPPED", "NLM_F_ACK_TLVS"]],
    [3, 0x212, ["NLM_F_MULTI", "NLM_F_DUMP_INTR", "NLM_F_ACK_TLVS"]],
    [NEWLINK, 0x22, ["NLM_F_MULTI", "NLM_F_DUMP_FILTERED"]],
    [GETLINK, 0x9001, ["NLM_F_REQUEST", "0x9000"]],
    [32, 0x400, ["NLM_F_CREATE"]], // RTM_NEWRULE: rtnetlink numbers in fours
    [33, 0x100, ["NLM_F_NONREC"]],
    [19, 0x100, ["0x100"]],
    [1, 0x100, ["0x100"]],
    [NEWLINK, 0, []],
  ])("type %i, flags 0x%s", (type, flags, expected) => {
    expect(explain(message({ type, flags }, zeros(20))).messages[0]!.flagNames).toEqual(expected);
  });
});

test.each(ORDERS)("%s endian", (byteOrder) => {
  const { message, attr, u32 } = wire(byteOrder);
  const request = message({ type: NEWLINK, flags: 0x605, sequence: 7 }, zeros(16), attr(4, u32(1500)));
  const [explained] = explain(request, { byteOrder }).messages;
  expect(explained).toMatchObject({
    constant: "RTM_NEWLINK",
    flags: 0x605,
    sequence: 7,
    length: 40,
    ...clean,
  });
  expect(explained!.parts.at(-1)).toMatchObject({ name: "mtu", value: 1500, unit: "bytes" });
  const refusal = message({ type: 2, flags: 0x300 }, u32(-22), request.slice(0, 16), attr(2, u32(32)));
  const [error] = explain(refusal, { byteOrder, requestOf: () => request }).messages;
  expect(error!.answer).toMatchObject({ code: "EINVAL", details: { path: "mtu" } });
});

describe("problems and notes", () => {
  const remarks = (...parts: Uint8Array[]) => {
    const { messages, problems, notes } = explain(bytes(parts));
    return {
      problems: [...messages.flatMap((m) => m.problems), ...problems],
      notes: [...messages.flatMap((m) => m.notes), ...notes],
    };
  };

  test("an empty datagram, and one that is no message", () => {
    expect(remarks()).toMatchObject({ problems: [{ start: 0, end: 0 }], notes: [] });
    expect(remarks(zeros(3))).toMatchObject({ problems: [{ start: 0, end: 3 }], notes: [] });
    expect(remarks(zeros(40)).problems[0]!.text).toContain("cannot be 0 bytes long");
  });

  test("zero bytes behind the last message are a note, others a problem", () => {
    expect(remarks(ack, zeros(128))).toMatchObject({ problems: [], notes: [{ start: 36, end: 164 }] });
    expect(remarks(ack, Uint8Array.of(1, 2, 3))).toMatchObject({
      problems: [{ start: 36, end: 39 }],
      notes: [],
    });
    const short = message({ type: 18, length: 8 });
    expect(remarks(ack, short)).toMatchObject({ problems: [{ start: 36, end: 52 }], notes: [] });
  });

  test("a length behind the datagram's end", () => {
    expect(remarks(loAddress.slice(0, 40)).problems).toMatchObject([{ start: 0, end: 40 }]);
    expect(remarks(message({ type: 2, length: 36 }, u32(-17))).problems).toMatchObject([
      { end: 20 },
      { path: "payload" },
    ]);
  });

  test("attributes: unknown, of a wrong size, cut short", () => {
    const link = (...attributes: Uint8Array[]) => message({ type: NEWLINK }, zeros(16), ...attributes);
    expect(remarks(link(attr(4, u16(1)))).problems).toMatchObject([
      { path: "mtu", start: 32, text: expect.stringContaining("2 bytes are no u32") },
    ]);
    expect(remarks(link(attr(18, attr(77, zeros(3))))).problems).toMatchObject([
      { path: "linkinfo.unknown.77", start: 36, end: 43 },
    ]);
    expect(remarks(link(attr(3, text("lo")), bytes(u16(40), u16(4)))).problems).toMatchObject([
      { path: "trailing", start: 40, end: 44 },
    ]);
    expect(remarks(link(attr(3, text("lo")), zeros(8)))).toMatchObject({
      problems: [],
      notes: [{ path: "trailing", text: "8 zero bytes" }],
    });
  });

  test("a short header, and a struct longer than known, are notes", () => {
    expect(remarks(message({ type: GETLINK, flags: 0x301 }, zeros(4)))).toMatchObject({
      problems: [],
      notes: [{ text: "4 of the 16 bytes of struct ifinfomsg" }],
    });
    const cacheinfo = attr(6, zeros(16), Uint8Array.of(1, 2, 3, 4));
    expect(remarks(message({ type: 20 }, zeros(8), cacheinfo))).toMatchObject({
      problems: [],
      notes: [{ path: "cacheinfo.trailing", start: 44, end: 48 }],
    });
  });

  test("a type without schema", () => {
    expect(remarks(message({ type: 999 }, zeros(8))).problems).toMatchObject([
      { path: "payload", start: 16, end: 24 },
    ]);
    expect(explain(message({ type: 999 }, zeros(8))).messages[0]).toMatchObject({
      constant: undefined,
      type: 999,
    });
  });

  test("interrupted dumps and lost messages", () => {
    expect(remarks(message({ type: 3, flags: 0x12 }, u32(0))).problems).toHaveLength(1);
    expect(remarks(message({ type: 4 })).problems).toMatchObject([{ text: "messages were lost" }]);
  });

  test("errors: too short, an impossible copy, bytes that nothing announces", () => {
    expect(remarks(message({ type: 2 }, u32(-17))).problems).toMatchObject([{ path: "payload" }]);
    const copy = (length: number) => message({ type: NEWLINK, length });
    expect(remarks(message({ type: 2 }, u32(-17), copy(100))).problems).toMatchObject([{ path: "request" }]);
    expect(remarks(message({ type: 2, flags: 0x100 }, u32(0), copy(100))).problems).toEqual([]);
    expect(
      remarks(message({ type: 2, flags: 0x100 }, u32(0), copy(100), zeros(3), text("x"))).problems,
    ).toMatchObject([{ path: "trailing", start: 36 }]);
  });
});

test("direction: as given, else by NLM_F_REQUEST", () => {
  expect(explain(addressDump).messages[0]!.direction).toBe("sent");
  expect(explain(loAddress).messages[0]!.direction).toBe("received");
  expect(explain(loAddress, { direction: "sent" }).messages[0]!.direction).toBe("sent");
});
