import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { actions } from "../actions/action.ts";
import { policeAttrs } from "../actions/police.ts";
import { ematchAttrs } from "./ematch.ts";

const set = attributes("cgroup-attrs", () => ({
  /** What is done with a packet that matches. */
  act: attr("TCA_CGROUP_ACT", 1, actions),
  /** A policer of the filter itself, older than actions. */
  police: attr("TCA_CGROUP_POLICE", 2, policeAttrs),
  ematches: attr("TCA_CGROUP_EMATCHES", 3, ematchAttrs),
}));

/** The class of the process (linux/pkt_cls.h TCA_CGROUP_*). */
export interface CgroupAttrs extends Infer<typeof set> {}
export const cgroup: AttributeSet<CgroupAttrs> = set;
