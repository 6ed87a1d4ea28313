import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { rplSrh } from "./rpl-srh.ts";

const set = attributes("rpl-iptunnel-attrs", () => ({
  srh: attr("RPL_IPTUNNEL_SRH", 1, rplSrh),
}));

/** Source routing in low-power networks (linux/rpl_iptunnel.h). */
export interface RplEncap extends Infer<typeof set> {}
export const rplEncap: AttributeSet<RplEncap> = set;
