import { multi } from "../../netlink/codec/array.ts";
import { attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { withUnit } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { structThen } from "../../netlink/codec/struct-then.ts";

const timer = withUnit(u32, "1/100 s");

const portAttrs = attributes("mdba-router-pattrs", () => ({
  timer: attr("MDBA_ROUTER_PATTR_TIMER", 1, timer),
  type: attr(
    "MDBA_ROUTER_PATTR_TYPE",
    2,
    enumeration(u8, "MDB_RTR_TYPE_", { disabled: 0, "temp-query": 1, perm: 2, temp: 3 }),
  ),
  inetTimer: attr("MDBA_ROUTER_PATTR_INET_TIMER", 3, timer),
  inet6Timer: attr("MDBA_ROUTER_PATTR_INET6_TIMER", 4, timer),
  vid: attr("MDBA_ROUTER_PATTR_VID", 5, u16),
}));

/** The ports behind which multicast routers are: the port's index, and attributes. */
export const mdbRouter = attributes("mdba-router-attrs", () => ({
  port: attr(
    "MDBA_ROUTER_PORT",
    1,
    multi(structThen(struct("router port", { ifindex: u32 }), "attrs", portAttrs)),
  ),
}));
