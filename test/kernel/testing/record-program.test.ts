/** `nlkit record`: a program that knows nothing of it, recorded from outside and played. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFixture, recordProgram, withReplay } from "../../../src/testing/index.ts";

const source = resolve(import.meta.dirname, "../../../src");
const program = `
import { Netns } from ${JSON.stringify(pathToFileURL(join(source, "index.ts")).href)};
await using ns = await Netns.current();
console.log((await ns.link.get("lo")).ifname);
process.exit(3);
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nlkit-record-"));
  writeFileSync(join(folder, "program.mts"), program);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function nlkit(...args: string[]) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", tsx, join(source, "cli/bin.ts"), ...args],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

test("a program's sockets are recorded, its exit status is nlkit's", async () => {
  const command = ["node", "--no-warnings", "program.mts"];
  expect(nlkit("record", "lo.json", "--", ...command)).toEqual({ status: 3, stdout: "lo\n", stderr: "" });
  const fixture = parseFixture(readFileSync(join(folder, "lo.json"), "utf8"), "lo.json");
  expect(fixture.about).toBe(command.join(" "));
  await withReplay(fixture, async ({ netns }) => {
    expect((await netns("current").link.get("lo")).ifindex).toBe(1);
  });
});

test("what records nothing says so", () => {
  const { status, stderr } = nlkit("record", "none.json", "--", "true");
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "nlkit: record: true opened no netlink socket through nlkit; none.json was not written\n",
  });
  expect(existsSync(join(folder, "none.json"))).toBe(false);
  expect(nlkit("record", "none.json", "no-such-program")).toMatchObject({ status: 127 });
});

test("without a command nothing is replaced", async () => {
  await expect(recordProgram("/nonexistent/cable.json", [])).rejects.toMatchObject({
    code: "ERR_INVALID_ARG_VALUE",
    path: "command",
  });
});
