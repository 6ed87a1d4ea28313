import type { Client } from "../netlink/client.ts";
import { BatchError } from "../netlink/errors.ts";
import { Bulk } from "./bulk.ts";
import { Outcomes } from "./outcomes.ts";
import { Session } from "./session.ts";

/** One of something, or several that are done in few sends. */
export type OneOrMany<T> = T | readonly T[];

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
  const bulk = client instanceof Bulk ? client : new Bulk(client as Client, false);
  const gathered = bulk === client ? session : new Session(bulk, session.label);
  const outcomes = new Outcomes();
  const elements = given.values() as IterableIterator<T>;
  await bulk.inTurn(() => {
    const { done, value } = elements.next();
    return done ? undefined : outcomes.of(one(gathered, value));
  });
  if (bulk !== client) bulk.flush();
  const errors = await outcomes.errors();
  if (errors.length > 0) throw new BatchError(errors, given.length);
}
