import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { json, unfinishedJson } from "../../../../src/decode/output/json.ts";
import { bytes, text, zeros } from "../../../support/wire.ts";
import {
  addressDump,
  captured,
  dumpEnd,
  little,
  loAddress,
  talk,
  tell,
  vxlanError,
  vxlanRequest,
} from "../datagrams.ts";

const { message, attr, u16, u32, u64 } = little;

type Line = Record<string, unknown>;
const lines = (...datagrams: Parameters<typeof tell>): Line[] =>
  json(tell(...datagrams))
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

test("a request", () => {
  expect(lines(captured(vxlanRequest, { time: 12.5, pid: 7, socket: "7:3", direction: "sent" }))).toEqual([
    {
      datagram: 0,
      message: 0,
      offset: 0,
      length: 68,
      protocol: "NETLINK_ROUTE",
      time: 12.5,
      pid: 7,
      socket: "7:3",
      direction: "sent",
      role: "request",
      type: "RTM_NEWLINK",
      flags: ["NLM_F_REQUEST", "NLM_F_ACK", "NLM_F_EXCL", "NLM_F_CREATE"],
      seq: 1698907595,
      portId: 0,
      value: {
        ifiFamily: "unspec",
        ifiType: "netrom",
        ifiIndex: 0,
        ifiFlags: [],
        ifiChange: [],
        ifname: "vx",
        linkinfo: { kind: "vxlan", data: { id: 33554431 } },
      },
      unknown: [],
      problems: [],
      notes: [],
    },
  ]);
});

test("an error and its request", () => {
  expect(lines(captured(vxlanRequest, { time: 1 }), captured(vxlanError, { time: 1.25 }))).toMatchObject([
    {
      datagram: 1,
      role: "reply",
      type: "NLMSG_ERROR",
      request: { datagram: 0, message: 0, offset: 0, type: "RTM_NEWLINK" },
      elapsed: 0.25,
      answer: {
        error: -34,
        code: "ERANGE",
        requestType: "RTM_NEWLINK",
        message: "VXLAN ID must be lower than 16777216",
        field: "linkinfo.data.id",
        attribute: "IFLA_VXLAN_ID",
      },
      value: { error: -34, request: { nlmsgLen: 68 }, msg: "VXLAN ID must be lower than 16777216", offs: 60 },
    },
  ]);
});

test("objects of a dump", () => {
  const all = lines(addressDump, bytes(loAddress, dumpEnd));
  expect(all).toMatchObject([
    {
      message: 0,
      offset: 0,
      objects: 1,
      value: { address: "127.0.0.1", cacheinfo: { ifaValid: 4294967295 } },
    },
    { message: 1, offset: 76, objects: 1, type: "NLMSG_DONE", answer: { error: 0 } },
  ]);
  expect(all[1]!.answer).not.toHaveProperty("code");
});

test("64 bits are exact, bytes hexadecimal, lists arrays", () => {
  const numbers = Array.from({ length: 25 }, (_, index) =>
    u64(index === 0 ? 2n ** 53n - 1n : 2n ** 53n + BigInt(index)),
  );
  const link = message(
    { type: 16 },
    zeros(16),
    attr(23, numbers),
    attr(34, [1, 2, 255]),
    attr(52, attr(53, text("a\0")), attr(53, text("b\0"))),
  );
  expect(lines(link)).toMatchObject([
    {
      value: {
        stats64: { rxPackets: 9007199254740991, txPackets: "9007199254740993" },
        physPortId: "0102ff",
        propList: { altIfname: ["a", "b"] },
      },
    },
  ]);
  const empty = message({ type: 16 }, zeros(16), attr(18), attr(26, attr(2, attr(1))));
  expect(lines(empty)).toMatchObject([{ value: { linkinfo: {}, afSpec: { inet: { conf: [] } } } }]);
});

test("what is no field", () => {
  const link = message(
    { type: 16 },
    zeros(16),
    attr(4, u16(1)),
    attr(13, u32(1)),
    attr(13, u32(2)),
    attr(18, attr(1, text("vlan\0")), attr(0x8000 | 77, u32(5))),
    Uint8Array.of(1),
  );
  expect(lines(link)).toMatchObject([
    {
      value: { txqlen: 2, linkinfo: { kind: "vlan" } },
      unknown: [
        { path: "mtu", type: 4, offset: 32, length: 2, hex: "0100" },
        { path: "txqlen", type: 13, offset: 40, length: 4, hex: "01000000" },
        { path: "linkinfo.unknown.77", type: 77, length: 4, hex: "05000000", guess: "u32 5" },
        { path: "trailing", type: null, length: 1, hex: "01" },
      ],
      problems: [
        { path: "mtu", offset: 32, length: 6 },
        { path: "linkinfo.unknown.77" },
        { path: "trailing" },
      ],
    },
  ]);
  expect(lines(message({ type: 999, flags: 0x4002 }, zeros(4)))).toMatchObject([
    {
      type: 999,
      flags: ["NLM_F_MULTI", "0x4000"],
      value: {},
      unknown: [{ path: "payload", type: null, hex: "00000000" }],
    },
  ]);
});

test("the datagram as a whole", () => {
  expect(lines(captured(zeros(0), { failed: "ENOBUFS", direction: "received", pid: 3 }))).toMatchObject([
    {
      datagram: 0,
      message: null,
      type: null,
      value: null,
      failed: "ENOBUFS",
      pid: 3,
      problems: [{ offset: 0 }],
    },
  ]);
  const [first, whole] = lines(captured(bytes(dumpEnd, 1, 2), { length: 30 }));
  expect(first).toMatchObject({ message: 0, problems: [] });
  expect(whole!.problems).toHaveLength(2);
});

test("what is missing at the end", () => {
  const { unfinished } = talk([addressDump, loAddress]);
  expect(unfinished.map((entry) => JSON.parse(unfinishedJson(entry)))).toEqual([
    {
      datagram: 0,
      message: 0,
      offset: 0,
      type: "RTM_GETADDR",
      seq: 1698907594,
      unfinished: true,
      problems: [{ text: "the dump has no NLMSG_DONE after 1 object", offset: 0 }],
    },
  ]);
});

test("every field is documented", () => {
  const document = readFileSync(resolve(import.meta.dirname, "../../../../docs/decode-json.md"), "utf8");
  const all = [
    ...lines(
      captured(vxlanRequest, { time: 1, pid: 1, socket: "" }),
      captured(vxlanError, { time: 1, failed: "E" }),
    ),
    ...lines(addressDump, loAddress),
    ...lines(message({ type: 16 }, zeros(16), attr(77, u32(5)))),
    ...lines(captured(zeros(0), { failed: "EPERM" })),
  ];
  const names = new Set<string>();
  for (const line of all) {
    for (const [name, value] of Object.entries(line)) {
      names.add(name);
      if (name === "answer" || name === "request")
        for (const inner of Object.keys(value as object)) names.add(inner);
      if (name === "unknown" || name === "problems")
        for (const entry of value as object[]) for (const inner of Object.keys(entry)) names.add(inner);
    }
  }
  expect(names.size).toBeGreaterThan(25);
  expect([...names].filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});
