import { type Protocol, typesLater } from "../netlink/codec/protocol.ts";
import { NETLINK_ROUTE } from "../netlink/constants.ts";

/** NETLINK_ROUTE for clients: the schema of all messages is loaded by the first subscription. */
export const rtnetlinkLater: Protocol = typesLater(
  "NETLINK_ROUTE",
  NETLINK_ROUTE,
  async () => (await import("./protocol.ts")).rtnetlink,
);
