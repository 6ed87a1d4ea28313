import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Progress } from "../../../src/cli/progress.ts";

let written = "";
const stream = new Writable({
  write(chunk, _encoding, done) {
    written += chunk;
    done();
  },
});

beforeEach(() => {
  written = "";
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("how far, how fast, how long still; gone at the end", () => {
  const progress = new Progress(stream, 400 * 2 ** 20);
  progress.at(1);
  expect(written).toBe("");
  vi.advanceTimersByTime(2000);
  progress.at(100 * 2 ** 20);
  expect(written).toBe(
    `\r\u001b[K${"█".repeat(8)}${"░".repeat(22)} 25 %  100 MiB of 400 MiB, 50 MiB/s, 6 s left`,
  );
  progress.at(200 * 2 ** 20);
  expect(written).not.toContain("200 MiB");
  written = "";
  progress.end();
  progress.end();
  expect(written).toBe("\r\u001b[K");
});

test("what is read in a moment shows nothing", () => {
  const progress = new Progress(stream, 100);
  progress.at(50);
  progress.end();
  expect(written).toBe("");
});
