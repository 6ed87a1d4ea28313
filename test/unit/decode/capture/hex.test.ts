/** Hexadecimal as the tools write it. The outputs below are what they gave for these bytes. */
import { describe, expect, test } from "vitest";
import { readHex } from "../../../../src/decode/capture/hex.ts";
import { all, feed, toHex } from "./feed.ts";

/** RTM_GETLINK, 32 bytes. */
const one = "20000000120001036d4a016b0000000000000000000000000000000000000000";
/** Two messages, 44 bytes. */
const two = "100000001200010300000000000000001c000000120001030000000000000000010203040506070809101112";

const read = async (text: string, size?: number) => all(readHex(feed(text, size)));
const bytesOf = async (text: string) => (await read(text)).map(({ bytes }) => toHex(bytes));

const pairs = (text: string, each: (pair: string) => string) =>
  text.replace(/../g, each).trim().replace(/[,:]$/, "");

describe("one datagram a line", () => {
  test.each([
    ["bare", one],
    ["capitals", one.toUpperCase()],
    ["with spaces", pairs(one, (pair) => `${pair} `)],
    ["with colons", pairs(one, (pair) => `${pair}:`)],
    ["in words", one.replace(/.{8}/g, "$& ")],
    ["0x before all", `0x${one}`],
    ["0x before each", pairs(one, (pair) => `0x${pair}, `)],
    ["escapes", pairs(one, (pair) => `\\x${pair}`)],
    ["escapes in quotes", `"${pairs(one, (pair) => `\\x${pair}`)}"`],
    [
      "as Python writes it",
      String.raw`b' \x00\x00\x00\x12\x00\x01\x03mJ\x01k${String.raw`\x00`.repeat(20)}'`,
    ],
    ["a C string with octal", String.raw`" \0\0\0\22\0\1\3mJ\1k${String.raw`\0`.repeat(20)}"`],
    ["JSON", `"${one}"`],
    ["a comment behind", `${one} // RTM_GETLINK`],
    ["no line feed in the end", one.trim()],
  ])("%s", async (_name, line) => {
    expect(await bytesOf(`${line}\n`)).toEqual([one]);
    expect(await bytesOf(`${line}\r\n${two}\r\n${line}`)).toEqual([one, two, one]);
  });

  test("where each begins", async () => {
    const found = await read(`# first\n${one}\n\n${two}\n`);
    expect(found.map(({ offset, length }) => [offset, length])).toEqual([
      [8, 32],
      [74, 44],
    ]);
  });

  test("chunks of any size", async () => {
    for (const size of [1, 2, 3, 64, 65, 66, 1000]) {
      const found = await read(`${one}\n${two}\n`, size);
      expect(found.map(({ bytes }) => toHex(bytes))).toEqual([one, two]);
    }
  });
});

describe("several lines", () => {
  test("lines that are no whole messages belong together until a blank one", async () => {
    expect(
      await bytesOf(`${one.slice(0, 20)}\n${one.slice(20)}\n\n${two.slice(0, 40)}\n${two.slice(40)}`),
    ).toEqual([one, two]);
  });

  test("a datagram that was cut does not swallow the next line", async () => {
    expect(await bytesOf(`${one.slice(0, 40)}\n${two}\n`)).toEqual([one.slice(0, 40), two]);
  });

  test("C arrays, with names, sizes and comments", async () => {
    const written = (bytes: string) =>
      `/* a comment\n of 20 lines */\nunsigned char r_12[] = {\n${bytes.replace(/(.{24})/g, "$1\n").replace(/([0-9a-f]{2})/g, "0x$1, ")}\n};\n` +
      "unsigned int r_12_len = 32;\n";
    expect(await bytesOf(written(one) + written(two))).toEqual([one, two]);
    expect(await bytesOf(`u8 r[] = { /* length */ ${pairs(one, (pair) => `0x${pair}, `)} };`)).toEqual([one]);
  });
});

describe("dumps", () => {
  const xxd = `00000000: 2000 0000 1200 0103 6d4a 016b 0000 0000   .......mJ.k....
00000010: 0000 0000 0000 0000 0000 0000 0000 0000  ................
`;
  const hexdump = `00000000  20 00 00 00 12 00 01 03  6d 4a 01 6b 00 00 00 00  | .......mJ.k....|
00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
00000020
`;
  const od = `000000 20 00 00 00 12 00 01 03 6d 4a 01 6b 00 00 00 00
000010 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
000020
`;
  const tshark = `0000  20 00 00 00 12 00 01 03 6d 4a 01 6b 00 00 00 00    .......mJ.k....
0010  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00   ................
`;
  const tcpdump = `\t0x0000:  2000 0000 1200 0103 6d4a 016b 0000 0000  ........mJ.k....
\t0x0010:  0000 0000 0000 0000 0000 0000 0000 0000  ................
`;
  test.each([
    ["xxd", xxd],
    ["hexdump -C", hexdump],
    ["od -Ax -tx1", od],
    ["tshark -x", tshark],
    ["tcpdump -X", tcpdump],
  ])("%s", async (_name, dump) => {
    expect(await bytesOf(dump)).toEqual([one]);
    expect(await bytesOf(dump + dump)).toEqual([one, one]);
    expect(await bytesOf(`${dump}\n${dump}`)).toEqual([one, one]);
  });

  test("text that looks like digits is not read", async () => {
    const line = `00000000: 1200 0000 6162 2063 6420 6566 3132 2033  ....ab cd ef12 3\n00000010: 3435                                     45\n`;
    expect(await bytesOf(line)).toEqual(["120000006162206364206566313220333435"]);
    const last = `00000000  12 00 00 00 61 62 20 63  64 20 65 66 31 32 20 33  |....ab cd ef12 3|\n00000010  61 62                                             |ab|\n`;
    expect(await bytesOf(last)).toEqual(["120000006162206364206566313220336162"]);
    const shark = `0000  12 00 00 00 61 62 20 63 64 20 65 66 31 32 20 33   ....ab cd ef12 3\n0010  61 62                                             ab\n`;
    expect(await bytesOf(shark)).toEqual(["120000006162206364206566313220336162"]);
  });

  test("* stands for lines like the one before", async () => {
    const dump = `00000000  40 00 00 00 12 00 01 03  00 00 00 00 00 00 00 00  |@...............|
00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
*
00000040
`;
    expect(await bytesOf(dump)).toEqual([`4000000012000103${"00".repeat(56)}`]);
  });

  test("offsets that do not follow are told", async () => {
    const found = await read(hexdump.replace("00000010", "00000018"));
    expect(found[0]?.problems).toEqual([
      "offset 0x18 where 0x10 was expected",
      "offset 0x20 where 0x28 was expected",
    ]);
  });
});

describe("what cannot be read", () => {
  test("lines of prose are told once", async () => {
    const found = await read(`hello world\nthis is none\n${one}\nzz\n`);
    expect(found.map(({ offset, bytes, problems }) => [offset, bytes.length, problems])).toEqual([
      [0, 0, ['2 lines cannot be read: "hello" is no hexadecimal']],
      [25, 32, []],
      [90, 0, ['"zz" is no hexadecimal']],
    ]);
  });

  test("half an octet", async () => {
    const found = await read("20000000 123");
    expect(found.map(({ bytes, problems }) => [toHex(bytes), problems])).toEqual([
      ["20000000", ['"123" has an odd number of digits']],
    ]);
  });

  test("a line without end", async () => {
    async function* endless() {
      const chunk = new Uint8Array(1024 * 1024).fill("a".charCodeAt(0));
      for (let i = 0; i < 17; i++) yield chunk;
      yield new TextEncoder().encode(`\n${one}\n`);
    }
    const found = await all(readHex(endless()));
    expect(found[0]?.problems).toEqual(["a line of 17825792 bytes is too long to be read"]);
    expect(toHex(found[1]!.bytes)).toBe(one);
  });

  test("a repetition up to the moon", async () => {
    const found = await read("00000000  20 00\n*\nffffffffff  00 00\n");
    expect(found[0]!.bytes.length).toBeLessThan(100);
    expect(found[0]!.problems[0]).toContain("0xffffffffff");
  });

  test("nothing at all", async () => {
    expect(await read("")).toEqual([]);
    expect(await read("\n\n# nothing\n")).toEqual([]);
  });
});
