/** Runs a work with every program that does it, taking turns, so that what disturbs the machine disturbs them all. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Netns } from "nlkit";
import type { Figures } from "../measure.ts";
import { type Command, run, start } from "./child.ts";
import { deleteContainers, type Namespaces, prepare, refuseContainers } from "./namespaces.ts";
import { FLOOR, NLKIT, type Program } from "./programs.ts";
import type { Work } from "./works.ts";

/** The runs of one program at one work; run `i` of all programs was at about the same time. A slow one has fewer. */
export interface Samples {
  readonly program: string;
  readonly version: string | undefined;
  readonly runs: Figures[];
}

export interface Measured {
  readonly work: Work;
  readonly samples: readonly Samples[];
}

export interface Bench {
  readonly programs: readonly Program[];
  readonly namespaces: Namespaces;
  readonly runs: number;
  readonly signal: AbortSignal;
}

/** Seconds at one work after which a program other than nlkit and the floor has no more turns. */
const PATIENCE = 25;

export async function measure(bench: Bench, work: Work): Promise<Measured> {
  const entries = bench.programs.flatMap((program) => {
    const workload = program.name === FLOOR ? (work.floor ?? work.workload) : work.workload;
    const command = program.command(workload, work.n);
    const patience = [NLKIT, FLOOR].includes(program.name) ? Infinity : PATIENCE;
    const { name, version } = program;
    return command ? [{ command, program: name, version, runs: [] as Figures[], patience }] : [];
  });
  for (let turn = 0; turn < bench.runs; turn++) {
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[(i + turn) % entries.length]!;
      if (entry.patience <= 0) continue;
      const figures = await once(bench, work, entry.command);
      entry.runs.push(figures);
      entry.patience -= figures.seconds;
    }
  }
  const samples = entries.map(({ program, version, runs }) => ({ program, version, runs }));
  refuseDisagreement(work, samples);
  return { work, samples };
}

async function once(bench: Bench, work: Work, command: Command): Promise<Figures> {
  switch (work.workload) {
    case "mon":
    case "monbig":
      return hearing(bench, work, command);
    case "attach":
      return attaching(bench, work, command);
    default:
      return run(command, await bench.namespaces.with(work.data), bench.signal);
  }
}

async function attaching({ signal }: Bench, { n }: Work, command: Command): Promise<Figures> {
  await refuseContainers();
  await using host = await prepare();
  try {
    return await run(command, host, signal);
  } finally {
    await deleteContainers(host, n);
  }
}

/** What ends a burst. */
const LAST_ROUTE = "192.0.2.255";

/** The floor speaks, the program listens, in a namespace where nothing else is heard. */
async function hearing({ signal, programs }: Bench, { n }: Work, command: Command): Promise<Figures> {
  const speak = programs.find(({ name }) => name === FLOOR);
  if (!speak) throw new Error("notifications need gcc: the floor sends them");
  await using ns: Netns = await prepare();
  const failed = new AbortController();
  const listener = start(command, ns, AbortSignal.any([signal, failed.signal]));
  const heard = listener.done.then(() => true);
  try {
    await Promise.race([listener.firstLine, heard]);
    await run(speak.command("burst", n)!, ns, signal);
    // A listener whose buffer was full misses the last one too, and a route that is there is not announced again.
    while (!(await Promise.race([heard, sleep(200, false)]))) {
      await ns.route.delete({ dst: LAST_ROUTE });
      await run(speak.command("burst", 0)!, ns, signal);
    }
    return await listener.done;
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled([listener.done, heard]);
    throw error;
  }
}

/** Programs that did not see the same objects did not do the same work. */
function refuseDisagreement(work: Work, samples: readonly Samples[]): void {
  const sums = samples.flatMap(({ program, runs }) =>
    runs
      .filter(({ checksum }) => checksum !== null)
      .map(({ n, checksum }) => ({ program, text: `${n} objects, checksum ${checksum}` })),
  );
  const other = sums.find(({ text }) => text !== sums[0]!.text);
  if (other)
    throw new Error(
      `${work.title}: ${sums[0]!.program} saw ${sums[0]!.text}, ${other.program} ${other.text}`,
    );
}
