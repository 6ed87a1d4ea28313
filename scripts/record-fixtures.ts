/**
 * Records the scenarios of test/support/scenarios on this kernel, in a sandbox: no root.
 *
 *     npm run fixtures:record             # writes test/fixtures/recorded/KERNEL/
 *     npm run fixtures:check              # records again and says where that differs from what is there
 *
 * Both do the same on the full kernel, where that is beside the project.
 *
 *     npm run fixtures:annotate           # no kernel: the words beside the bytes anew, and what the scenarios give
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compareFixtures, formatFixture, parseFixture } from "../src/testing/index.ts";
import { playedOutcome } from "../test/support/play.ts";
import { recordScenario } from "../test/support/record.ts";
import { scenarios } from "../test/support/scenarios/index.ts";

const root = resolve(import.meta.dirname, "../test/fixtures");
const folder = join(root, "recorded", release().split("-")[0]!);
const { check, annotate } = parseArgs({
  options: { check: { type: "boolean" }, annotate: { type: "boolean" } },
}).values;

async function recordOrCheck(): Promise<boolean> {
  let drifted = false;
  mkdirSync(folder, { recursive: true });
  for (const scenario of scenarios) {
    const file = join(folder, `${scenario.name}.json`);
    const played = await recordScenario(scenario);
    if (!played) {
      console.log(`${scenario.name}: left out, this kernel has no ${scenario.needs}`);
      if (check && existsSync(file)) drifted = true;
      continue;
    }
    if (check) {
      const differences = existsSync(file)
        ? compareFixtures(parseFixture(readFileSync(file, "utf8"), file), played.fixture)
        : [`${file} does not exist`];
      console.log(`${scenario.name}: ${differences.length === 0 ? "the same" : "drifted"}`);
      for (const difference of differences) console.log(difference.replace(/^/gm, "  "));
      drifted ||= differences.length > 0;
      continue;
    }
    writeFileSync(file, formatFixture(played.fixture));
    writeFileSync(file.replace(/json$/, "outcome.json"), played.outcome);
    console.log(`${file}: ${played.fixture.events.length} events`);
  }
  return drifted;
}

async function annotateAll(): Promise<void> {
  for (const kind of ["recorded", "ip", "rtnl"]) {
    const names = readdirSync(join(root, kind), { recursive: true, encoding: "utf8" });
    for (const name of names.filter(
      (entry) => /\.json$/.test(entry) && !/\.(outcome|printed)\./.test(entry),
    )) {
      const file = join(root, kind, name);
      writeFileSync(file, formatFixture(parseFixture(readFileSync(file, "utf8"), file)));
    }
  }
  const { recorded } = await import("../test/support/fixtures.ts");
  for (const entry of recorded)
    writeFileSync(entry.file.replace(/json$/, "outcome.json"), await playedOutcome(entry));
}

/** The same in the full kernel; true where something drifted, or it failed. */
function onFullKernel(): boolean {
  const run = resolve(import.meta.dirname, "../../shared/fullkernel/run");
  if (process.env.FULLKERNEL !== undefined || !existsSync(run)) return false;
  const project = resolve(import.meta.dirname, "..");
  const options = ["--cwd", project, "--rw", "--timeout", "600", "--"];
  const again = ["node", ...process.execArgv, ...process.argv.slice(1)];
  return spawnSync(run, [...options, ...again], { stdio: "inherit" }).status !== 0;
}

if (annotate) await annotateAll();
else {
  const drifted = [await recordOrCheck(), onFullKernel()];
  if (drifted.includes(true)) process.exitCode = 1;
}
