import { BatchError } from "./errors.ts";
import type { Pending } from "./pending.ts";
import type { Request } from "./request.ts";

/** What stands around the requests of a transaction. */
export interface TransactionFrame {
  readonly begin: Request<never>;
  readonly end: Request<never>;
}

/**
 * Waits for the answers of a transaction: a beginning, and changes behind it.
 *
 * @throws BatchError which of its changes the kernel refused; none was done then.
 */
export async function wholeOrNot(pending: Pending): Promise<void> {
  const [begin, ...changes] = await Promise.allSettled(
    pending.requests.map((_, index) => pending.promise(index)),
  );
  if (begin!.status === "rejected") throw begin!.reason;
  const errors = changes.flatMap((result, index) =>
    result.status === "rejected" ? [{ index, error: result.reason }] : [],
  );
  if (errors.length > 0) throw new BatchError(errors, changes.length);
}
