/** `nlkit decode`, from bytes to text. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytes, wire, zeros } from "../../support/wire.ts";
import { ack, addressDump, dumpEnd, loAddress, vxlanError, vxlanRequest } from "../decode/datagrams.ts";
import { run } from "./run.ts";

const hex = (datagram: Uint8Array): string => Buffer.from(datagram).toString("hex");
const lines = (...datagrams: Uint8Array[]): string =>
  datagrams.map((datagram) => `${hex(datagram)}\n`).join("");
const { message, attr, u16 } = wire("little");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a conversation, a line a message where it is no terminal", async () => {
  const ran = await run(["decode"], { stdin: lines(vxlanRequest, vxlanError) });
  expect(ran).toEqual({
    status: 0,
    stdout: [
      "→ RTM_NEWLINK ACK|EXCL|CREATE #1698907595 ifname=vx linkinfo.kind=vxlan linkinfo.data.id=33554431",
      "← error ERANGE of RTM_NEWLINK #1698907595: VXLAN ID must be lower than 16777216 at linkinfo.data.id (IFLA_VXLAN_ID)",
      "",
    ].join("\n"),
    stderr: "",
  });
});

test("a file, - and nothing are the same", async () => {
  const content = lines(addressDump, loAddress, dumpEnd);
  const expected = await run(["decode", file("dump.hex", content)]);
  expect(expected.status).toBe(0);
  expect(expected.stdout).toContain("← done #1698907594 1 object");
  expect(await run(["decode", "-"], { stdin: content })).toEqual(expected);
  expect(await run(["decode"], { stdin: content })).toEqual(expected);
});

test("a file of something else is told of", async () => {
  const ran = await run(["decode", "--format", "strace"], { stdin: 'read(3, "", 0) = 0\n' });
  expect(ran).toEqual({ status: 0, stdout: "", stderr: "nlkit: there is no netlink message in it\n" });
});

test("a tree, in colours, on a terminal", async () => {
  const stdin = lines(loAddress);
  const plain = await run(["decode", "--output", "tree"], { stdin });
  expect(plain.stdout).toMatch(/^← RTM_NEWADDR {2}datagram 0, NETLINK_ROUTE, 76 bytes\n/);
  expect(plain.stdout).not.toContain("\u001b");
  const shown = await run(["decode"], { stdin, tty: ["stdout"] });
  expect(shown.stdout).toContain("\u001b[36mifaFamily\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  expect(shown.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
  for (const [args, env] of [
    [["--color", "never"], {}],
    [[], { NO_COLOR: "1" }],
    [[], { TERM: "dumb" }],
  ] as const) {
    expect((await run(["decode", ...args], { stdin, env, tty: ["stdout"] })).stdout).toBe(plain.stdout);
  }
  const forced = await run(["decode", "--output", "tree", "--color", "always"], { stdin });
  expect(forced.stdout).toBe(shown.stdout);
  const fromEnvironment = await run(["decode", "--output", "tree"], { stdin, env: { FORCE_COLOR: "1" } });
  expect(fromEnvironment.stdout).toBe(shown.stdout);
});

test("other outputs", async () => {
  const stdin = lines(vxlanRequest, vxlanError);
  const json = await run(["decode", "--output", "json"], { stdin });
  expect(
    json.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { datagram: 0, type: "RTM_NEWLINK", seq: 1698907595 },
    { datagram: 1, type: "NLMSG_ERROR", answer: { code: "ERANGE", field: "linkinfo.data.id" } },
  ]);
  expect((await run(["decode", "--output", "hex"], { stdin })).stdout).toBe(stdin);
  const code = await run(["decode", "--output", "typescript"], { stdin });
  expect(code.stdout).toContain('ifname: "vx"');
  const withBytes = await run(["decode", "--output", "tree", "--bytes"], { stdin });
  expect(withBytes.stdout).toContain("0c 00 02 80");
});

describe("exit status 1: problems", () => {
  test("of a message", async () => {
    const link = message({ type: 16 }, zeros(16), attr(4, u16(0)));
    const { status, stdout } = await run(["decode"], { stdin: lines(link) });
    expect(status).toBe(1);
    expect(stdout).toContain("! mtu: 2 bytes are no u32 (byte 32)");
  });

  test("of the input", async () => {
    const { status, stdout } = await run(["decode", "--format", "hex"], { stdin: "this is no hex\n" });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^! /);
  });

  test("of the conversation: a dump without an end", async () => {
    const { status, stdout } = await run(["decode"], { stdin: lines(addressDump, loAddress) });
    expect(status).toBe(1);
    expect(stdout).toContain("the dump has no NLMSG_DONE after 1 object\n");
  });

  test("with --verify, a byte that is encoded otherwise", async () => {
    // Padding is not kept.
    const odd = vxlanError.slice();
    odd[77] = 0x64;
    expect((await run(["decode"], { stdin: lines(odd) })).status).toBe(0);
    const { status, stdout } = await run(["decode", "--verify"], { stdin: lines(odd) });
    expect(status).toBe(1);
    expect(stdout).toContain("! encoded again, it has 0x00 for 0x64 here (byte 77)");
  });

  test("but not of what is not shown", async () => {
    const link = message({ type: 16 }, zeros(16), attr(4, u16(0)));
    expect((await run(["decode", "--type", "RTM_NEWADDR"], { stdin: lines(link) })).status).toBe(0);
  });
});

describe("choosing", () => {
  const stdin = lines(vxlanRequest, vxlanError, loAddress, ack);
  test.each([
    [["--type", "newaddr"], ["RTM_NEWADDR"]],
    [
      ["-t", "RTM_NEWADDR", "-t", "error"],
      ["NLMSG_ERROR", "RTM_NEWADDR", "NLMSG_ERROR"],
    ],
    [["--direction", "sent"], ["RTM_NEWLINK"]],
    [["--errors"], ["RTM_NEWLINK", "NLMSG_ERROR"]],
    [
      ["-i", "vx"],
      ["RTM_NEWLINK", "NLMSG_ERROR"],
    ],
    [["--pid", "1"], []],
    [["--family", "generic"], []],
    [
      ["--family", "31=ethtool"],
      ["RTM_NEWLINK", "NLMSG_ERROR", "RTM_NEWADDR", "NLMSG_ERROR"],
    ],
  ])("%j", async (args, types) => {
    const { stdout } = await run(["decode", "--output", "json", ...args], { stdin });
    const shown = stdout.split("\n").filter((line) => line !== "" && !line.includes('"unfinished"'));
    expect(shown.map((line) => JSON.parse(line).type)).toEqual(types);
  });
});

test("generic netlink: families by name, or by number where nobody knows them", async () => {
  const stdin = lines(message({ type: 999, flags: 1, sequence: 7 }, bytes(1, 1, 0, 0)));
  const named = await run(["decode", "--protocol", "generic", "--family", "999=mine"], { stdin });
  expect(named).toMatchObject({ status: 0, stdout: "→ mine #7 genlCmd=1 genlVersion=1\n", stderr: "" });
  const hexadecimal = await run(["decode", "--protocol", "16", "--family", "0x3e7=mine"], { stdin });
  expect(hexadecimal.stdout).toBe(named.stdout);
  const unknown = await run(["decode", "--protocol", "NETLINK_GENERIC"], { stdin });
  expect(unknown.stdout).toContain("→ family 999 #7");
});

test("binary, base64 and text are told apart", async () => {
  const both = Buffer.concat([addressDump, loAddress]);
  for (const input of [both, both.toString("base64")]) {
    const { status, stdout } = await run(["decode", file("input", input)]);
    expect(stdout).toMatch(/RTM_GETADDR.*\n.*RTM_NEWADDR/);
    // Its end is missing.
    expect(status).toBe(1);
  }
});

test("the terminal as input is announced", async () => {
  const { stderr } = await run(["decode"], { stdin: lines(ack), tty: ["stdin"] });
  expect(stderr).toBe("nlkit: reads from the terminal: paste, then ^D\n");
});

/** A thousand answers, again and again. */
async function* endless(count: () => void): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.from(lines(...Array.from({ length: 1000 }, () => loAddress)));
  for (;;) {
    count();
    yield chunk;
  }
}

/** Takes some bytes, and then fails. */
class Failing extends Writable {
  bytes = 0;
  readonly #code: string;
  readonly #room: number;

  constructor(code: string, room: number) {
    super();
    this.#code = code;
    this.#room = room;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.bytes += chunk.length;
    const code = this.#code;
    done(
      this.bytes < this.#room
        ? undefined
        : Object.assign(new Error(`write ${code}`), { code, syscall: "write" }),
    );
  }
}

test("where nobody reads on, it ends quietly", async () => {
  let chunks = 0;
  const { status, stderr } = await run(["decode"], {
    stdin: endless(() => chunks++),
    stdout: new Failing("EPIPE", 10_000),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(chunks).toBeLessThan(10);
});

test("a full disk is told of, also where all of it was to be written at once", async () => {
  const { status, stderr } = await run(["decode"], {
    stdin: lines(loAddress),
    stdout: new Failing("ENOSPC", 0),
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: "nlkit: write ENOSPC\n" });
});

test("it reads no faster than it is read", async () => {
  let chunks = 0;
  let most = 0;
  let ahead = 0;
  const slow = new Writable({
    write(_chunk, _encoding, done) {
      most = Math.max(most, slow.writableLength);
      setTimeout(done, 5);
    },
  });
  async function* some(): AsyncGenerator<Uint8Array> {
    for await (const chunk of endless(() => chunks++)) {
      ahead = Math.max(ahead, slow.writableLength);
      yield chunk;
      if (chunks === 20) return;
    }
  }
  await run(["decode"], { stdin: some(), stdout: slow });
  expect(chunks).toBe(20);
  expect(most).toBeGreaterThan(0);
  // 20,000 lines are 5 MB.
  expect(Math.max(most, ahead)).toBeLessThan(1 << 18);
});

test("whatever the bytes: an explanation and a status", async () => {
  const format = fc.constantFrom("hex", "bin", "base64", "strace", "pcap", "pcapng", "fixture", undefined);
  const sound = fc
    .constantFrom(vxlanRequest, vxlanError, loAddress)
    .map((datagram) => Buffer.from(lines(datagram)));
  const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), sound);
  await fc.assert(
    fc.asyncProperty(
      format,
      input,
      fc.constantFrom("tree", "line", "json", "hex", "typescript"),
      async (format, stdin, output) => {
        const args = ["decode", "--output", output, "--verify", ...(format ? ["--format", format] : [])];
        const { status, stderr } = await run(args, { stdin });
        expect(["", "nlkit: there is no netlink message in it\n"]).toContain(stderr);
        expect([0, 1]).toContain(status);
      },
    ),
    { numRuns: 300 },
  );
});
