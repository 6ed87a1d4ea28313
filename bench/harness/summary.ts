/** What the runs come to. */
import type { Figures } from "../measure.ts";
import type { Measured, Samples } from "./measurement.ts";
import { FLOOR, NLKIT, UNPREPARED } from "./programs.ts";

export interface Summary {
  readonly program: string;
  /** Medians: wall and CPU seconds, peak memory in MiB. */
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  /** Medians of the runs' ratios to the floor's run of the same turn; undefined without a floor. */
  readonly cpuRatio: number | undefined;
  readonly wallRatio: number | undefined;
  /** Share of the notifications that were lost. */
  readonly lost: number | undefined;
  /** Median CPU and wall seconds of the deletion, with the ratio of the CPU time. */
  readonly deletion: { readonly cpu: number; readonly wall: number; readonly cpuRatio?: number } | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const cpu = ({ user, sys }: Figures): number => user + sys;
const wall = ({ seconds }: Figures): number => seconds;
const deletionCpu = ({ delUser = 0, delSys = 0 }: Figures): number => delUser + delSys;

/** A run's share that was heard: what was lost cost nothing. */
const heard = ({ received, n }: Figures): number => (received === undefined ? 1 : received / n);

export function summarize({ samples }: Measured): Summary[] {
  const floor = samples.find(({ program }) => program === FLOOR)?.runs;
  const ratio = (runs: readonly Figures[], of: (run: Figures) => number): number | undefined =>
    floor && median(runs.map((run, turn) => of(run) / heard(run) / (of(floor[turn]!) / heard(floor[turn]!))));
  return samples.map(({ program, runs }: Samples) => ({
    program,
    wall: median(runs.map(wall)),
    cpu: median(runs.map(cpu)),
    memory: median(runs.map(({ rssKiB }) => rssKiB / 1024)),
    cpuRatio: ratio(runs, cpu),
    wallRatio: ratio(runs, wall),
    lost: runs[0]!.received === undefined ? undefined : median(runs.map((run) => 1 - heard(run))),
    deletion:
      runs[0]!.delSeconds === undefined
        ? undefined
        : {
            cpu: median(runs.map(deletionCpu)),
            wall: median(runs.map(({ delSeconds = 0 }) => delSeconds)),
            cpuRatio: ratio(runs, deletionCpu),
          },
  }));
}

export const ownOf = (summaries: readonly Summary[]): Summary =>
  summaries.find(({ program }) => program === NLKIT)!;

export const peersIn = (summaries: readonly Summary[]): Summary[] =>
  summaries.filter(({ program }) => ![NLKIT, FLOOR, UNPREPARED].includes(program));
