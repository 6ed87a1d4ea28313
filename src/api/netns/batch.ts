import { Batch } from "../../netlink/batch.ts";
import type { Client } from "../../netlink/client.ts";
import { BatchError } from "../../netlink/errors.ts";
import { Session } from "../session.ts";
import { NetnsObjects } from "./objects.ts";

export interface BatchOptions {
  /** What to do after an error: go on with the rest (default), or send nothing more. */
  readonly onError?: "continue" | "stop" | undefined;
}

/**
 * Runs `fn` with objects whose changes are gathered and sent many at a time.
 *
 * @throws BatchError calls that failed, by their number; with `stop` those after the first were not sent.
 */
export async function runBatch<T>(
  client: Client,
  label: string,
  fn: (batch: NetnsObjects) => T | Promise<T>,
  options: BatchOptions,
): Promise<T> {
  const batch = new Batch(client, options.onError === "stop");
  const calls: Promise<unknown>[] = [];
  const objects = new NetnsObjects(new Session(batch, label));
  let turn = Promise.resolve();
  // A call starts when the one before has handed in its change: what is called first is done first, whatever each has
  // to look up before.
  const inTurn = (call: () => Promise<unknown>): Promise<unknown> => {
    const result = turn.then(call);
    const queued = turn.then(() => batch.nextQueued());
    turn = Promise.race([queued, result.then(nothing, nothing)]).then(nothing);
    result.catch(nothing);
    calls.push(result);
    return result;
  };
  const value = await fn(recorded(objects, inTurn));
  await turn;
  batch.flush();
  const results = await Promise.allSettled(calls);
  const errors = results.flatMap((result, index) =>
    result.status === "rejected" ? [{ index, error: result.reason as unknown }] : [],
  );
  if (errors.length > 0) throw new BatchError(errors, calls.length);
  return value;
}

function nothing(): void {}

type Verb = (...args: unknown[]) => Promise<unknown>;

/** The objects, every call of which goes through `inTurn`. */
function recorded(
  objects: NetnsObjects,
  inTurn: (call: () => Promise<unknown>) => Promise<unknown>,
): NetnsObjects {
  const verbs = (object: object): object =>
    new Proxy(object, {
      get(target, key) {
        const member = Reflect.get(target, key) as unknown;
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => inTurn(() => (member as Verb).apply(target, args));
      },
    });
  return Object.fromEntries(
    Object.entries(objects).map(([name, object]) => [name, verbs(object)]),
  ) as unknown as NetnsObjects;
}
