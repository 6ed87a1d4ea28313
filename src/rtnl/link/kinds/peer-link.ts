import { lazy, payloadOf } from "../../../netlink/codec/lazy.ts";
import type { Message } from "../../../netlink/codec/message.ts";
import type { Shape } from "../../../netlink/codec/shape.ts";
import type { Link } from "../message.ts";

let message: Message<Link> | undefined;

/** A link inside another link's options, with a header of its own: the other end of a pair. */
export const peerLink: Shape<Partial<Link>> = lazy(
  "message link",
  () => {
    if (!message) throw new TypeError("the link schema is not loaded");
    return payloadOf(message);
  },
  true,
);

/** A link's options may hold a link: the schema of links closes this circle when it is complete. */
export function definePeerLink(link: Message<Link>): void {
  message = link;
}
