/**
 * One work of the benchmark, done with nlkit: `subject.ts WORKLOAD N`.
 *
 * Runs inside the network namespace that holds the data and prints one JSON line, {@link Figures}. The clock stops
 * before anything is added up, and peak memory is read when it stops.
 */

import { countRoute, ofLink, ofRoutes, type Sum } from "./checksum.ts";
import { codecWorkloads } from "./codec.ts";
import { container, linkIndex, route4 } from "./data.ts";
import { clock, peakMemory, print, type Result } from "./measure.ts";
import * as nlkit from "./nlkit.ts";

type Workload = (n: number) => Promise<Result>;

/** Reads the fields that the work is about. What comes back depends on all of them, so none is left out. */
function read(routes: readonly nlkit.Route[]): number {
  let seen = 0;
  for (const { dst, oif } of routes) if (dst !== undefined && oif !== undefined) seen += dst.length + oif;
  return seen;
}

async function collected(family: nlkit.Family, reads: boolean): Promise<Result> {
  const stop = clock();
  const routes = await nlkit.routes(family);
  if (reads) read(routes);
  const times = stop();
  return { ...times, rssKiB: peakMemory(), ...ofRoutes(routes) };
}

/** Nothing is kept that the checksum could be made of, so it is made of a second dump, off the clock. */
async function streamed(): Promise<Result> {
  const stop = clock();
  let seen = 0;
  for await (const batch of nlkit.routeBatches("inet")) seen += read(batch);
  const times = stop();
  const rssKiB = peakMemory();
  const sum: Sum = { n: 0, checksum: 0 };
  for await (const batch of nlkit.routeBatches("inet")) {
    seen -= read(batch);
    for (const route of batch) countRoute(sum, route);
  }
  if (seen !== 0) throw new Error("the routes changed between two dumps");
  return { ...times, rssKiB, ...sum };
}

async function links(): Promise<Result> {
  const stop = clock();
  const all = await nlkit.links();
  const times = stop();
  const rssKiB = peakMemory();
  return { ...times, rssKiB, n: all.length, checksum: all.reduce((sum, link) => sum + ofLink(link), 0) };
}

async function get(n: number): Promise<Result> {
  let checksum = 0;
  const stop = clock();
  for (let i = 0; i < n; i++) checksum += ofLink((await nlkit.link(linkIndex(i)))!);
  return { ...stop(), rssKiB: peakMemory(), n, checksum };
}

async function add(n: number): Promise<Result> {
  let stop = clock();
  await nlkit.addRoutes(nlkit.client, n, route4);
  const added = stop();
  stop = clock();
  await nlkit.deleteRoutes(nlkit.client, n, route4);
  const { seconds, user, sys } = stop();
  const deleted = { delSeconds: seconds, delUser: user, delSys: sys };
  return { ...added, rssKiB: peakMemory(), n, checksum: null, ...deleted };
}

const LAST_ROUTE = "192.0.2.255";

/** Wall time from the first to the last; CPU time from before that, as what came with the first costs too. */
async function monitor(n: number, receiveBuffer?: number): Promise<Result> {
  const heard = nlkit.newRoutes(receiveBuffer);
  console.log("READY");
  const sinceReady = clock();
  let sinceFirst: ReturnType<typeof clock> | undefined;
  let received = 0;
  let overruns = 0;
  listening: for await (const batch of heard) {
    sinceFirst ??= clock();
    for (const one of batch) {
      if ("lost" in one) overruns++;
      else if (one.dst === LAST_ROUTE) break listening;
      else received++;
    }
  }
  const { seconds } = sinceFirst!();
  return { ...sinceReady(), seconds, rssKiB: peakMemory(), n, checksum: null, received, overruns };
}

async function attach(n: number): Promise<Result> {
  const stop = clock();
  await nlkit.attachAll(n, container);
  return { ...stop(), rssKiB: peakMemory(), n, checksum: null };
}

const onKernel: Record<string, Workload> = {
  route4: () => collected("inet", true),
  route6: () => collected("inet6", true),
  "route4-kept": () => collected("inet", false),
  "route4-stream": streamed,
  link: links,
  add,
  get,
  mon: (n) => monitor(n),
  monbig: (n) => monitor(n, 64 << 20),
  attach,
};
const workloads: Record<string, Workload> = { ...onKernel, ...codecWorkloads };

const [workload = "", count = ""] = process.argv.slice(2);
const n = Number(count);
const work = Object.hasOwn(workloads, workload) ? workloads[workload] : undefined;
if (!work || !Number.isInteger(n) || n < 0) {
  console.error(`usage: subject.ts WORKLOAD N\nWORKLOAD: ${Object.keys(workloads).join(", ")}`);
  process.exit(2);
}
if (Object.hasOwn(onKernel, workload)) nlkit.open();
print(workload, await work(n));
nlkit.client.close();
