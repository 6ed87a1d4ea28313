import { expect, test } from "vitest";
import type { Captured } from "../../../../src/decode/capture/captured.ts";
import { readCapture } from "../../../../src/decode/capture/read.ts";
import { hex } from "../../../../src/decode/output/hex.ts";
import { selector } from "../../../../src/decode/select.ts";
import { bytes, zeros } from "../../../support/wire.ts";
import {
  ack,
  addressDump,
  captured,
  dumpEnd,
  loAddress,
  talk,
  tell,
  vxlanError,
  vxlanRequest,
} from "../datagrams.ts";

const hexOf = (data: Uint8Array) => Buffer.from(data).toString("hex");

test("a datagram a line, which the reader of hex reads again", async () => {
  const datagrams = [vxlanRequest, vxlanError, bytes(loAddress, dumpEnd), bytes(ack, zeros(8))];
  const text = talk(datagrams)
    .told.map((told) => hex(told))
    .join("\n");
  async function* input() {
    yield new TextEncoder().encode(`${text}\n`);
  }
  const again: Captured[] = [];
  for await (const entry of readCapture(input(), { format: "hex" })) again.push(entry);
  expect(again.map((entry) => hexOf(entry.bytes))).toEqual(datagrams.map(hexOf));
  expect(again.flatMap(({ problems }) => problems)).toEqual([]);
});

test("of a datagram with messages left out, the others", () => {
  const told = tell(bytes(addressDump, vxlanRequest, addressDump));
  const only = (types: string[]) => selector({ types })(told).map((entry) => hex(entry));
  expect(only(["newlink"])).toEqual([hexOf(vxlanRequest)]);
  expect(only(["getaddr"])).toEqual([hexOf(bytes(addressDump, addressDump))]);
  expect(only(["*"])).toEqual([hexOf(bytes(addressDump, vxlanRequest, addressDump))]);
});

test("a request told again with its error", () => {
  const { told } = talk([bytes(addressDump, vxlanRequest), vxlanError]);
  expect(told.flatMap(selector({ errors: true })).map((entry) => hex(entry))).toEqual([
    hexOf(vxlanRequest),
    hexOf(vxlanError),
  ]);
});

test("nothing at all", () => expect(hex(tell(captured(zeros(0), { failed: "EPERM" })))).toBe(""));
