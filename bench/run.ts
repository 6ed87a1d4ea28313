/**
 * `npm run bench`: measures nlkit, a C floor and the peers that are installed at the same works, and writes
 * docs/performance.md and docs/performance.json. Needs root; leaves nothing behind.
 *
 *     --runs N      how often each program does each work (5)
 *     --only A,B    only these workloads
 *     --programs A,B  only these beside the floor
 *     --quick       small sizes and 3 runs, to see that everything works
 *     --out DIR     where to write; whole runs write to docs/, others only print
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureImport } from "./harness/import-cost.ts";
import { type Measured, measure } from "./harness/measurement.ts";
import { Namespaces } from "./harness/namespaces.ts";
import { FLOOR, findPrograms, isBuilt, ROOT } from "./harness/programs.ts";
import { json, markdown, type Report } from "./harness/report.ts";
import { FULL, QUICK, worksOf } from "./harness/works.ts";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string" },
    only: { type: "string" },
    programs: { type: "string" },
    quick: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
const runs = Number(options.runs ?? (options.quick ? 3 : 5));
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: a number from 1, not ${options.runs}`);

const listed = (list: string | undefined) => list?.split(",");
const only = listed(options.only);
const named = listed(options.programs);
const isWhole = !options.quick && !only && !named && isBuilt;
const out = options.out ?? (isWhole ? join(ROOT, "docs") : undefined);

const works = worksOf(options.quick ? QUICK : FULL).filter(
  ({ workload }) => only?.includes(workload) ?? true,
);
if (works.length === 0) throw new Error(`--only: none of the workloads is ${options.only}`);

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interrupt.abort(new Error(`stopped by ${signal}`)));
}

const BEGIN = "<!-- written by npm run bench: from here -->";
const END = "<!-- to here -->";

/** Replaces the figures; what is written around them stays. */
function inserted(path: string, text: string): string {
  const figures = `${BEGIN}\n\n${text}\n${END}`;
  let before = `# Performance\n\n${figures}\n`;
  try {
    before = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const from = before.indexOf(BEGIN);
  const to = before.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${path} has no place for the figures: ${BEGIN} … ${END}`);
  return before.slice(0, from) + figures + before.slice(to + END.length);
}

function write(folder: string, report: Report): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "performance.md");
  writeFileSync(path, inserted(path, markdown(report)));
  writeFileSync(join(folder, "performance.json"), json(report));
}

async function main(folder: string): Promise<Report> {
  const { found, missing } = findPrograms(folder);
  const programs = found.filter(({ name }) => name === FLOOR || (named?.includes(name) ?? true));
  await using namespaces = new Namespaces();
  const bench = { programs, namespaces, runs, signal: interrupt.signal };
  const measured: Measured[] = [];
  for (const work of works) {
    console.error(`${work.workload} ${work.n}: ${work.title}`);
    measured.push(await measure(bench, work));
  }
  const hasImport = isBuilt && !only;
  const importCost = hasImport ? await measureImport(runs, interrupt.signal) : undefined;
  const command = ["npm run bench", ...process.argv.slice(2)].join(" ");
  return { command, runs, measured, missing, importCost };
}

const folder = mkdtempSync(join(tmpdir(), "nlkit-bench-"));
try {
  const report = await main(folder);
  if (out) write(out, report);
  console.log(markdown(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
