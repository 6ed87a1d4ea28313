import { describe, expect, test } from "vitest";
import { type SelectOptions, selector } from "../../../src/decode/select.ts";
import { bytes, text, zeros } from "../../support/wire.ts";
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
const link = message({ type: 16 }, bytes(zeros(4), u32(1), zeros(8)), attr(3, text("lo\0")));
const family = message({ type: 16, flags: 1 }, Uint8Array.of(3, 1, 0, 0));

const { told } = talk([
  captured(link, { pid: 1, direction: "received" }),
  captured(vxlanRequest, { pid: 2, direction: "sent" }),
  captured(vxlanError, { pid: 2, direction: "received" }),
  captured(addressDump, { pid: 1, direction: "sent" }),
  captured(bytes(loAddress, dumpEnd), { pid: 1, direction: "received" }),
  captured(family, { pid: 3, direction: "sent", protocol: 16 }),
  captured(zeros(0), { pid: 3, direction: "received", failed: "ENOBUFS", protocol: 16 }),
]);

/** Datagram and message of what is shown. */
const shown = (options: SelectOptions) =>
  told.flatMap((entry) =>
    selector(options)(entry).flatMap(({ index, messages }) =>
      messages.length === 0 ? [`${index}`] : messages.map((one) => `${index}.${one.index}`),
    ),
  );

test("nothing asked for is everything", () => {
  expect(shown({})).toEqual(["0.0", "1.0", "2.0", "3.0", "4.0", "4.1", "5.0", "6"]);
});

describe.each<[SelectOptions, string[]]>([
  [{ types: ["RTM_NEWLINK"] }, ["0.0", "1.0", "2.0"]],
  [{ types: ["newlink"] }, ["0.0", "1.0", "2.0"]],
  [{ types: ["new*"] }, ["0.0", "1.0", "2.0", "4.0"]],
  [{ types: ["*addr"] }, ["3.0", "4.0", "4.1"]],
  [{ types: ["getaddr,error"] }, ["2.0", "3.0", "4.1"]],
  [{ types: ["getaddr", "done"] }, ["3.0", "4.1"]],
  [{ types: ["getfamily"] }, ["5.0"]],
  [{ types: ["GENL_ID_CTRL"] }, ["5.0"]],
  [{ types: ["20"] }, ["4.0"]],
  [{ types: ["link"] }, []],
  [{ families: ["route"] }, ["0.0", "1.0", "2.0", "3.0", "4.0", "4.1"]],
  [{ families: ["NETLINK_GENERIC"] }, ["5.0", "6"]],
  [{ families: ["nlctrl"] }, ["5.0"]],
  [{ interfaces: ["lo"] }, ["0.0", "4.0"]],
  [{ interfaces: ["1"] }, ["0.0", "4.0"]],
  [{ interfaces: ["vx"] }, ["1.0", "2.0"]],
  [{ interfaces: ["eth0"] }, []],
  [{ direction: "sent" }, ["1.0", "3.0", "5.0"]],
  [{ direction: "received", pids: [3] }, ["6"]],
  [{ pids: [2] }, ["1.0", "2.0"]],
  [{ errors: true }, ["1.0", "2.0", "6"]],
  [{ errors: true, types: ["newlink"] }, ["1.0", "2.0"]],
  [{ errors: true, types: ["newaddr"] }, []],
])("%o", (options, expected) => {
  test("", () => expect(shown(options)).toEqual(expected));
});

test("letters that mean something to regular expressions mean themselves", () => {
  expect(shown({ types: ["(", "[", "RTM.NEWLINK", "\\"] })).toEqual([]);
});

test("an acknowledgement is no error", () => {
  const { told } = talk([vxlanRequest, ack]);
  expect(told.flatMap(selector({ errors: true }))).toEqual([]);
});
