/** What `import "nlkit"` costs a process that has nothing else. */
import { run } from "./child.ts";
import { moduleCommand } from "./programs.ts";
import { median } from "./summary.ts";

export interface ImportCost {
  /** Wall time of the import. */
  readonly milliseconds: number;
  /** CPU time of it, milliseconds. */
  readonly cpu: number;
  /** Peak memory above that of a process that imports nothing, MiB. */
  readonly memory: number;
  /** Peak memory of that one, MiB. */
  readonly bare: number;
}

export async function measureImport(runs: number, signal: AbortSignal): Promise<ImportCost> {
  const bare: number[] = [];
  const full = { milliseconds: [] as number[], cpu: [] as number[], memory: [] as number[] };
  for (let turn = 0; turn < runs; turn++) {
    bare.push((await run(moduleCommand("import"), undefined, signal)).rssKiB / 1024);
    const { seconds, user, sys, rssKiB } = await run(moduleCommand("import", "nlkit"), undefined, signal);
    full.milliseconds.push(seconds * 1000);
    full.cpu.push((user + sys) * 1000);
    full.memory.push(rssKiB / 1024);
  }
  return {
    milliseconds: median(full.milliseconds),
    cpu: median(full.cpu),
    memory: median(full.memory) - median(bare),
    bare: median(bare),
  };
}
