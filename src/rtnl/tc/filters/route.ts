import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";

const set = attributes("route-attrs", () => ({
  /** Class that packets go to: major number in the high 16 bits. */
  classid: attr("TCA_ROUTE4_CLASSID", 1, u32),
  /** Realm of the destination. */
  to: attr("TCA_ROUTE4_TO", 2, u32),
  /** Realm of the source. */
  from: attr("TCA_ROUTE4_FROM", 3, u32),
  /** Index of the link it came by. */
  iif: attr("TCA_ROUTE4_IIF", 4, u32),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_ROUTE4_POLICE", 5, policeAttrs),
  /** What is done with a packet that matches. */
  act: attr("TCA_ROUTE4_ACT", 6, actions),
}));

/** By the realm of the route (tc-route(8)). */
export interface RouteAttrs4 extends Infer<typeof set> {}
export const route: AttributeSet<RouteAttrs4> = set;
