import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../../netlink/codec/enumeration.ts";
import { u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-ipvlan-attrs", () => ({
  mode: attr("IFLA_IPVLAN_MODE", 1, enumeration(u16, "IPVLAN_MODE_", { l2: 0, l3: 1, l3s: 2 })),
  /** None is the `bridge` of ip-link(8). */
  flags: attr("IFLA_IPVLAN_FLAGS", 2, flags(u16, "IPVLAN_F_", { private: 1, vepa: 2 })),
}));

/** Options of an ipvlan or ipvtap link (linux/if_link.h IFLA_IPVLAN_*, ip-link(8)). */
export interface IpvlanAttrs extends Infer<typeof set> {}
export const ipvlan: AttributeSet<IpvlanAttrs> = set;
