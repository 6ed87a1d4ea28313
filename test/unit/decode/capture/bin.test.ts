/** Messages without any frame, and base64. */
import { describe, expect, test } from "vitest";
import { readBase64 } from "../../../../src/decode/capture/base64.ts";
import { readBin } from "../../../../src/decode/capture/bin.ts";
import { ORDERS, wire } from "../../../support/wire.ts";
import { all, feed, toHex } from "./feed.ts";

const MULTI = 2;
const lengths = async (bytes: Uint8Array, size?: number) =>
  (await all(readBin(feed(bytes, size)))).map(({ offset, length, problems }) => [
    offset,
    length,
    ...problems,
  ]);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe.each(ORDERS)("%s endian", (order) => {
  const { message } = wire(order);
  const request = message({ type: 18, flags: 0x301, sequence: 1 }, new Uint8Array(16));
  const part = message({ type: 16, flags: MULTI, sequence: 1 }, new Uint8Array(20));
  const done = message({ type: 3, flags: MULTI, sequence: 1 }, new Uint8Array(4));

  test("a request, the parts of its answer together, another answer", async () => {
    const file = join(request, part, part, done, part, done, request);
    for (const size of [1, 16, 4096])
      expect(await lengths(file, size)).toEqual([
        [0, 32],
        [32, 92],
        [124, 56],
        [180, 32],
      ]);
  });

  test("another sequence number is another answer", async () => {
    const other = message({ type: 16, flags: MULTI, sequence: 2 }, new Uint8Array(20));
    expect(await lengths(join(part, part, other, other))).toEqual([
      [0, 72],
      [72, 72],
    ]);
  });

  test("no datagram is longer than the kernel's", async () => {
    const found = await lengths(join(...Array.from({ length: 2000 }, () => part)));
    expect(found.length).toBe(3);
    expect(Math.max(...found.map(([, length]) => length as number))).toBeLessThanOrEqual(32 * 1024);
    expect(found.reduce((sum, [, length]) => sum + (length as number), 0)).toBe(2000 * 36);
  });

  test("zeros behind a request belong to it", async () => {
    expect(await lengths(join(request, new Uint8Array(8), request))).toEqual([
      [0, 40],
      [40, 32],
    ]);
  });

  test("a batch of nf_tables", async () => {
    const batch = (type: number) => message({ type, flags: 1, sequence: 5 }, Uint8Array.of(0, 0, 0, 10));
    const change = message({ type: 0xa00, flags: 1, sequence: 6 }, new Uint8Array(12));
    expect(await lengths(join(batch(16), change, change, batch(17), request))).toEqual([
      [0, 96],
      [96, 32],
    ]);
  });

  test("the last message needs no padding", async () => {
    const odd = message({ type: 16, sequence: 1 }, new Uint8Array(5));
    expect((await lengths(join(odd.subarray(0, 21)))).at(0)).toEqual([0, 21]);
  });

  test("cut, and nonsense", async () => {
    expect(await lengths(join(request, request.subarray(0, 20)))).toEqual([
      [0, 32],
      [32, 20, "the input ends after 20 of a message's 32 bytes"],
    ]);
    expect(await lengths(join(request, request.subarray(0, 10)))).toEqual([
      [0, 32],
      [32, 10, "10 bytes from here on are no messages"],
    ]);
    const noise = new Uint8Array(100_000).fill(0xee);
    const found = await all(readBin(feed(join(request, noise), 5000)));
    expect(found.map(({ offset, length, bytes }) => [offset, length, bytes.length])).toEqual([
      [0, 32, 32],
      [32, 100_000, 4096],
    ]);
  });
});

test("an empty input has no datagrams", async () => {
  expect(await lengths(new Uint8Array())).toEqual([]);
});

describe("base64", () => {
  const { message } = wire("little");
  const short = message({ type: 18, flags: 0x301, sequence: 1 }, new Uint8Array(16).fill(0xfb));
  const long = message({ type: 16, sequence: 1 }, new Uint8Array(150).fill(0xff));
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const read = async (lines: string) => all(readBase64(feed(lines)));
  const bytesOf = async (lines: string) => (await read(lines)).map(({ bytes }) => toHex(bytes));

  test("one a line, also for URLs and without padding", async () => {
    const url = Buffer.from(short).toString("base64url");
    expect(url).toContain("-");
    expect(await bytesOf(`${text(short)}\n# comment\n\n${url}\r\n${text(long)}`)).toEqual(
      [short, short, long].map(toHex),
    );
  });

  test.each([64, 76])("lines of %i characters", async (width) => {
    const wrapped = text(long).replace(new RegExp(`.{${width}}`, "g"), "$&\n");
    expect(wrapped.split("\n").length).toBeGreaterThan(2);
    expect(await bytesOf(`${wrapped}\n${wrapped}`)).toEqual([long, long].map(toHex));
  });

  test("what is wrong", async () => {
    const found = await read(`IAAAA\nIA==IA==\nIAA==\nhello world\n\u00e4\n${text(short)}\n`);
    expect(found.map(({ offset, problems }) => [offset, ...problems])).toEqual([
      [0, "one digit too many, or three too few"],
      [6, "there is more behind the padding"],
      [15, "the padding is wrong"],
      [21, '2 lines cannot be read: " " is not of base64'],
      [36],
    ]);
  });
});
