import { createRequire } from "node:module";

type ChildProcess = typeof import("node:child_process");

/** Loaded when the first program is started: it takes 3 ms, and most programs start none. */
export const spawn: ChildProcess["spawn"] = ((...args: Parameters<ChildProcess["spawn"]>) =>
  (createRequire(import.meta.url)("node:child_process") as ChildProcess).spawn(
    ...args,
  )) as ChildProcess["spawn"];
