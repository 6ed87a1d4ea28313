import { Batch } from "../netlink/batch.ts";
import type { RequestOptions } from "../netlink/pending.ts";
import type { Request } from "../netlink/request.ts";
import { STALL, turnOfLoop } from "../netlink/stall.ts";
import {
  RTM_DELLINK,
  RTM_DELLINKPROP,
  RTM_NEWLINK,
  RTM_NEWLINKPROP,
  RTM_SETLINK,
} from "../rtnl/constants.ts";

const CHANGES_NAMES: ReadonlySet<number> = new Set([
  RTM_NEWLINK,
  RTM_SETLINK,
  RTM_DELLINK,
  RTM_NEWLINKPROP,
  RTM_DELLINKPROP,
]);

/**
 * Gathers the changes of calls, and remembers the indexes of links by name until it changes a link: asking for one sends
 * what was gathered so far, which would then be every change by itself.
 */
export class Bulk extends Batch {
  readonly indexes = new Map<string, Promise<number>>();
  #queued: (() => void) | undefined;
  #calls = 0;
  #busySince = performance.now();

  override request<R>(request: Request<R>, options?: RequestOptions): Promise<R | undefined> {
    if (CHANGES_NAMES.has(request.operation.type)) this.indexes.clear();
    const answer = super.request(request, options);
    if (request.reply === undefined) this.#queued?.();
    return answer;
  }

  /**
   * Makes calls one after the other: one starts when the one before has handed in its change, or is over without. So what
   * is called first is done first, whatever each has to look up before.
   *
   * @param next - makes the next call, as long as there is one; what comes of it is its own concern.
   */
  async inTurn(next: () => Promise<unknown> | undefined): Promise<void> {
    // Of the call that makes these, where one does.
    const outer = this.#queued;
    for (let more = true; more; ) {
      if ((++this.#calls & 0xff) === 0) await this.#breathe();
      await new Promise<void>((resolve) => {
        const over = (): void => resolve();
        this.#queued = over;
        const call = next();
        more = call !== undefined;
        if (call) call.then(over, over);
        else over();
      });
    }
    this.#queued = outer;
    outer?.();
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#busySince < STALL) return;
    await turnOfLoop();
    this.#busySince = performance.now();
  }
}
