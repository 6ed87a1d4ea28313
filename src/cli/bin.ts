#!/usr/bin/env node
import { libraryVersion } from "../testing/version.ts";
import type { Io } from "./io.ts";
import { main } from "./main.ts";

const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  onSignal(signals, listener) {
    for (const signal of signals) process.on(signal, listener);
    return () => {
      for (const signal of signals) process.off(signal, listener);
    };
  },
};
// A terminal that went away is nobody to tell.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
// Not exitCode: standard input may still be open.
process.exit(await main(process.argv.slice(2), io, libraryVersion()));
