/** The programs of the benchmark do the work they measure. How long it takes is nobody's business here. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findPrograms } from "../../bench/harness/programs.ts";
import type { Figures } from "../../bench/measure.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NETNS = `nlkit-bench-${process.pid}`;
const ROUTES = 100;
const LINKS = [10, 11, 12, 13, 14, 15, 16, 17];

const ip = (args: string[], input?: string): string => execFileSync("ip", args, { encoding: "utf8", input });

beforeAll(() => {
  ip(["netns", "add", NETNS]);
  for (const [i, index] of LINKS.entries()) {
    // The other ends out of the way of the indexes that are asked for.
    const peer = ["peer", "name", `e${i}`, "index", String(100 + i)];
    ip(["-n", NETNS, "link", "add", `d${i}`, "index", String(index), "type", "veth", ...peer]);
    ip(["-n", NETNS, "link", "set", `d${i}`, "up"]);
  }
  const add = (i: number) => [
    `route add 10.0.0.${i}/32 dev d${i & 7} scope link`,
    `route add fd00::${i.toString(16)}/128 dev d${i & 7}`,
  ];
  const lines = Array.from({ length: ROUTES }, (_, i) => add(i)).flat();
  ip(["-n", NETNS, "-batch", "-"], lines.map((line) => `${line}\n`).join(""));
});

afterAll(() => ip(["netns", "del", NETNS]));

function runs(...command: string[]): Figures[] {
  const args = ["netns", "exec", NETNS, ...command];
  const output = execFileSync("ip", args, { encoding: "utf8", cwd: ROOT });
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Figures);
}

const subject = (workload: string, n: number): Figures =>
  runs(process.execPath, "--import", "tsx", join("bench", "subject.ts"), workload, String(n))[0]!;

const oifs = Array.from({ length: ROUTES }, (_, i) => 10 + (i & 7));
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const checksum4 = sum(oifs.map((oif, i) => 0x0a000000 + i + 7 * oif));
const checksum6 = sum(oifs.map((oif, i) => i + 7 * oif));

describe("bench/subject.ts", () => {
  test.each([
    ["route4", checksum4],
    ["route4-kept", checksum4],
    ["route4-stream", checksum4],
    ["route6", checksum6],
  ])("%s finds every route", (workload, checksum) => {
    const figures = subject(workload, ROUTES);
    expect(figures).toMatchObject({ workload, n: ROUTES, checksum });
    for (const field of ["seconds", "user", "sys", "rssKiB"] as const)
      expect(figures[field]).toBeTypeOf("number");
    expect(figures.rssKiB).toBeGreaterThan(1024);
  });

  test("link and get agree with ip", () => {
    const links = JSON.parse(ip(["-n", NETNS, "-j", "link"])) as {
      ifindex: number;
      ifname: string;
      mtu: number;
    }[];
    const of = (link: (typeof links)[number]) => 7 * link.ifindex + link.mtu + link.ifname.length;
    expect(subject("link", 0)).toMatchObject({ n: links.length, checksum: sum(links.map(of)) });
    const asked = Array.from(
      { length: 20 },
      (_, i) => links.find(({ ifindex }) => ifindex === 10 + (i & 7))!,
    );
    expect(subject("get", 20)).toMatchObject({ n: 20, checksum: sum(asked.map(of)) });
  });

  test("an unknown workload is refused", () => {
    const args = ["--import", "tsx", join("bench", "subject.ts"), "routes", "1"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT });
    expect(status).toBe(2);
    expect(stderr).toContain("route4-stream");
  });
});

test("programs that are not installed are left out, and why is told", () => {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-programs-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("NLKIT_BENCH_MODULES", folder);
  try {
    const { found, missing } = findPrograms(folder);
    expect(found.map(({ name }) => name)).toContain("nlkit");
    expect(missing).toEqual(
      expect.arrayContaining([
        "C floor: no gcc",
        "iproute2: no ip",
        "libmnl: no gcc",
        expect.stringMatching(/^npm netlink: not installed: .*NLKIT_BENCH_MODULES/),
        "Go vishvananda/netlink: no go",
        "Go jsimonetti/rtnetlink: no go",
        "Rust rtnetlink: no cargo",
      ]),
    );
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});

const hasGcc = spawnSync("gcc", ["--version"]).status === 0;

describe.skipIf(!hasGcc)(`bench/floor.c${hasGcc ? "" : " (no gcc)"}`, () => {
  let folder: string;
  let floor: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nlkit-floor-"));
    floor = join(folder, "floor");
    execFileSync(
      "gcc",
      ["-O2", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-o", floor, "bench/floor.c"],
      {
        cwd: ROOT,
      },
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(["route4", "route4-kept", "route4-stream", "route6", "link", "get"])("does %s", (workload) => {
    expect(runs(floor, workload, "20")).toMatchObject([{ workload, n: 20, checksum: null }]);
  });

  test("adds routes and deletes them again", () => {
    ip(["-n", NETNS, "route", "flush", "table", "main"]);
    expect(runs(floor, "add", "200")[0]).toMatchObject({ n: 200, delSeconds: expect.any(Number) });
    expect(ip(["-n", NETNS, "route"])).toBe("");
  });

  test.each(["mon", "monbig"])("is heard by the subject at %s", async (workload) => {
    ip(["-n", NETNS, "route", "flush", "table", "main"]);
    const listener = ["--import", "tsx", join("bench", "subject.ts"), workload, "200"];
    const args = ["netns", "exec", NETNS, process.execPath, ...listener];
    const child = spawn("ip", args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe("READY");
    runs(floor, "burst", "200");
    expect(JSON.parse((await lines.next()).value)).toMatchObject({ workload, received: 200, overruns: 0 });
  });
});
