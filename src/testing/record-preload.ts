/**
 * Runs in a process before its program (`node --import`): records every netlink socket that it opens through nlkit, and
 * writes the file when the process ends.
 */
import { writeFileSync } from "node:fs";
import type { OpenChannel } from "../netlink/socket/channel.ts";
import { WRAPPER } from "../netlink/socket/open.ts";
import { formatFixture } from "./format.ts";
import { Recording } from "./record.ts";
import { ABOUT, PATH } from "./record-program.ts";

const path = process.env[PATH];
if (path !== undefined) {
  const recording = new Recording(undefined, { about: process.env[ABOUT] });
  Object.assign(globalThis, { [WRAPPER]: (open: OpenChannel) => recording.over(open) });
  process.on("exit", () => {
    const { fixture } = recording;
    if (fixture.events.length > 0) write(path, formatFixture(fixture));
  });
}

/** A program may start others: each has a file of its own. */
function write(first: string, text: string): void {
  try {
    writeFileSync(first, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    writeFileSync(first.replace(/(\.json)?$/, `.${process.pid}$1`), text);
  }
}
