/**
 * Records what ip, bridge and tc say to this kernel and hear from it in a broad set of commands, as strace shows it,
 * with what those print that print JSON.
 *
 *     npx tsx scripts/record-iproute2-fixtures.ts    # as root, with strace; under the full kernel with --rw
 *
 * writes test/fixtures/captures/iproute2-KERNEL.strace.br and iproute2-KERNEL.printed.json. Everything happens in a
 * network namespace of its own. What this kernel or these tools have not got is left out, and told in the JSON.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { straceArguments } from "../src/decode/capture/strace.ts";
import { errors, making, monitored, showing, taking } from "./iproute2-commands.ts";
import { shaping } from "./tc-commands.ts";

const INSIDE = "NLKIT_RECORDING";
if (process.env[INSIDE] === undefined) {
  const again = [...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync("unshare", ["--net", process.execPath, ...again], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  process.exit(status ?? 1);
}

/** A command, the process that ran it, and what it printed. */
interface Ran {
  readonly command: string;
  readonly pid: number;
  readonly failed?: string;
  readonly printed?: unknown;
}

const scratch = mkdtempSync(join(tmpdir(), "nlkit-record-"));
const ran: Ran[] = [];
const left: string[] = [];
const logs: string[] = [];

const words = (command: string): string[] =>
  command.match(/'[^']*'|\S+/g)!.map((word) => word.replace(/^'(.*)'$/, "$1"));

/** The first words of a trace are the number of the process. */
const pidOf = (log: string): number => Number.parseInt(log, 10);

/** Commands that say the same again are megabytes apart: more than gzip remembers. */
const compressed = (text: string): Buffer =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });

/** tc 6.1 has qdiscs whose options are no JSON. */
function readJson(command: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/\{default (\w+) \}/g, '{"default":"$1"}') || "[]");
  } catch (error) {
    left.push(`${command}: what it printed: ${String(error)}`);
    return undefined;
  }
}

function run(command: string, mayFail = false): void {
  const file = join(scratch, "strace");
  const { status, stdout, stderr } = spawnSync(
    "strace",
    [...straceArguments, "-o", file, "--", ...words(command)],
    {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  if (status !== 0 && !mayFail) {
    left.push(`${command}: ${stderr.trim().split("\n")[0]}`);
    return;
  }
  const log = readFileSync(file, "utf8");
  logs.push(log);
  const printed = / -j /.test(command) ? readJson(command, stdout) : undefined;
  ran.push({ command, pid: pidOf(log), ...(status !== 0 && { failed: stderr.trim() }), printed });
}

/** What the monitors hear while the commands are carried out. */
async function listen(monitors: readonly string[], commands: readonly string[]): Promise<void> {
  const under = monitors.map((command, index) => {
    const file = join(scratch, `monitor-${index}`);
    const child = spawn("strace", [...straceArguments, "-o", file, "--", ...words(command)], {
      stdio: "ignore",
    });
    return { command, file, child };
  });
  await new Promise((ready) => setTimeout(ready, 2000));
  for (const command of commands) run(command);
  await new Promise((heard) => setTimeout(heard, 2000));
  for (const { command, file, child } of under) {
    const log = readFileSync(file, "utf8");
    process.kill(pidOf(log));
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    logs.push(readFileSync(file, "utf8"));
    ran.push({ command, pid: pidOf(log) });
  }
}

try {
  for (const command of [...shaping, ...making, ...showing]) run(command);
  for (const command of errors) run(command, true);
  await listen(["ip -d monitor all label", "bridge -d monitor all", "tc monitor"], monitored);
  for (const command of taking) run(command);
  const file = resolve(import.meta.dirname, `../test/fixtures/captures/iproute2-${release().split("-")[0]}`);
  writeFileSync(`${file}.strace.br`, compressed(logs.join("")));
  const versions = ["ip", "tc"].map((tool) => execFileSync(tool, ["-V"], { encoding: "utf8" }).trim());
  const about = {
    kernel: release(),
    versions,
    strace: execFileSync("strace", ["-V"], { encoding: "utf8" }).split("\n")[0],
  };
  const lines = ran.map((one) => JSON.stringify(one)).join(",\n");
  writeFileSync(
    `${file}.printed.json`,
    `{"about":${JSON.stringify(about)},\n"left":${JSON.stringify(left, null, 1)},\n"ran":[\n${lines}\n]}\n`,
  );
  console.log(`${file}.*: ${ran.length} commands, ${left.length} left out`);
  for (const line of left) console.log(`left out: ${line}`);
} finally {
  rmSync(scratch, { recursive: true });
}
