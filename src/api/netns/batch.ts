import type { Client } from "../../netlink/client.ts";
import { BatchError } from "../../netlink/errors.ts";
import { Bulk } from "../bulk.ts";
import { Outcomes } from "../outcomes.ts";
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
  const batch = new Bulk(client, options.onError === "stop");
  const calls = new Calls(batch);
  const objects = new NetnsObjects(new Session(batch, label));
  const value = await fn(recorded(objects, (call) => calls.add(call)));
  await calls.handedIn();
  batch.flush();
  const errors = await calls.outcomes.errors();
  if (errors.length > 0) throw new BatchError(errors, calls.outcomes.count);
  return value;
}

/** Calls that wait for their turn. */
class Calls {
  readonly outcomes = new Outcomes();
  readonly #batch: Bulk;
  #waiting: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;

  constructor(batch: Bulk) {
    this.#batch = batch;
  }

  /** What comes of a call when it has had its turn. */
  add<T>(call: () => Promise<T>): Promise<T> {
    const result = new Promise<T>((resolve, reject) => {
      this.#waiting.push(async () => {
        try {
          resolve(await call());
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    // Whoever does not look at it learns of it from the batch.
    void this.outcomes.of(result);
    this.#running ??= this.#run();
    return result;
  }

  async #run(): Promise<void> {
    // What is called at once is taken together.
    await undefined;
    while (this.#waiting.length > 0) {
      const calls = this.#waiting.values();
      this.#waiting = [];
      await this.#batch.inTurn(() => calls.next().value?.());
    }
    this.#running = undefined;
  }

  /** Waits until all have had their turn. */
  async handedIn(): Promise<void> {
    while (this.#running) await this.#running;
  }
}

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
