/** The clock of the benchmark, and the one line that every program of it prints. */
import { readFileSync } from "node:fs";

export interface Times {
  /** Wall time. */
  seconds: number;
  /** CPU time of the whole process, collector threads included; seconds. */
  user: number;
  sys: number;
}

export interface Figures extends Times {
  workload: string;
  /** How many objects. */
  n: number;
  /** Peak resident memory, KiB. */
  rssKiB: number;
  /** Of what was read, where it can be told; the same for every program that read the same. */
  checksum: number | null;
  delSeconds?: number;
  delUser?: number;
  delSys?: number;
  received?: number;
  overruns?: number;
}

export type Result = Omit<Figures, "workload">;

export function print(workload: string, { n, seconds, user, sys, rssKiB, checksum, ...more }: Result): void {
  console.log(JSON.stringify({ workload, n, seconds, user, sys, rssKiB, checksum, ...more }));
}

/** Starts the clock; what is returned stops it. */
export function clock(): () => Times {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { seconds, user: user / 1e6, sys: system / 1e6 };
  };
}

/** VmHWM of /proc/self/status: peak resident memory so far, KiB. */
export function peakMemory(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))![1]);
}
