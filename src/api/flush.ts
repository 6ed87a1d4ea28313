import type { Requester } from "../netlink/batch.ts";
import { NetlinkError } from "../netlink/errors.ts";
import { KernelError } from "../netlink/kernel-error.ts";
import type { RequestOptions } from "../netlink/pending.ts";
import type { Request } from "../netlink/request.ts";

const ROUNDS = 10;

/**
 * Deletes what a listing finds until it finds nothing: deleting one object may remove others or bring new ones.
 *
 * @param gone - the error code of an object that went by itself meanwhile.
 * @throws NetlinkError `ERR_NETLINK_FLUSH` something was left every time.
 */
export async function flushAll<T>(
  client: Requester,
  find: () => Promise<T[]>,
  deletion: (object: T) => Request<never>,
  gone: string,
  options: RequestOptions | undefined,
  rounds: number = ROUNDS,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const found = await find();
    if (found.length === 0) return;
    for (const result of await Promise.allSettled(client.pipeline(found.map(deletion), options))) {
      if (result.status === "fulfilled") continue;
      if (!(result.reason instanceof KernelError && result.reason.code === gone)) throw result.reason;
    }
  }
  if (rounds === ROUNDS && (await find()).length > 0) {
    throw new NetlinkError("ERR_NETLINK_FLUSH", `something was left after ${ROUNDS} rounds of deleting`);
  }
}
