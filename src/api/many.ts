import { Batch } from "../netlink/batch.ts";
import { Client } from "../netlink/client.ts";
import { BatchError } from "../netlink/errors.ts";
import { Session } from "./session.ts";

/** One of something, or several that are done in few sends. */
export type OneOrMany<T> = T | readonly T[];

/** As many as a batch gathers for one send. */
const CHUNK = 512;

/**
 * Does `one` with what was given, or with each of its elements, in their order.
 *
 * @throws BatchError some elements failed; `errors` has their indexes, and the others were done.
 */
export async function many<T>(
  session: Session,
  given: OneOrMany<T>,
  one: (session: Session, element: T) => Promise<void>,
): Promise<void> {
  if (!Array.isArray(given)) return one(session, given as T);
  const { client } = session;
  // Inside of a batch they are gathered already.
  const gathered = client instanceof Client ? new Session(new Batch(client, false), session.label) : session;
  const errors: { index: number; error: unknown }[] = [];
  for (let first = 0; first < given.length; first += CHUNK) {
    const chunk = (given as readonly T[]).slice(first, first + CHUNK);
    const results = await Promise.allSettled(chunk.map((element) => one(gathered, element)));
    for (const [place, result] of results.entries()) {
      if (result.status === "rejected") errors.push({ index: first + place, error: result.reason });
    }
  }
  if (errors.length > 0) throw new BatchError(errors, given.length);
}
