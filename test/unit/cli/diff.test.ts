/** `nlkit diff` */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ack, loAddress, vxlanRequest } from "../decode/datagrams.ts";
import { run } from "./run.ts";

const hex = (...datagrams: Uint8Array[]): string =>
  datagrams.map((datagram) => `${Buffer.from(datagram).toString("hex")}\n`).join("");

let folder: string;
let one: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-diff-"));
  one = join(folder, "one");
  writeFileSync(one, hex(vxlanRequest, ack));
});
afterAll(() => rmSync(folder, { recursive: true }));

function changed(at: number, byte: number): Uint8Array {
  const copy = vxlanRequest.slice();
  copy[at] = byte;
  return copy;
}

test("the same but for the sequence number: nothing, status 0", async () => {
  const stdin = hex(changed(8, 99), ack);
  expect(await run(["diff", one, "-"], { stdin })).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("another value: the field, status 1", async () => {
  const { status, stdout } = await run(["diff", one, "-"], { stdin: hex(changed(64, 0xfe), ack) });
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^→ RTM_NEWLINK .*\n− linkinfo\.data\.id: 33554431 .*\n\+ linkinfo\.data\.id: 33554430 .*\n$/,
  );
  const ignored = await run(["diff", one, "-", "--ignore", "linkinfo.data.*"], {
    stdin: hex(changed(64, 0xfe), ack),
  });
  expect(ignored).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("one more message; colours; what is chosen", async () => {
  const stdin = hex(vxlanRequest, ack, loAddress);
  const { status, stdout } = await run(["diff", one, "-", "--color", "always"], { stdin });
  expect(status).toBe(1);
  expect(stdout).toContain("\u001b[32m+ ← RTM_NEWADDR");
  expect((await run(["diff", one, "-", "--type", "newlink"], { stdin })).status).toBe(0);
});

test("what cannot be read is told, and is a difference", async () => {
  const { status, stderr } = await run(["diff", one, "-", "--format", "hex"], { stdin: "what?\n" });
  expect(status).toBe(1);
  expect(stderr).toContain("nlkit: -: datagram 0: ");
});
