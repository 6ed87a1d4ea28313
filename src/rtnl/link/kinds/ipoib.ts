import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-ipoib-attrs", () => ({
  /** Partition key. */
  pkey: attr("IFLA_IPOIB_PKEY", 1, u16),
  mode: attr("IFLA_IPOIB_MODE", 2, enumeration(u16, "IPOIB_MODE_", { datagram: 0, connected: 1 })),
  /** Whether programs may join multicast groups. */
  umcast: attr("IFLA_IPOIB_UMCAST", 3, u16),
}));

/** Options of IP over InfiniBand (linux/if_link.h IFLA_IPOIB_*, RFC 4391, ip-link(8)). */
export interface IpoibAttrs extends Infer<typeof set> {}
export const ipoib: AttributeSet<IpoibAttrs> = set;
