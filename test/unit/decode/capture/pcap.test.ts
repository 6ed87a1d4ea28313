/** Packet captures: recorded on a 6.18 kernel by dumpcap 4.0, made by hand, and written here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Captured } from "../../../../src/decode/capture/captured.ts";
import { readPcap } from "../../../../src/decode/capture/pcap.ts";
import { readPcapng } from "../../../../src/decode/capture/pcapng.ts";
import { PcapngWriter } from "../../../../src/decode/capture/pcapng-write.ts";
import { missing } from "../../../support/programs.ts";
import { all, feed, fromHex, toHex } from "./feed.ts";

const recorded = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/captures", name)));

const request = fromHex("20000000120001036d4a016b0000000000000000000000000000000000000000");
const ORDERS = ["little", "big"] as const;
type Order = (typeof ORDERS)[number];

/** Numbers as a file of that byte order has them: [bytes, value]. */
function numbers(order: Order, ...fields: [2 | 4, number][]): string {
  return fields
    .map(([size, value]) => {
      const text = value.toString(16).padStart(size * 2, "0");
      return order === "big" ? text : text.match(/../g)!.reverse().join("");
    })
    .join("");
}

describe("recorded", () => {
  test("the same in chunks of any size", async () => {
    const whole = await all(readPcapng(feed(recorded("nlmon.pcapng"), 1 << 20)));
    for (const size of [1, 100, 1000, 4097])
      expect(await all(readPcapng(feed(recorded("nlmon.pcapng"), size)))).toEqual(whole);
  });

  const identity = ({ bytes, protocol }: Captured) => `${protocol} ${toHex(bytes)}`;

  test("nlmon, pcapng and pcap: ip, ethtool and ss", async () => {
    const pcapng = await all(readPcapng(feed(recorded("nlmon.pcapng"), 4096)));
    expect(pcapng).toHaveLength(42);
    expect(pcapng.flatMap(({ problems }) => problems)).toEqual([]);
    expect([...new Set(pcapng.map(({ protocol }) => protocol))]).toEqual([0, 16, 4]);
    expect(pcapng.every(({ bytes, length }) => bytes.length === length && length >= 20)).toBe(true);
    expect(new Date(pcapng[0]!.time!).toISOString()).toBe("2026-11-21T08:04:30.218Z");
    const pcap = await all(readPcap(feed(recorded("nlmon.pcap"), 4096)));
    // This one began earlier: the last ones are the same.
    expect(pcap.slice(-42).map(identity)).toEqual(pcapng.map(identity));
    expect(pcap.at(-1)!.time).toBeCloseTo(pcapng.at(-1)!.time!, 2);
  });

  test("cooked, both versions", async () => {
    const nlmon = (await all(readPcapng(feed(recorded("nlmon.pcapng"))))).map(identity);
    const cooked = (await all(readPcap(feed(recorded("cooked.pcap"), 999)))).map(identity);
    const cooked2 = (await all(readPcap(feed(recorded("cooked2.pcap"), 999)))).map(identity);
    expect(cooked.slice(-42)).toEqual(nlmon);
    expect(cooked2.slice(-42)).toEqual(nlmon);
  });

  test("cut to 80 bytes", async () => {
    const cut = await all(readPcapng(feed(recorded("cut.pcapng"), 4096)));
    expect(Math.max(...cut.map(({ bytes }) => bytes.length))).toBe(64);
    expect(Math.max(...cut.map(({ length }) => length))).toBe(2956);
  });
});

/** Header and one packet, 24 + 16 + 16 + 32 bytes. */
function pcap(order: Order, magic = 0xa1b2c3d4, linkType = 253, type = 4): Uint8Array {
  const n = (...fields: [2 | 4, number][]) => numbers(order, ...fields);
  const header = n([4, magic], [2, 2], [2, 4], [4, 0], [4, 0], [4, 65536], [4, linkType]);
  const extended = magic === 0xa1b2cd34 ? "00".repeat(8) : "";
  const record = n([4, 1_795_248_270], [4, 250_000], [4, 48], [4, 60]) + extended;
  return fromHex(
    `${header}${record}${numbers("big", [2, type], [2, 824])}${"00".repeat(10)}0010${toHex(request)}`,
  );
}

describe("pcap", () => {
  test.each(ORDERS)("%s endian", async (order) => {
    for (const [magic, fraction] of [
      [0xa1b2c3d4, 250],
      [0xa1b23c4d, 0.25],
      [0xa1b2cd34, 250],
    ] as const) {
      const [found, ...others] = await all(readPcap(feed(pcap(order, magic))));
      expect(others).toEqual([]);
      expect(found).toMatchObject({ offset: 24, protocol: 16, length: 44, problems: [] });
      expect(found!.time).toBeCloseTo(1_795_248_270_000 + fraction, 3);
      expect(toHex(found!.bytes)).toBe(toHex(request));
    }
  });

  test("the direction, where a kernel says it", async () => {
    for (const [type, direction] of [
      [4, undefined],
      [6, "received"],
      [7, "sent"],
    ] as const)
      expect((await all(readPcap(feed(pcap("little", undefined, 253, type)))))[0]!.direction).toBe(direction);
  });

  test("of Ethernet", async () => {
    expect(await all(readPcap(feed(pcap("big", undefined, 1))))).toMatchObject([
      { offset: 20, problems: ["link type 1 (Ethernet) is not netlink: capture from an nlmon device"] },
    ]);
  });

  test("ends early", async () => {
    const whole = pcap("little");
    const problems = async (length: number) =>
      (await all(readPcap(feed(whole.subarray(0, length))))).at(-1)?.problems;
    expect(await problems(10)).toEqual(["the input ends after 10 of the header's 24 bytes"]);
    expect(await problems(24)).toBeUndefined();
    expect(await problems(30)).toEqual(["the input ends after 6 of a packet header's 16 bytes"]);
    expect(await problems(45)).toEqual(["5 bytes are too few for the header of a netlink packet"]);
    expect(await problems(80)).toEqual(["the input ends after 40 of a packet's 48 bytes"]);
  });

  test("a packet as long as the world", async () => {
    const wrong = pcap("little");
    wrong.set([255, 255, 255, 127], 24 + 8);
    expect(await all(readPcap(feed(wrong)))).toMatchObject([
      { offset: 24, problems: ["a packet of 2147483647 bytes makes no sense: what follows cannot be read"] },
    ]);
  });
});

const frame = (bytes: Uint8Array) => `00040338${"00".repeat(10)}0000${toHex(bytes)}`;

/** A block of pcapng: type, length, body padded, length. */
function block(order: Order, type: number, body: string): string {
  const padded = body + "00".repeat(((8 - (body.length % 8)) % 8) / 2);
  const length = 12 + padded.length / 2;
  return numbers(order, [4, type], [4, length]) + padded + numbers(order, [4, length]);
}

const section = (order: Order) =>
  block(order, 0x0a0d0d0a, `${numbers(order, [4, 0x1a2b3c4d], [2, 1], [2, 0])}${"ff".repeat(8)}`);
const description = (order: Order, linkType: number, options = "", snapshot = 0) =>
  block(order, 1, numbers(order, [2, linkType], [2, 0], [4, snapshot]) + options);
const packet = (order: Order, device: number, high: number, low: number, bytes = request) =>
  block(
    order,
    6,
    numbers(order, [4, device], [4, high], [4, low], [4, 16 + bytes.length], [4, 16 + bytes.length]) +
      frame(bytes),
  );

describe("pcapng", () => {
  test.each(ORDERS)("%s endian: interfaces with clocks of their own, several sections", async (order) => {
    const resolution = (value: number) =>
      `${numbers(order, [2, 9], [2, 1])}${value.toString(16).padStart(2, "0")}000000`;
    const offset = `${numbers(order, [2, 14], [2, 8])}${order === "big" ? "0000000000000064" : "6400000000000000"}`;
    const other = order === "big" ? "little" : "big";
    const file = [
      section(order),
      description(order, 253),
      description(order, 253, resolution(9) + offset),
      description(order, 1),
      block(order, 0xbad, "00112233"),
      packet(order, 0, 1, 0),
      packet(order, 1, 0, 2_500_000_000),
      packet(order, 2, 0, 0),
      packet(order, 2, 0, 0),
      section(other),
      description(other, 253, `${numbers(other, [2, 9], [2, 1])}8a000000`),
      packet(other, 0, 0, 512),
      packet(other, 1, 0, 512),
    ].join("");
    const found = await all(readPcapng(feed(fromHex(file))));
    expect(found.map(({ time, problems }) => [time && Math.round(time), problems])).toEqual(
      [
        [2 ** 32 / 1000, []],
        [102_500, []],
        [undefined, ["link type 1 (Ethernet) is not netlink: capture from an nlmon device"]],
        [500, []],
        [undefined, ["a packet of interface 1, which the section does not have"]],
      ].map(([time, problems]) => [typeof time === "number" ? Math.round(time) : time, problems]),
    );
  });

  test("simple packets are cut by the interface's limit", async () => {
    const simple = block("little", 3, numbers("little", [4, 48]) + frame(request.subarray(0, 8)));
    const file = section("little") + description("little", 253, "", 24) + simple;
    expect(await all(readPcapng(feed(fromHex(file))))).toMatchObject([
      { bytes: request.subarray(0, 8), length: 32, time: undefined, problems: [] },
    ]);
  });

  test("what cannot be read", async () => {
    const read = async (hex: string) =>
      (await all(readPcapng(feed(fromHex(hex))))).map(({ offset, problems }) => [offset, ...problems]);
    expect(await read("00112233445566778899aabb")).toEqual([
      [0, "no pcapng: it does not begin with a section"],
    ]);
    expect(await read("0a0d0d0a")).toEqual([[0, "the input ends after 4 bytes of a block's header"]]);
    const start = section("little") + description("little", 253);
    expect(await read(`${start}0600000003000000aaaaaaaa`)).toEqual([
      [48, "a block cannot be 3 bytes long: what follows cannot be read"],
    ]);
    expect(await read(start + packet("little", 0, 0, 0).slice(0, 100))).toEqual([
      [48, "the input ends after 50 of a block's 80 bytes"],
    ]);
    const lost = block(
      "little",
      5,
      `${numbers("little", [4, 0], [4, 0], [4, 0], [2, 5], [2, 8])}0700000000000000`,
    );
    expect(await read(start + lost)).toEqual([[48, "7 datagrams were lost by the capture"]]);
    // Too long for us, and then something that can be read.
    expect(await read(`${start}06000000${numbers("little", [4, 0x0500_0000])}00000000`)).toEqual([
      [48, "a block of 83886080 bytes is too long to be read"],
      [48, "the input ends after 12 of a block's 83886080 bytes"],
    ]);
  });
});

describe("written", () => {
  const captured: Captured[] = [
    {
      offset: 0,
      bytes: request,
      length: 32,
      protocol: 0,
      direction: "sent",
      time: 1_795_248_270_218.977,
      problems: [],
    },
    {
      offset: 0,
      bytes: request.subarray(0, 30),
      length: 32,
      protocol: 16,
      time: 1_795_248_270_219,
      problems: ["cut"],
    },
  ];
  const file = (byteOrder?: Order) => {
    const writer = new PcapngWriter({ ifname: "nlmon0", application: "nlkit", byteOrder });
    return Buffer.concat([
      writer.start(),
      ...captured.map((one) => writer.packet(one)),
      writer.end({ received: 2, lost: 0, time: 1_795_248_270_220 }),
    ]);
  };

  test.each(ORDERS)("what is written is read again: %s endian", async (order) => {
    const found = await all(readPcapng(feed(new Uint8Array(file(order)))));
    expect(found.map(({ bytes, length, protocol }) => [toHex(bytes), length, protocol])).toEqual(
      captured.map(({ bytes, length, protocol }) => [toHex(bytes), length, protocol]),
    );
    for (const [i, { time }] of found.entries()) expect(time).toBeCloseTo(captured[i]!.time!, 2);
  });

  const noTshark = missing("tshark");
  test.skipIf(noTshark !== "")(`Wireshark reads it${noTshark}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "nlkit-pcapng-"));
    try {
      const path = join(folder, "written.pcapng");
      writeFileSync(path, file());
      const { stdout, stderr } = spawnSync("tshark", ["-r", path, "-V"], { encoding: "utf8" });
      expect(stderr).not.toMatch(/malformed|appears to be damaged/i);
      expect(stdout).toContain("Interface name: nlmon0");
      expect(stdout).toContain("Linux rtnetlink (route netlink) protocol");
      expect(stdout).toContain("Protocols in frame: netlink:netlink-route");
      expect(stdout).toContain("Arrival Time: Nov 21, 2026");
      expect(stdout.match(/^Frame \d+:/gm)).toHaveLength(2);
      expect(stdout).toContain("48 bytes on wire");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
