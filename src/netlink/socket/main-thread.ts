import { createRequire } from "node:module";

type WorkerThreads = typeof import("node:worker_threads");

/** Whether this is no worker. Asked for with the first socket: node:worker_threads takes 3 ms to load. */
export function isMainThread(): boolean {
  return (createRequire(import.meta.url)("node:worker_threads") as WorkerThreads).isMainThread;
}
