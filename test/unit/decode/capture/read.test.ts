/** The format is detected, and an input of any size is read in the same memory. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Captured, captureFormats } from "../../../../src/decode/capture/captured.ts";
import { detectFormat } from "../../../../src/decode/capture/detect.ts";
import { LineSplitter } from "../../../../src/decode/capture/lines.ts";
import { readCapture } from "../../../../src/decode/capture/read.ts";
import { all, feed, fromHex, toHex } from "./feed.ts";

const folder = join(import.meta.dirname, "../../../fixtures/captures");
const recorded = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const text = (string: string) => new TextEncoder().encode(string);

const one = "20000000120001036d4a016b0000000000000000000000000000000000000000";
const bytes = fromHex(one);

describe("detection", () => {
  test.each(readdirSync(folder).filter((name) => /\.(?:strace|pcap|pcapng)$/.test(name)))("%s", (name) => {
    expect(detectFormat(recorded(name))).toBe(name.slice(name.lastIndexOf(".") + 1));
  });

  const strings: [string, string, string][] = [
    ["bare digits", "hex", one],
    ["digits in capitals", "hex", one.toUpperCase()],
    ["a comment first", "hex", `# a request\n${one}`],
    ["xxd", "hex", "00000000: 2000 0000 1200 0103 6d4a 016b 0000 0000   .......mJ.k....\n"],
    ["a C array", "hex", `unsigned char r[] = {\n  ${one.replace(/../g, "0x$&, ")}\n};`],
    ["base64", "base64", `${Buffer.from(bytes).toString("base64")}\n`],
    [
      "base64 in several lines",
      "base64",
      `${Buffer.from(bytes).toString("base64")}\n\nIAAAABIAAQNtSgFrAAAA\n`,
    ],
    ["one system call", "strace", 'sendto(3, "\\x20", 32, 0, NULL, 0) = 32\n'],
    ["an unfinished one", "strace", "[pid 12] recvmsg(3,  <unfinished ...>\n"],
    ["a program's own words before", "strace", "1: lo: <LOOPBACK>\n12:00:00 close(3)      = 0\n"],
    ["prose", "hex", "hello\n"],
    ["nothing", "hex", ""],
    ["a fixture", "fixture", '{\n  "fixture": { "version": 1 }'],
  ];
  test.each(strings)("%s: %s", (_name, format, input) => {
    expect(detectFormat(text(input))).toBe(format);
  });

  test("raw messages", () => {
    expect(detectFormat(bytes)).toBe("bin");
    expect(detectFormat(Uint8Array.of(0x20, 0, 0, 0))).toBe("bin");
  });

  test("what is given wins", async () => {
    const found = await all(readCapture(feed(bytes), { format: "hex" }));
    expect(found).toMatchObject([{ length: 0 }]);
    for (const format of captureFormats) await all(readCapture(feed(bytes), { format }));
  });

  test.each([
    ["gzip", [0x1f, 0x8b, 8, 0]],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ])("%s", async (name, magic) => {
    expect(await all(readCapture(feed(Uint8Array.from(magic))))).toMatchObject([
      { problems: [`this is compressed with ${name}: unpack it first`] },
    ]);
  });
});

test("the same datagrams from every format, whatever the chunks", async () => {
  const inputs = [text(one), text(Buffer.from(bytes).toString("base64")), bytes];
  for (const input of inputs)
    for (const size of [1, 5, 100_000]) {
      const found = await all(readCapture(feed(input, size)));
      expect(found.map((captured) => toHex(captured.bytes))).toEqual([one]);
    }
});

test("a protocol for what does not say it", async () => {
  expect(await all(readCapture(feed(text(one)), { protocol: 12 }))).toMatchObject([{ protocol: 12 }]);
  const nlmon = await all(readCapture(feed(recorded("nlmon.pcapng"), 4096), { protocol: 12 }));
  expect(new Set(nlmon.map(({ protocol }) => protocol))).toEqual(new Set([0, 4, 16]));
});

test("a live input is told as it comes", async () => {
  const lines = ["socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n", 'sendto(3, "ab", 2, 0, NULL, 0) = 2\n'];
  let given = 0;
  async function* live() {
    for (const line of lines) {
      given++;
      yield text(line);
    }
    await new Promise(() => {});
  }
  const { value } = await readCapture(live()).next();
  expect((value as Captured).call).toBe("sendto");
  expect(given).toBe(2);
});

test("whoever stops reading closes the input", async () => {
  const chunks = {
    hex: text(`${one}\n`),
    base64: text(`${Buffer.from(bytes).toString("base64")}\n`),
    bin: bytes,
  };
  for (const [format, chunk] of Object.entries(chunks)) {
    let closed = false;
    async function* input() {
      try {
        for (;;) yield chunk;
      } finally {
        closed = true;
      }
    }
    for await (const _captured of readCapture(input(), { format: format as "hex" })) break;
    expect(closed, format).toBe(true);
  }
});

describe("constant memory", () => {
  const megabytes = 10;
  const line = `${one}\n`;
  const inputs: [string, () => Uint8Array, number][] = [
    ["hex", () => text(line.repeat(1000)), 1000],
    ["base64", () => text(`${Buffer.from(bytes).toString("base64")}\n`.repeat(1000)), 1000],
    ["bin", () => fromHex(one.repeat(1000)), 1000],
    [
      "strace",
      () => text(`socket(AF_NETLINK, 3, 0) = 3\n${'sendto(3, "abcd", 4, 0, NULL, 0) = 4\n'.repeat(1000)}`),
      1000,
    ],
    ["hex", () => text(`${"prose ".repeat(20)}\n`.repeat(1000)), 0],
    ["strace", () => text("1 fork() = 2\n".repeat(1000)), 0],
  ];
  test.each(inputs)(`%s: ${megabytes} MB`, async (format, chunk, each) => {
    const piece = chunk();
    const times = Math.ceil((megabytes * 1e6) / piece.length);
    async function* input() {
      for (let i = 0; i < times; i++) yield piece;
    }
    let found = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    for await (const _captured of readCapture(input(), { format: format as "hex" })) {
      if (++found % 5000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(found).toBe(each === 0 ? (format === "hex" ? 1 : 0) : times * each);
    expect(most).toBeLessThan(150 * 1024 * 1024);
  });
});

describe("lines", () => {
  const split = (chunks: readonly string[], longest?: number) => {
    const splitter = new LineSplitter(longest);
    const found = [];
    for (const chunk of chunks) found.push(...splitter.push(text(chunk)));
    found.push(...splitter.end());
    return found.map(({ offset, text, tooLong }) => [
      offset,
      text,
      ...(tooLong === undefined ? [] : [tooLong]),
    ]);
  };

  test("with and without a carriage return, and without a line feed at the end", () => {
    const expected = [
      [0, "ab"],
      [4, ""],
      [5, "c\u00e4d"],
      [10, "e"],
    ];
    expect(split(["ab\r\n\nc\u00e4d\ne"])).toEqual(expected);
    expect(split(["ab\r", "\n", "\nc", "\u00e4d", "\n", "e"])).toEqual(expected);
    expect(split([...["ab\r\n\nc", "\u00e4", "d\ne"].flatMap((part) => part.split(/(?<=.)/s))])).toEqual(
      expected,
    );
  });

  test("too long", () => {
    for (const chunks of [["abcdefgh\nij\nklmnopqrstu"], ["abc", "defgh\ni", "j\n", "klmnopqrstu"]])
      expect(split(chunks, 5)).toEqual([
        [0, "", 8],
        [9, "ij"],
        [12, "", 11],
      ]);
  });

  test("bytes that are no UTF-8", () => {
    const splitter = new LineSplitter();
    const found = [...splitter.push(Uint8Array.of(0x61, 0xff, 0xc3, 10, 0x62, 10)), ...splitter.end()];
    expect(found.map(({ offset, text }) => [offset, text])).toEqual([
      [0, "a\ufffd\ufffd"],
      [4, "b"],
    ]);
  });
});
