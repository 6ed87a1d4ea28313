/** Mutated captures of every format: nothing is thrown, nothing hangs. scripts/mutate-captures.ts reads many more. */
import { expect, test } from "vitest";
import { readCapture } from "../../../../src/decode/capture/read.ts";
import { all, feed } from "./feed.ts";
import { readMutations, seeds } from "./mutations.ts";

test.each(Object.keys(seeds) as (keyof typeof seeds)[])("%s", async (format) => {
  const { datagrams, problems, slowest } = await readMutations(format, 600, 20261121);
  // Most are still read, and what is wrong is told.
  expect(datagrams).toBeGreaterThan(300);
  expect(problems).toBeGreaterThan(60);
  expect(slowest).toBeLessThan(2000);
});

/** What an expression that goes back and forth would not come to the end of. */
const long = [
  ...[
    "(",
    "/*",
    "#",
    "/",
    '"',
    "'",
    "\\",
    "a ",
    " ",
    "1 ",
    "<",
    "3<",
    "sendto(3, [{",
    "sendto(3<a",
    "{iov_base=",
    "0x",
    "0: ",
  ],
  ...[
    "- ",
    "[pid ",
    "[",
    ") ",
    "\\x",
    "=",
    "A",
    "flags=",
    "1:",
    "strace: Process 1 attached",
    "->",
    "recvmsg(3, {a=",
    "#a\r",
  ],
];

test.each(["hex", "base64", "strace", undefined] as const)("lines of a megabyte: %s", async (format) => {
  for (const part of long) {
    const line = part.repeat(Math.ceil(2 ** 20 / part.length));
    for (const input of [
      line,
      `${line}\r#`,
      `socket(AF_NETLINK, 3, 0) = 3\nsendto(3, ${line}\n${line} attached\n20 00 ${line}`,
    ]) {
      const started = performance.now();
      const found = await all(readCapture(feed(input, 65_536), { format }));
      expect(found.length).toBeLessThan(100);
      expect(performance.now() - started, `${part} as ${format}`).toBeLessThan(5000);
    }
  }
});
