/** `nlkit capture`, and reading what it wrote. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missing } from "../../support/programs.ts";
import { whyNoLink } from "../support/bridge.ts";
import { stage } from "../support/observer.ts";
import { nlkit, nlkitWords, Running } from "./command.ts";

const noNlmon = await whyNoLink({ ifname: "nlmon0", kind: "nlmon" }, "the kernel has no nlmon");
const here = stage("capture");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-test-capture-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(!noNlmon)(`a kernel without nlmon${noNlmon ? "" : " (skipped: this one has it)"}`, async () => {
  const file = join(folder, "none.pcapng");
  const { status, stderr } = await nlkit(["capture", "-o", file, "--netns", here.name]);
  expect(status).toBe(2);
  expect(stderr).toBe("nlkit: this kernel has no nlmon devices (CONFIG_NLMON, module nlmon)\n");
  expect(existsSync(file)).toBe(false);
});

describe.skipIf(noNlmon)(`nlmon${noNlmon ? ` (skipped: ${noNlmon})` : ""}`, () => {
  const capture = (...args: string[]) => new Running(["capture", "--netns", here.name, ...args]);

  test("what ip says and hears; the device goes", async () => {
    const file = join(folder, "ip.pcapng");
    const running = capture("-o", file);
    await running.until("stderr", /captures from nlkit-\d+/);
    here.observer.ip("link add v0 type veth peer name v1");
    here.observer.ip("-o addr show");
    expect((await running.end("SIGINT")).status).toBe(0);
    expect(here.observer.ip("-o link show type nlmon")).toBe("");

    const decoded = await nlkit(["decode", "--verify", file]);
    expect(decoded.stdout).not.toMatch(/!.*/);
    expect(decoded).toMatchObject({ status: 0, stderr: "" });
    expect(decoded.stdout).toMatch(
      /^→ RTM_NEWLINK ACK\|EXCL\|CREATE #\d+ .*ifname=v0 .*kind=veth.*\n← ack #\d+ [\d.]+ ms$/m,
    );
  });

  const noTshark = missing("tshark");
  test.skipIf(noTshark !== "")(`Wireshark reads it${noTshark}`, async () => {
    const file = join(folder, "wireshark.pcapng");
    const running = capture("-o", file);
    await running.until("stderr", /captures from nlkit-\d+/);
    here.observer.ip("-o addr show");
    here.observer.ip("-o link show");
    const { stderr } = await running.end("SIGINT");
    const count = Number(/(\d+) datagrams\n$/.exec(stderr)![1]);
    const args = ["-r", file, "-T", "fields", "-e", "frame.protocols"];
    const lines = execFileSync("tshark", args, { encoding: "utf8", stdio: "pipe" }).trimEnd().split("\n");
    expect(lines).toHaveLength(count);
    expect(lines.filter((line) => line.includes("netlink-route")).length).toBeGreaterThan(3);
  });

  test("--count, to a pipe", async () => {
    const running = capture("-o", "-", "--count", "2");
    await running.until("stderr", /captures from/);
    here.observer.ip("link show lo");
    expect((await running.end()).status).toBe(0);
    expect(running.stdout).toContain("nlkit-");
    expect(running.stderr).toMatch(/\nnlkit: 2 datagrams\n$/);
  });

  test("--duration; a file that cannot be written; a reader that goes: the device goes, too", async () => {
    const file = join(folder, "short");
    const ended = await capture("-o", file, "--duration", "10ms").end();
    expect(ended.status).toBe(0);
    expect(statSync(file).size).toBeGreaterThan(100);

    const { status, stderr } = await capture("-o", "/nonexistent/x").end();
    expect({ status, stderr }).toEqual({ status: 2, stderr: "nlkit: /nonexistent/x: no such file\n" });

    const running = capture("-o", "-");
    await running.until("stderr", /captures from/);
    running.child.stdout.destroy();
    while (running.child.exitCode === null) {
      here.observer.ip("link show lo");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect((await running.end()).status).toBe(0);
    expect(here.observer.ip("-o link show type nlmon")).toBe("");
  });
});

test("decode | head: one line, no complaint, and the end", () => {
  const line = "1800000016000103ca454365000000000200000000000000";
  const script = `yes ${line} | head -100000 | "$@" decode | head -1; echo "\${PIPESTATUS[@]}"`;
  const stdout = execFileSync("bash", ["-c", script, "bash", ...nlkitWords], { encoding: "utf8" });
  expect(stdout).toMatch(/^→ RTM_GETADDR DUMP #1698907594 ifaFamily=inet\n\d+ \d+ 0 0\n$/);
});
