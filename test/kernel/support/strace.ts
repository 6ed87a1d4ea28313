/** What another program asks of the kernel: its requests, decoded, by strace. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Input } from "../../../src/netlink/codec/input.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { Output } from "../../../src/netlink/codec/output.ts";
import { NLMSG_HDRLEN } from "../../../src/netlink/constants.ts";
import { acknowledge, encodeRequest, type Request } from "../../../src/netlink/request.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";

export interface Asked {
  readonly type: string;
  readonly value: object;
}

/** A message as it was sent, with its header. */
export interface Sent {
  readonly type: string;
  readonly bytes: Uint8Array;
}

function split(bytes: Uint8Array): Sent[] {
  return [...messagesOf(new Input(bytes))].flatMap((header) => {
    const type = rtnetlink.types.get(header.type);
    if (!type) return [];
    const start = header.at - NLMSG_HDRLEN;
    return [{ type: type.constant, bytes: bytes.slice(start, header.at + header.payloadLength) }];
  });
}

function decode({ type, bytes }: Sent): Asked {
  const payload = bytes.slice(NLMSG_HDRLEN);
  const { message } = rtnetlink.types.get(new Input(bytes).view.getUint16(4, true))!;
  return { type, value: message.decode(new Input(payload), 0, payload.length) as object };
}

/** Runs a program and gives the changes that it asks for. @throws Error when it fails */
export function changesOf(program: string, args: readonly string[]): Asked[] {
  return changesSentBy(program, args).map(decode);
}

/** The same as {@link changesOf}, in bytes. */
export function changesSentBy(program: string, args: readonly string[]): Sent[] {
  const directory = mkdtempSync(join(tmpdir(), "nlkit-strace-"));
  try {
    const file = join(directory, "trace");
    const options = ["-e", "trace=sendmsg", "-e", "verbose=none", "-e", "write=all", "-o", file];
    const run = spawnSync("strace", [...options, program, ...args], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${run.stderr}`);
    const changes = /^RTM_(NEW|SET|DEL)/;
    return dumped(readFileSync(file, "utf8"))
      .flatMap(split)
      .filter(({ type }) => changes.test(type));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Buffers of `-e write=all`: lines of an offset and 16 bytes, each buffer beginning at 0. */
function dumped(text: string): Uint8Array[] {
  const buffers: number[][] = [];
  for (const line of text.split("\n")) {
    const [, offset, bytes] = /^ \| ([0-9a-f]+) {2}((?:[0-9a-f]{2} {1,2})+)/.exec(line) ?? [];
    if (offset === undefined) continue;
    if (Number.parseInt(offset, 16) === 0) buffers.push([]);
    buffers.at(-1)!.push(
      ...bytes!
        .trim()
        .split(/ +/)
        .map((byte) => Number.parseInt(byte, 16)),
    );
  }
  return buffers.map((bytes) => Uint8Array.from(bytes));
}

/** A request as a client sends it by itself. */
export function sent(request: Request<unknown>): Sent {
  const output = new Output();
  acknowledge(output, encodeRequest(output, request, 1));
  return split(output.bytes.slice(0, output.at))[0]!;
}

/** A request as the kernel sees it. */
export function asked(request: Request<unknown>): Asked {
  return decode(sent(request));
}

export interface Difference {
  readonly path: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** Where two values differ. */
export function differences(theirs: unknown, ours: unknown, path = ""): Difference[] {
  if (Object.is(theirs, ours)) return [];
  if (!isPlain(theirs) || !isPlain(ours)) {
    return String(theirs) === String(ours) ? [] : [{ path, theirs, ours }];
  }
  const fields = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...fields].flatMap((field) =>
    differences(
      (theirs as Record<string, unknown>)[field],
      (ours as Record<string, unknown>)[field],
      path === "" ? field : `${path}.${field}`,
    ),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
