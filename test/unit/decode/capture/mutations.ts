/** Valid captures with bytes changed, lines moved, lengths blown up: the same for the same seed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Captured, CaptureFormat } from "../../../../src/decode/capture/captured.ts";
import { readCapture } from "../../../../src/decode/capture/read.ts";
import { random } from "../../../support/mutate.ts";

const folder = join(import.meta.dirname, "../../../fixtures/captures");
const recorded = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const text = (string: string) => new TextEncoder().encode(string);

const request = "20000000120001036d4a016b0000000000000000000000000000000000000000";
const ack =
  "2400000002000001c9454365247f0000000000002000000010000500c9454365000000001400000003000200ca45436558262dc800000000";
const wire = (...parts: string[]) => new Uint8Array(Buffer.from(parts.join(""), "hex"));

/** Lines of a file from one to another, so that a mutation meets what matters. */
function lines(name: string, from: number, to: number): Uint8Array {
  return text(new TextDecoder().decode(recorded(name)).split("\n").slice(from, to).join("\n"));
}

const xxd = `00000000: 2000 0000 1200 0103 6d4a 016b 0000 0000   .......mJ.k....
00000010: 0000 0000 0000 0000 0000 0000 0000 0000  ................
`;
const hexdump = `00000000  40 00 00 00 12 00 01 03  6d 4a 01 6b 00 00 00 00  |@.......mJ.k....|
00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|
*
00000040
`;

/** What mutations begin with. */
export const seeds: Readonly<Record<CaptureFormat, readonly Uint8Array[]>> = {
  hex: [
    text(`# a request\n${request}\n\n${ack}\n${request.replace(/../g, "$& ")}\n`),
    text(`unsigned char r[] = { /* 32 */\n  ${request.replace(/../g, "0x$&, ")}\n};\nint r_len = 32;\n`),
    text(`"${request.replace(/../g, "\\x$&")}"\n" \\0\\0\\0\\22\\0\\1\\3mJ\\1k"\n`),
    text(xxd + xxd),
    text(hexdump + hexdump),
  ],
  bin: [wire(request, ack, ack, request), recorded("nlmon.pcapng").subarray(0, 400)],
  base64: [
    text(`# a request\n${Buffer.from(request, "hex").toString("base64")}\n`),
    text(`${Buffer.from(ack.repeat(3), "hex").toString("base64").replace(/.{76}/g, "$&\n")}\n`),
  ],
  strace: [
    lines("calls-best.strace", 18, 80),
    lines("calls-plain.strace", 26, 60),
    lines("calls-xx.strace", 22, 52),
    lines("calls-raw.strace", 150, 230),
    lines("calls-single.strace", 20, 80),
  ],
  pcap: [
    recorded("cooked.pcap").subarray(0, 400),
    recorded("cooked2.pcap").subarray(0, 300),
    recorded("nlmon.pcap"),
  ],
  pcapng: [recorded("nlmon.pcapng").subarray(0, 700), recorded("cut.pcapng")],
  fixture: [recorded("../recorded/6.18.44/rules.json"), recorded("../recorded/6.18.44/errors.json")],
};

type Below = (limit: number) => number;
const of = <T>(list: readonly T[], below: Below): T => list[below(list.length)]!;

/** What numbers, quotes, brackets and ends of lines are most likely to upset. */
const splices = [
  ...[
    "\n",
    "\r\n",
    "\0",
    '"',
    "\\",
    "\\x",
    "*\n",
    "  ",
    "|",
    "0x",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/*",
    "*/",
    ", ",
  ],
  ...[
    "ffffffff",
    "00000000",
    "-1",
    "18446744073709551615",
    " <unfinished ...>\n",
    "<... recvmsg resumed>",
    " = ",
    "...",
  ],
  ...[
    "[pid 99] ",
    "socket(AF_NETLINK, SOCK_RAW, 16) = 3\n",
    "MSG_PEEK",
    " | 00000  ",
    " * 16 bytes in buffer 0\n",
  ],
  ...[" = 2 buffers in vector 0\n", "strace: Process 9 attached\n", "\u00e4", "="],
].map(text);
const numbers = [
  wire("ffffffff"),
  wire("00000000"),
  wire("ffffff7f"),
  wire("7fffffff"),
  wire("0a0d0d0a"),
  wire("10000000"),
];

export function mutate(bytes: Uint8Array, below: Below): Uint8Array {
  let changed: Uint8Array = bytes;
  for (let times = 1 + below(4); times > 0; times--) changed = mutateOnce(changed, below);
  return changed;
}

function mutateOnce(bytes: Uint8Array, below: Below): Uint8Array {
  const at = below(bytes.length + 1);
  const length = 1 + below(of([4, 16, 200], below));
  const replaced = (from: number, to: number, by: Uint8Array) =>
    new Uint8Array(Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]));
  switch (below(8)) {
    case 0:
      return replaced(at, at + 1, Uint8Array.of(below(256)));
    case 1:
      return replaced(at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << below(8))));
    case 2:
      return bytes.slice(0, at);
    case 3:
      return replaced(at, at + length, new Uint8Array());
    case 4:
      return replaced(at, at, bytes.subarray(below(bytes.length + 1)).subarray(0, length));
    case 5:
      return replaced(at, at, of(splices, below));
    case 6: {
      const aligned = at & ~3;
      return replaced(aligned, aligned + 4, of(numbers, below));
    }
    default:
      return replaced(at, at + length, bytes.subarray(0, below(bytes.length + 1)).slice(-length));
  }
}

/** What the mutations of one format came to. */
export interface Outcome {
  readonly inputs: number;
  datagrams: number;
  problems: number;
  /** Longest time for one input: milliseconds. */
  slowest: number;
  /** Most bytes given for one byte of input. */
  mostBytes: number;
}

/** Reads mutated captures; throws where a reader does, or tells more than there is. */
export async function readMutations(
  format: keyof typeof seeds,
  inputs: number,
  seed: number,
): Promise<Outcome> {
  const below = random(seed);
  const outcome: Outcome = { inputs, datagrams: 0, problems: 0, slowest: 0, mostBytes: 0 };
  for (let i = 0; i < inputs; i++) {
    const input = mutate(of(seeds[format], below), below);
    const given = below(8) > 0;
    const size = of([1 + below(64), 4096, 1 << 20], below);
    const started = performance.now();
    try {
      await readOne(input, size, given ? format : undefined, outcome);
    } catch (error) {
      const hex = Buffer.from(input).toString("hex");
      throw new Error(`${format}, seed ${seed}, input ${i}: ${hex.slice(0, 20_000)}`, { cause: error });
    }
    outcome.slowest = Math.max(outcome.slowest, performance.now() - started);
  }
  return outcome;
}

async function readOne(input: Uint8Array, size: number, format: CaptureFormat | undefined, outcome: Outcome) {
  async function* chunks() {
    for (let at = 0; at < input.length; at += size) yield Buffer.from(input.subarray(at, at + size));
  }
  let count = 0;
  let bytes = 0;
  for await (const captured of readCapture(chunks(), { format })) {
    check(captured, input);
    count++;
    bytes += captured.bytes.length;
    outcome.problems += captured.problems.length;
    if (captured.bytes.length > 0) outcome.datagrams++;
  }
  // sendmmsg(…) = 1024 may tell of as many datagrams, and `*` of a megabyte.
  if (count > 1024 * (1 + input.length / 20)) throw new Error(`${count} from ${input.length} bytes`);
  if (bytes > 2 ** 20 * (1 + input.length / 10)) throw new Error(`${bytes} bytes from ${input.length}`);
  outcome.mostBytes = Math.max(outcome.mostBytes, bytes / Math.max(1, input.length));
}

function check({ offset, bytes, length, problems }: Captured, input: Uint8Array): void {
  if (!(offset >= 0 && offset <= input.length)) throw new Error(`offset ${offset} of ${input.length}`);
  if (!(length >= bytes.length)) throw new Error(`length ${length} of ${bytes.length} bytes`);
  if (!problems.every((problem) => problem.length > 0 && problem.length < 500))
    throw new Error(`problems ${JSON.stringify(problems).slice(0, 1000)}`);
}
