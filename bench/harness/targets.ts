/** What nlkit is to reach, and whether it did. */
import type { ImportCost } from "./import-cost.ts";
import { IPROUTE2, ONE_BATCH } from "./programs.ts";
import { ownOf, peersIn, type Summary } from "./summary.ts";

export interface Target {
  readonly title: string;
  readonly workload: string;
  /** CPU time as a multiple of the floor's. */
  readonly cpu?: number;
  readonly wall?: number;
  /** MiB. */
  readonly memory?: number;
  /** How often its CPU time fits into that of `ip -batch`. */
  readonly ip?: number;
  /** Nothing may be lost. */
  readonly lossless?: true;
}

/** For the largest size of each work. */
export const TARGETS: readonly Target[] = [
  { title: "IPv4 routes, streamed, `dst` and `oif` read", workload: "route4-stream", cpu: 2.0 },
  { title: "IPv4 routes, collected, nothing read", workload: "route4-kept", cpu: 2.5, memory: 200 },
  { title: "IPv4 routes, collected, `dst` and `oif` of each read", workload: "route4", cpu: 4.5 },
  { title: "IPv6 routes, collected", workload: "route6", cpu: 2.5 },
  { title: "links, collected with every attribute", workload: "link", cpu: 2.0 },
  { title: "get one link, awaited one after another", workload: "get", wall: 2.5 },
  { title: "add IPv4 routes", workload: "add", cpu: 2.0, ip: 5 },
  { title: "attach a container", workload: "attach", cpu: 1.5, ip: 10 },
  { title: "notifications in a burst, default buffer", workload: "mon", cpu: 3.0, lossless: true },
];

export const IMPORT_TARGET = { milliseconds: 40, memory: 15 } as const;

export interface Verdict {
  readonly title: string;
  readonly target: string;
  readonly measured: string;
  readonly peer: string;
  readonly reached: boolean;
}

/** One aim of a target: a target may have several. */
interface Aim {
  readonly target: string;
  readonly measured: string;
  readonly reached: boolean;
}

function atMost(limit: number, value: number | undefined, unit: string): Aim {
  if (value === undefined) return { target: `≤ ${limit}${unit}`, measured: "no floor", reached: false };
  return { target: `≤ ${limit}${unit}`, measured: `${value.toFixed(2)}${unit}`, reached: value <= limit };
}

export function judge(target: Target, summaries: readonly Summary[]): Verdict {
  const own = ownOf(summaries);
  const aims: Aim[] = [];
  if (target.cpu !== undefined) aims.push(atMost(target.cpu, own.cpuRatio, "×"));
  if (target.wall !== undefined) aims.push(atMost(target.wall, own.wallRatio, "× wall"));
  if (target.memory !== undefined) aims.push(atMost(target.memory, own.memory, " MiB"));
  if (target.lossless) {
    aims.push({ target: "none lost", measured: `${percent(own.lost!)} lost`, reached: own.lost === 0 });
  }
  const batch =
    summaries.find(({ program }) => program === ONE_BATCH) ??
    summaries.find(({ program }) => program === IPROUTE2);
  if (target.ip !== undefined && batch) {
    const times = batch.cpu / own.cpu;
    const measured = `${times.toFixed(1)} times \`ip -batch\` (wall ${(batch.wall / own.wall).toFixed(1)})`;
    aims.push({ target: `≥ ${target.ip} times \`ip -batch\``, measured, reached: times >= target.ip });
  }
  return {
    title: target.title,
    target: aims.map((aim) => aim.target).join(", "),
    measured: aims.map((aim) => aim.measured).join(", "),
    peer: bestPeer(target, summaries),
    reached: aims.every((aim) => aim.reached),
  };
}

export const percent = (share: number): string =>
  `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 0)} %`;

function bestPeer({ wall }: Target, summaries: readonly Summary[]): string {
  const ratio = (peer: Summary) => (wall === undefined ? peer.cpuRatio : peer.wallRatio) ?? Infinity;
  const [best] = peersIn(summaries).toSorted((a, b) => (a.lost ?? 0) - (b.lost ?? 0) || ratio(a) - ratio(b));
  if (!best || ratio(best) === Infinity) return "none here";
  const loss = best.lost ? `, ${percent(best.lost)} lost` : "";
  return `${best.program} ${ratio(best).toFixed(2)}×${loss}`;
}

export function judgeImport({ milliseconds, memory }: ImportCost): Verdict {
  const aims = [
    atMost(IMPORT_TARGET.milliseconds, milliseconds, " ms"),
    atMost(IMPORT_TARGET.memory, memory, " MiB"),
  ];
  return {
    title: '`import "nlkit"`, above bare Node',
    target: aims.map((aim) => aim.target).join(", "),
    measured: aims.map((aim) => aim.measured).join(", "),
    peer: "",
    reached: aims.every((aim) => aim.reached),
  };
}
