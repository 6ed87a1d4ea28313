import type { Request } from "./request.ts";
import type { Channel } from "./socket/channel.ts";

/** How far one send goes that begins with the request `from`. */
export function fitting(
  { maxSend, maxReplies }: Channel,
  requests: readonly Request<unknown>[],
  starts: readonly number[],
  from: number,
): number {
  let to = from + 1;
  let replies = repliesTo(requests[from]!);
  for (; to < requests.length && starts[to + 1]! - starts[from]! <= maxSend; to++) {
    replies += repliesTo(requests[to]!);
    if (replies > maxReplies) break;
  }
  return to;
}

/** An object takes the place of a few acknowledgements in the receive buffer: a link's 2.4 KiB. */
function repliesTo(request: Request<unknown>): number {
  return request.reply ? 4 : 1;
}
