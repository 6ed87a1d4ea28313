/** What every example stands on: namespaces that go at the end, whatever happens, and statements that must be true. */
import { constants } from "node:os";
import type { Netns } from "nlkit";
import { openChannel } from "nlkit/netlink";
import { Namespaces, NotPermitted } from "./namespaces.ts";
import { heading, style } from "./terminal.ts";

export interface Lab {
  /** A namespace of this example's own, removed when it ends. */
  create(role: string): Promise<Netns>;
  /** Says what was done, and ends the example unless it is true. */
  prove(statement: string, truth: boolean | Promise<boolean>): Promise<void>;
  /** Something that must be undone at the end, before the namespaces go. */
  defer(undo: () => void | Promise<void>): void;
  readonly signal: AbortSignal;
}

/** The exit status of an example that this kernel lacks something for. */
const SKIPPED = 77;

/** A kernel feature that is not there. */
export class Lacking extends Error {}

/** Waits for the making of a link; ends the example as skipped where the kernel has no such kind. */
export async function needs(kind: string, making: Promise<void>): Promise<void> {
  try {
    await making;
  } catch (error) {
    if ((error as { code?: string }).code !== "EOPNOTSUPP") throw error;
    throw new Lacking(`this kernel has no links of kind ${kind}`);
  }
}

class Undoing implements AsyncDisposable {
  readonly steps: (() => void | Promise<void>)[] = [];

  async [Symbol.asyncDispose](): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) await step();
  }
}

/** Runs an example; its exit status is 0 when everything was proved, {@link SKIPPED} where the kernel lacks what it needs. */
export async function lab(title: string, build: (lab: Lab) => Promise<void>): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => interrupted.abort(signal));
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => interrupted.abort(error.code));
  heading(title);
  try {
    await using namespaces = new Namespaces();
    await using undoing = new Undoing();
    await build({
      create: (role) => namespaces.create(role, openChannel),
      prove: async (statement, truth) => {
        const isTrue = await truth;
        interrupted.signal.throwIfAborted();
        console.log(`  ${style(isTrue ? "name" : "problem", isTrue ? "✓" : "✗")} ${statement}`);
        if (!isTrue) throw new Error(`not so: ${statement}`);
      },
      defer: (undo) => undoing.steps.push(undo),
      signal: interrupted.signal,
    });
  } catch (error) {
    if (interrupted.signal.aborted) {
      console.error(`Stopped by ${interrupted.signal.reason}; everything is removed.`);
      process.exitCode = 128 + (constants.signals[interrupted.signal.reason as NodeJS.Signals] ?? 0);
    } else if (error instanceof Lacking) {
      console.log(`  skipped: ${error.message}`);
      process.exitCode = SKIPPED;
    } else {
      console.error(error instanceof NotPermitted ? error.message : error);
      process.exitCode = 1;
    }
  }
}
