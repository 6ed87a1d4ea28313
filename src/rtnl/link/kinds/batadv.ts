import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { string } from "../../../netlink/codec/string.ts";

const set = attributes("linkinfo-batadv-attrs", () => ({
  /** Routing algorithm, `BATMAN_IV` or `BATMAN_V`. Only sent. */
  algoName: attr("IFLA_BATADV_ALGO_NAME", 1, string),
}));

/** Options of a B.A.T.M.A.N. mesh (linux/batman_adv.h IFLA_BATADV_*, batctl(8)); the rest is set through its generic netlink family. */
export interface BatadvAttrs extends Infer<typeof set> {}
export const batadv: AttributeSet<BatadvAttrs> = set;
