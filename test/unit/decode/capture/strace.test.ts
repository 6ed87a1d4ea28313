/** strace's output: recorded in several forms, made by hand, and live where strace can run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Captured } from "../../../../src/decode/capture/captured.ts";
import { isWhole } from "../../../../src/decode/capture/framing.ts";
import { readStrace, straceArguments } from "../../../../src/decode/capture/strace.ts";
import { all, feed, toHex } from "./feed.ts";

const recorded = (name: string) =>
  all(
    readStrace(
      feed(new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/captures", name))), 4096),
    ),
  );
const read = (text: string) => all(readStrace(feed(text, 1000)));
const sequence = ({ bytes }: Captured) =>
  bytes.length < 12 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);

/** What calls.c does, in its order: the call, the sequence number, the bytes. */
const calls: readonly (readonly [call: string, sequence: number | undefined, length: number])[] = [
  ["socket", undefined, 0],
  ...(["write 1", "read 1", "writev 2", "readv 2", "sendmsg 3", "recvmsg 3"] as const).map(call),
  ...(["sendmmsg 4", "sendmmsg 5", "recvmmsg 4", "recvmmsg 5"] as const).map(call),
  ...(["sendto 6", "recvfrom 6", "sendto 7", "recvfrom 7", "sendto 8", "recvfrom 8"] as const).map(call),
  ...(["sendto 9", "recvmsg 9"] as const).map(call),
  ["sendto", undefined, 5],
  ...[10, 11, 12, 13, 14, 15].map((number) => call(`sendto ${number}`)),
  ["recvfrom", undefined, 0],
  call("recvfrom 10"),
  call("sendto 20"),
  ["recvfrom", 20, 1468],
];

function call(text: string): [string, number, number] {
  const [name, number] = text.split(" ") as [string, string];
  return [name, Number(number), /send|write/.test(name) ? 32 : 52];
}

describe("every call there is for it, recorded", () => {
  test.each(["calls-best.strace", "calls-raw.strace"])("%s has every byte", async (name) => {
    const found = await recorded(name);
    expect(found.map((one) => [one.call, sequence(one), one.bytes.length])).toEqual(calls);
    expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    expect(found.filter(({ failed }) => failed).map(({ failed }) => failed)).toEqual([
      "EPROTONOSUPPORT",
      "ENOBUFS",
    ]);
    const whole = found.filter(({ bytes }) => bytes.length > 5);
    expect(whole.every(({ bytes }) => isWhole(bytes))).toBe(true);
    expect(whole.every(({ protocol }) => protocol === 0)).toBe(true);
    expect(found.find(({ bytes }) => bytes.length === 5)?.protocol).toBe(16);
  });

  test("processes, threads, copies of descriptors are one socket; a descriptor used again is another", async () => {
    const found = await recorded("calls-best.strace");
    expect([...new Set(found.map(({ socket }) => socket))]).toEqual([
      undefined,
      "28009:3",
      "28009:5",
      "28009:7",
      "28009:7#2",
    ]);
    expect([...new Set(found.map(({ pid }) => pid))]).toEqual([28009, 28010, 28011]);
    expect(found.find(({ socket }) => socket === "28009:3")?.portId).toBe(28009);
    const times = found.map(({ time }) => time!);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Date(times[0]!).toISOString()).toMatch(/^2026-11-21T08:09:/);
  });

  test("strings and structures without dumps: what is missing is told", async () => {
    const best = await recorded("calls-best.strace");
    const plain = await recorded("calls-plain.strace");
    expect(plain.map((one) => [one.call, one.length])).toEqual(best.map((one) => [one.call, one.length]));
    for (const [i, { bytes, length, problems, failed }] of plain.entries()) {
      expect(toHex(bytes.subarray(0, 12))).toBe(
        toHex(best[i]!.bytes.subarray(0, bytes.length).subarray(0, 12)),
      );
      if (failed === undefined) expect(problems.length > 0).toBe(bytes.length < length);
    }
    expect(new Set(plain.flatMap(({ problems }) => problems))).toEqual(
      new Set([
        "strace shows 32 of 52 bytes: -e read=all -e write=all adds them",
        "strace wrote structures, not bytes: -e read=all -e write=all adds them",
      ]),
    );
  });

  test("-xx -yy on standard error, torn by its own messages", async () => {
    const found = await recorded("calls-xx.strace");
    expect(found.map(({ call }) => call)).toEqual(calls.map(([name]) => name));
    expect([...new Set(found.map(({ socket }) => socket))]).toEqual([undefined, "3", "5", "7", "7#2"]);
    const shown = found.filter(({ bytes }) => bytes.length > 0);
    expect(shown.map(({ call }) => call)).toContain("recvfrom");
    expect(shown.every(({ problems }) => problems.length === 0)).toBe(true);
    expect(found.filter(({ call }) => call === "recvmmsg").flatMap(({ problems }) => problems)[0]).toBe(
      "strace shows 0 of the bytes: -e read=all -e write=all adds them",
    );
  });

  test("without -f the other process is missing, not wrong", async () => {
    const found = await recorded("calls-single.strace");
    const others = calls.filter(([name, number]) => number !== 8 && (number !== 9 || name === "sendto"));
    const traced = others.filter(([name]) => !/readv|writev/.test(name));
    expect(
      found
        .filter(({ call }) => !/readv|writev/.test(call!))
        .map((one) => [one.call, sequence(one), one.bytes.length]),
    ).toEqual(traced);
  });

  test("ip, bridge, tc, ss, nft, ethtool and pyroute2", async () => {
    const found = await recorded("tools.strace");
    expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    expect(found.length).toBeGreaterThan(70);
    expect(new Set(found.map(({ protocol }) => protocol))).toEqual(new Set([0, 4, 12, 16]));
    for (const { bytes, length } of found) {
      expect(bytes.length).toBe(length);
      expect(isWhole(bytes)).toBe(true);
    }
    // Every request is answered on its socket.
    for (const one of found.filter(({ direction }) => direction === "sent"))
      expect(found.some((other) => other.socket === one.socket && other.direction === "received")).toBe(true);
  });
});

const request = String.raw`"\x20\x00\x00\x00\x12\x00\x01\x03\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"`;
const route = "socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 3\n";

describe("by hand", () => {
  test("a socket nobody saw being opened is known by what goes through it", async () => {
    const found = await read(
      `sendto(5, ${request}, 32, 0, NULL, 0) = 32\nsendto(6, "GET / HTTP/1.1\\r\\n", 16, 0, NULL, 0) = 16\n`,
    );
    expect(found).toMatchObject([{ socket: "5", protocol: undefined, length: 32 }]);
    expect(await read(`sendto(5<NETLINK:[GENERIC:77]>, "hello", 5, 0, NULL, 0) = 5\n`)).toMatchObject([
      { protocol: 16, portId: 77 },
    ]);
    expect(await read(`sendto(5<TCP:[10.0.0.1:5->10.0.0.2:80]>, ${request}, 32, 0, NULL, 0) = 32\n`)).toEqual(
      [],
    );
  });

  test("another kind of descriptor with that number is another kind", async () => {
    for (const call of [
      "socket(AF_UNIX, SOCK_STREAM, 0) = 3",
      "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0",
      "accept4(9, NULL, NULL, SOCK_CLOEXEC) = 3",
      'openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3',
      "dup2(0, 3) = 3",
      "close_range(3, 4294967295, 0) = 0",
    ])
      expect(await read(`${route}${call}\nsendto(3, "x", 1, 0, NULL, 0) = 1\n`), call).toEqual([]);
  });

  test("execve closes what closes on exec", async () => {
    const exec = 'execve("/bin/ip", ["ip"], 0x7ffe /* 35 vars */) = 0\nsendto(3, "x", 1, 0, NULL, 0) = 1\n';
    expect(await read(route + exec)).toHaveLength(1);
    expect(await read(route.replace("SOCK_RAW", "SOCK_RAW|SOCK_CLOEXEC") + exec)).toEqual([]);
    expect(await read(`${route}fcntl(3, F_SETFD, FD_CLOEXEC) = 0\n${exec}`)).toEqual([]);
  });

  test("a child has the sockets of its parent, and those it opens are its own", async () => {
    const found = await read(`10 ${route}10 fork() = 11\n11 socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM) = 4
11 sendto(3, ${request}, 32, 0, NULL, 0) = 32
11 sendto(4, ${request}, 32, 0, NULL, 0) = 32
10 socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER) = 4
10 sendto(4, ${request}, 32, 0, NULL, 0) = 32
11 sendto(4, ${request}, 32, 0, NULL, 0) = 32\n`);
    expect(found.map(({ pid, socket, protocol }) => [pid, socket, protocol])).toEqual([
      [11, "10:3", 0],
      [11, "11:4", 6],
      [10, "10:4", 12],
      [11, "11:4", 6],
    ]);
  });

  test("a thread's lines before its maker's clone() comes back", async () => {
    const found =
      await read(`10 ${route}10 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FILES <unfinished ...>
11 socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM) = 4
10 <... clone resumed>) = 11
10 sendto(4, ${request}, 32, 0, NULL, 0) = 32
11 sendto(3, ${request}, 32, 0, NULL, 0) = 32\n`);
    expect(found.map(({ socket, protocol }) => [socket, protocol])).toEqual([
      ["11:4", 6],
      ["10:3", 0],
    ]);
  });

  test("strace lets go of a process in the middle of a call", async () => {
    expect(await read(`10 ${route}10 recvmsg(3,  <detached ...>\n`)).toEqual([]);
    expect(await read(`${route}recvmsg(3,  <detached ...>\n`)).toEqual([]);
  });

  test("two calls that wait at once", async () => {
    const found = await read(`10 ${route}10 recvfrom(3,  <unfinished ...>
11 recvfrom(3,  <unfinished ...>
10 <... recvfrom resumed>"ab", 100, 0, NULL, NULL) = 2
11 <... recvfrom resumed>"cd", 100, 0, NULL, NULL) = 2\n`);
    expect(found.map(({ pid, bytes }) => [pid, toHex(bytes)])).toEqual([
      [10, "6162"],
      [11, "6364"],
    ]);
  });

  test("groups, and a buffer that is too small", async () => {
    const from = "{msg_name={sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x000011}, msg_namelen=12";
    const found = await read(
      `${route}recvmsg(3, ${from}, msg_iov=[{iov_base="abcd", iov_len=4}], msg_iovlen=1, msg_controllen=0, msg_flags=MSG_TRUNC}, 0) = 4
recvfrom(3, "abcd", 4, MSG_TRUNC, NULL, NULL) = 400\n`,
    );
    expect(found.map(({ groups, length, problems }) => [groups, length, problems])).toEqual([
      [0x11, 4, ["the buffer of recvmsg was too small: the end is lost"]],
      [undefined, 400, ["the buffer of recvfrom has room for 4 of 400 bytes"]],
    ]);
  });

  test("what was only looked at, and what was not there, is not counted", async () => {
    expect(
      await read(`${route}recvfrom(3, "abcd", 4, MSG_PEEK|MSG_TRUNC, NULL, NULL) = 400
 | 00000  61 62 63 64                                       abcd             |
recvfrom(3, 0x55, 4, MSG_DONTWAIT, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)
recvmsg(3, {msg_namelen=12}, 0) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n`),
    ).toEqual([]);
  });

  test("failures", async () => {
    const found =
      await read(`${route}bind(3, {sa_family=AF_NETLINK, nl_pid=1, nl_groups=00000000}, 12) = -1 EADDRINUSE (Address already in use)
sendto(3, ${request}, 32, 0, NULL, 0) = -1 ECONNREFUSED (Connection refused)
recvmsg(3, {msg_namelen=12}, 0) = -1 ENOBUFS (No buffer space available) <0.000010>\n`);
    expect(found.map(({ call, failed, protocol, socket }) => [call, failed, protocol, socket])).toEqual([
      ["bind", "EADDRINUSE", 0, "3"],
      ["sendto", "ECONNREFUSED", 0, "3"],
      ["recvmsg", "ENOBUFS", 0, "3"],
    ]);
  });

  test.each([
    ["", undefined],
    ["1795246880.870838 ", 1_795_246_880_870.838],
    ["1795246880 ", 1_795_246_880_000],
    ["10:00:01.5 ", 36_001_500],
    ["10:00:01 (+     0.000660) ", 36_001_000],
    ["     0.000660 ", 0.66],
    ["4711  1795246880.870838 ", 1_795_246_880_870.838],
    ["[pid  4711] 10:00:01 ", 36_001_000],
    ["4711<ip> 1795246880.870838 ", 1_795_246_880_870.838],
    ["07:52:55 [  44] [00007ff5f3b9cad7] ", 28_375_000],
  ])("a line that begins with %j", async (prefix, time) => {
    const [found] = await read(`sendto(5, ${request}, 32, 0, NULL, 0) = 32\n`.replace(/^/, prefix));
    expect(found?.length).toBe(32);
    if (time === undefined) expect(found?.time).toBeUndefined();
    else expect(found?.time).toBeCloseTo(time, 2);
    expect(found?.pid).toBe(prefix.includes("4711") ? 4711 : undefined);
  });

  test("a reply is there when the call comes back; midnight", async () => {
    const found = await read(`${route}23:59:59.000000 sendto(3, "a", 1, 0, NULL, 0) = 1 <0.000010>
23:59:59.500000 recvfrom(3, "b", 1, 0, NULL, NULL) = 1 <1.250000>
00:00:01.000000 sendto(3, "a", 1, 0, NULL, 0) = 1 <0.000010>\n`);
    const times = found.map(({ time }) => time!);
    expect(times[1]! - times[0]!).toBeCloseTo(1750, 3);
    expect(times[2]! - times[0]!).toBeCloseTo(2000, 3);
  });

  test("a dump that is not whole, and one with a hole", async () => {
    const lines = [" | 00000  20 00 00 00 12 00 01 03  01 00 00 00 00 00 00 00   ............... |\n"];
    const cut = await read(`${route}sendto(3, ""..., 32, 0, NULL, 0) = 32\n${lines[0]}close(3) = 0\n`);
    expect(cut).toMatchObject([
      { length: 32, problems: ["strace shows 16 of 32 bytes: -e read=all -e write=all adds them"] },
    ]);
    const hole = await read(
      `${route}sendto(3, ""..., 32, 0, NULL, 0) = 32\n${lines[0]}${lines[0]!.replace("00000", "00020")}`,
    );
    expect(hole).toMatchObject([
      { length: 32, problems: ["the dump goes on at 0x00020 where 0x10 was expected"] },
    ]);
  });

  test("nested without end", async () => {
    const deep = "[{".repeat(200_000);
    for (const call of [`sendto(3, ${deep}, 32, 0, NULL, 0) = 32`, `recvmsg(3, {msg_iov=[{iov_base=${deep}`])
      expect(await read(`${route}${call}\n`)).toMatchObject([
        { problems: [`the line of ${call.slice(0, call.indexOf("("))} ends too early`] },
      ]);
  });
});

/** Sends requests in several ways and prints what went in either direction. */
const program = `
import socket, struct
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
s.bind((0, 0))
def say(direction, data): print(direction, data.hex(), flush=True)
def request(type, flags, seq, body): return struct.pack("=IHHII", 16 + len(body), type, flags, seq, 0) + body
def dump(receive, seq):
    while True:
        data = receive()
        say("received", data)
        if struct.unpack_from("=H", data, 4)[0] == 3: return
one = request(18, 0x301, 1, bytes(16)); s.send(one); say("sent", one); dump(lambda: s.recv(65536), 1)
two = request(22, 0x301, 2, bytes(8)); s.sendmsg([two[:16], two[16:]]); say("sent", two)
def scattered():
    parts = [bytearray(7), bytearray(16), bytearray(65536)]
    length = s.recvmsg_into(parts)[0]
    return b"".join(parts)[:length]
dump(scattered, 2)
`;
const python = spawnSync("python3", ["-c", "import socket; socket.AF_NETLINK"]).status === 0;
const strace = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status === 0;

describe.skipIf(!python || !strace)(
  `live${python && strace ? "" : " (skipped: needs python3 and strace)"}`,
  () => {
    test.each([[[]], [["--seccomp-bpf"]]])("straceArguments show every byte %j", async (more) => {
      const folder = mkdtempSync(join(tmpdir(), "nlkit-strace-"));
      try {
        const file = join(folder, "trace");
        const options = [...straceArguments, ...more, "-o", file, "--", "python3", "-c", program];
        const { stdout } = spawnSync("strace", options, { encoding: "utf8" });
        const expected = stdout.trim().split("\n");
        expect(expected.length).toBeGreaterThan(5);
        const found = await all(readStrace(feed(new Uint8Array(readFileSync(file)), 65_536)));
        expect(found.map(({ direction, bytes }) => `${direction} ${toHex(bytes)}`)).toEqual(expected);
        expect(found.flatMap(({ problems }) => problems)).toEqual([]);
        expect(new Set(found.map(({ protocol }) => protocol))).toEqual(new Set([0]));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
