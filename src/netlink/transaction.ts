import { BatchError } from "./errors.ts";
import type { Pending } from "./pending.ts";
import type { Request } from "./request.ts";

/** What stands around the requests of a transaction. */
export interface TransactionFrame {
  readonly begin: Request<never>;
  readonly end: Request<never>;
}

/**
 * Waits for the answers of a transaction.
 *
 * @throws BatchError which of its changes the kernel refused; none was done then.
 */
export async function wholeOrNot(begin: Pending, changes: readonly Pending[]): Promise<void> {
  const results = await Promise.allSettled(changes.map((entry) => entry.promise));
  if (begin.failed) await begin.promise;
  const errors = results.flatMap((result, index) =>
    result.status === "rejected" ? [{ index, error: result.reason }] : [],
  );
  if (errors.length > 0) throw new BatchError(errors, changes.length);
}
