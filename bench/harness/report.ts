/** The figures as Markdown, and as JSON with every single run. */
import { cpus, release, totalmem } from "node:os";
import type { ImportCost } from "./import-cost.ts";
import type { Measured } from "./measurement.ts";
import { FLOOR, NLKIT } from "./programs.ts";
import { type Summary, summarize } from "./summary.ts";
import { judge, judgeImport, percent, TARGETS, type Verdict } from "./targets.ts";

export interface Report {
  readonly command: string;
  readonly runs: number;
  readonly measured: readonly Measured[];
  readonly missing: readonly string[];
  readonly importCost: ImportCost | undefined;
}

const machine = (): string => {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
};

export function json({ command, runs, measured, missing, importCost }: Report): string {
  const about = { command, runs, node: process.version, kernel: release(), machine: machine() };
  const versions = versionsOf(measured);
  const works = measured.map((one) => ({
    ...one.work,
    programs: summarize(one).map((summary, i) => ({ ...summary, runs: one.samples[i]!.runs })),
  }));
  const date = new Date().toISOString().slice(0, 10);
  return `${JSON.stringify({ ...about, date, versions, missing, import: importCost, works }, undefined, 2)}\n`;
}

/** Of the programs that did something, and whose version is known. */
function versionsOf(measured: readonly Measured[]): Record<string, string> {
  const known = measured.flatMap(({ samples }) =>
    samples.flatMap(({ program, version }) => (version ? [[program, version] as const] : [])),
  );
  return Object.fromEntries(known);
}

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string[] {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function seconds(value: number): string {
  if (value >= 1) return `${value.toFixed(2)} s`;
  return value >= 1e-3 ? `${(value * 1e3).toFixed(1)} ms` : `${(value * 1e6).toFixed(0)} µs`;
}

const ratio = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));

function detail({ work, samples }: Measured): string[] {
  const summaries = summarize({ work, samples });
  const isLossy = summaries.some(({ lost }) => lost !== undefined);
  const turns = Math.max(...samples.map(({ runs }) => runs.length));
  const isChange = summaries.some(({ deletion }) => deletion !== undefined);
  const head = ["", "CPU", "× floor", "wall", "× floor", "each", "peak memory"];
  const row = (summary: Summary, i: number): Row => {
    const objects = samples[i]!.runs[0]!.n;
    const { program, cpu, wall, memory, cpuRatio, wallRatio, lost, deletion } = summary;
    const { length } = samples[i]!.runs;
    return [
      length < turns ? `${program} (${length} ${length === 1 ? "run" : "runs"})` : program,
      seconds(cpu),
      ratio(cpuRatio),
      seconds(wall),
      ratio(wallRatio),
      program === FLOOR || objects === 0 ? "" : perObject(cpu / objects),
      `${memory.toFixed(1)} MiB`,
      ...(isLossy ? [percent(lost ?? 0)] : []),
      ...(isChange ? [deletion ? seconds(deletion.cpu) : "", ratio(deletion?.cpuRatio)] : []),
    ];
  };
  const order = ({ program }: Summary) => (program === FLOOR ? 0 : program === NLKIT ? 1 : 2);
  const rows = summaries
    .map((summary, i) => ({ summary, cells: row(summary, i) }))
    .toSorted((a, b) => order(a.summary) - order(b.summary) || a.summary.cpu - b.summary.cpu);
  const more = [...(isLossy ? ["lost"] : []), ...(isChange ? ["deletion: CPU", "× floor"] : [])];
  return [
    `### ${work.title}`,
    "",
    ...table(
      [...head, ...more],
      rows.map(({ cells }) => cells),
    ),
    "",
  ];
}

const perObject = (value: number): string =>
  value >= 1e-5 ? `${(value * 1e6).toFixed(0)} µs` : `${(value * 1e9).toFixed(0)} ns`;

/** The largest size of each work that has a target. */
function verdicts({ measured, importCost }: Report): Verdict[] {
  const found = TARGETS.flatMap((target) => {
    const one = measured.findLast(({ work }) => work.workload === target.workload);
    if (!one) return [];
    const size = one.work.n.toLocaleString("en-US");
    return [judge({ ...target, title: `${target.title} (${size})` }, summarize(one))];
  });
  return importCost ? [...found, judgeImport(importCost)] : found;
}

export function markdown(report: Report): string {
  const { command, runs, measured, missing, importCost } = report;
  const rows = verdicts(report).map(({ title, target, measured: value, peer, reached }) => [
    title,
    target,
    value,
    reached ? "yes" : "**no**",
    peer,
  ]);
  const versions = Object.entries(versionsOf(measured)).map(([name, version]) => `- ${name}: ${version}`);
  const lines = [
    `\`${command}\`, medians of ${runs} runs that took turns. ${machine()}; Linux ${release()}, Node ${process.version}.`,
    "",
    ...table(["work", "target", "measured", "reached", "best peer"], rows),
    "",
    "× is CPU time (user and system, all threads) as a multiple of the C floor's, which only receives; the median of the",
    "ratios of each turn. Peak memory is VmHWM when the clock stops; bare Node has" +
      ` ${importCost ? importCost.bare.toFixed(0) : "about 40"} MiB of it.`,
    "",
    ...measured.flatMap(detail),
    ...(versions.length > 0 ? ["### Versions", "", ...versions, ""] : []),
    ...(missing.length > 0 ? ["### Left out", "", ...missing.map((line) => `- ${line}`), ""] : []),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}
